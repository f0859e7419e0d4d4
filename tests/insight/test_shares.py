"""A whole is split into parts that add up to it, whatever the weights."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapok.insight.shares import cross, split, weights_of

weights = st.lists(st.fractions(min_value=Fraction(1, 10**6), max_value=10**6), min_size=1, max_size=300)


@given(st.integers(0, 10**15), weights)
def test_parts_sum_to_the_whole_and_are_near_their_exact_size(whole, given_weights):
    parts = split(whole, given_weights)

    assert sum(parts) == whole
    total = sum(given_weights)
    assert all(abs(part - weight * whole / total) < 1 for part, weight in zip(parts, given_weights, strict=True))


def test_what_is_left_goes_to_the_largest_remainders_and_then_to_the_first():
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(10, [Fraction(1, 4), Fraction(3, 4)]) == [3, 7]
    assert split(10, [Fraction(4, 25), Fraction(21, 25)]) == [2, 8]
    assert split(0, [1, 2]) == [0, 0]


def test_nothing_to_split_by_is_refused():
    for none in ([], [0, 0]):
        with pytest.raises(ValueError, match="nothing to split by"):
            split(100, none)


def test_a_side_that_names_nothing_is_one_nameless_whole():
    assert cross({}, {"i": Fraction(1)}) == {("", "i"): 1}
    assert cross({"KEN": Fraction(1, 2)}, {}) == {("KEN", ""): Fraction(1, 2)}


def test_shares_given_for_all_count_and_else_all_are_equal():
    assert weights_of([{"id": "KEN", "share": "0.25"}, {"id": "UGA", "share": "0.75"}]) == {
        "KEN": Fraction(1, 4),
        "UGA": Fraction(3, 4),
    }
    assert weights_of([{"id": "KEN", "share": "0.25"}, {"id": "UGA"}]) == {"KEN": 1, "UGA": 1}
    assert weights_of([{"id": "other:Moon"}, {"id": "other:Mars"}]) == {"other": 2}
