"""Which initiatives come near each other, and of which kind that is."""

from datetime import date

import pytest

from kapok.insight.overlaps import facts
from kapok.insight.overlaps.facts import Facts
from kapok.insight.overlaps.finding import CONTINUES, COOPERATE, DUPLICATE, near
from kapok.insight.overlaps.shelf import Shelf

BASE = {
    "countries": ("KEN",),
    "themes": ("detection",),
    "starts": date(2020, 1, 1),
    "ends": date(2023, 12, 31),
    "bodies": ("ORG-000001",),
    "titles": ("Laboratories that detect modified seeds",),
}


def one(key, **changes):
    return Facts(key=key, **{**BASE, **changes})


def found(*others, **sought):
    shelf = Shelf()
    for other in others:
        shelf.put(other)
    return near(shelf, shelf.seek(one(1, **sought)))[0]


def test_place_theme_and_time_make_an_overlap_with_its_reasons():
    other = one(2, bodies=("ORG-000002",), methods=("workshop",), audience=("regulators",), ends=date(2021, 6, 30))

    (overlap,) = found(other, methods=("workshop", "e-learning"), audience=("regulators",))

    assert (overlap.key, overlap.kind, overlap.reasons) == (2, COOPERATE, 5)
    assert overlap.shared["countries"] == ["KEN"]
    assert overlap.shared["themes"] == ["detection"]
    assert overlap.shared["methods"] == ["workshop"]
    assert overlap.shared["span"] == [date(2020, 1, 1).toordinal(), date(2021, 6, 30).toordinal()]


@pytest.mark.parametrize(
    "apart",
    [
        {"countries": ("UGA",)},
        {"countries": ()},
        {"themes": ("liability",)},
        {"starts": date(2011, 1, 1), "ends": date(2012, 12, 31), "bodies": ("ORG-000002",)},
        {"methods": ("equipment",), "bodies": ("ORG-000002",)},
    ],
)
def test_what_shares_everything_but_one_of_these_is_no_overlap(apart):
    assert found(one(2), methods=("workshop",))
    assert found(one(2, **apart), methods=("workshop",)) == []


def test_two_long_lists_of_countries_that_meet_in_few_say_nothing():
    many = tuple(f"C{number:02}" for number in range(20))

    assert found(one(2, countries=("KEN", *many))) != []
    assert found(one(2, countries=("KEN", *many)), countries=("KEN", "PER", "VNM")) == []


def test_a_finer_theme_meets_the_wider_one_but_not_its_neighbour():
    assert found(one(2, themes=("i",)), themes=("detection",))
    assert found(one(2, themes=("lmo-ffp",)), themes=("contained-use",)) == []


def test_the_same_body_that_goes_on_continues():
    later = one(2, starts=date(2025, 1, 1), ends=date(2027, 12, 31))

    assert [overlap.kind for overlap in found(later)] == [CONTINUES]
    assert found(one(2, starts=date(2025, 1, 1), ends=date(2027, 12, 31), bodies=("ORG-000009",))) == []


def test_the_same_undertaking_twice_may_be_a_duplicate():
    twice = one(2, titles=("Laboratories which detect modified seeds",), starts=date(2020, 3, 1))

    assert [overlap.kind for overlap in found(twice)] == [DUPLICATE]
    assert [overlap.kind for overlap in found(one(2, titles=("Something else",)))] == [COOPERATE]


def test_a_shared_outside_identifier_is_enough():
    overlaps = found(one(2, countries=("PER",), themes=("liability",), names=("GEF 1",)), names=("GEF 1",))

    assert [overlap.kind for overlap in overlaps] == [DUPLICATE]


def test_most_reasons_stand_first_and_titles_only_order_those_alike():
    near_title = one(2, bodies=("ORG-000002",), titles=("Laboratories that detect modified seeds",))
    far_title = one(3, bodies=("ORG-000003",), titles=("Something else",))
    with_body = one(4, titles=("Something else again",))

    assert [overlap.key for overlap in found(far_title, near_title, with_body)] == [4, 2, 3]


def test_what_is_taken_away_or_changed_is_found_as_it_is_now():
    shelf = Shelf()
    shelf.put(one(2))
    shelf.put(one(3))
    shelf.drop(2)
    shelf.put(one(3, countries=("PER",)))

    assert near(shelf, shelf.seek(one(1)))[0] == []
    assert [overlap.key for overlap in near(shelf, shelf.seek(one(1, countries=("PER",))))[0]] == [3]


def test_many_rows_and_many_countries_fit():
    shelf = Shelf()
    everywhere = tuple(f"C{number:03}" for number in range(190))
    for key in range(2, 700):
        shelf.put(one(key, countries=everywhere if key % 2 else ("KEN",)))

    overlaps, keys = near(shelf, shelf.seek(one(1)))

    assert len(overlaps) == 12
    assert len(keys) == 349
    assert len(near(shelf, shelf.seek(one(1, countries=everywhere)))[1]) == 349


def test_facts_survive_being_kept_as_plain_data():
    whole = one(7, names=("GEF 1",), methods=("workshop",))

    assert facts.from_plain(7, whole.plain()) == whole


def test_own_words_and_other_are_no_common_ground():
    assert facts.telling(["other:seed banks", "workshop", "other", "workshop"]) == ("workshop",)
