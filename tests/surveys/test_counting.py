"""Counting: the same as a naive recount, always over those who answered this question."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapok.surveys.synthesis import grouping
from kapok.surveys.synthesis.bank import Asked, Given, build, from_content
from kapok.surveys.synthesis.counting import Group, count, count_all
from kapok.surveys.synthesis.rounding import percent, tenths
from tests.surveys.banks import DAY, OPTIONS, QUESTIONS, answers, bank_of, naive


@given(answers())
def test_counts_equal_a_naive_recount(drawn):
    bank = bank_of(*drawn)
    groups = [Group(key, bank.groups[key]) for key in ("africa", "ldc")]

    for question, counted in count_all(bank, groups).items():
        base = counted.base
        assert (0, base.respondents, base.asked, base.reported) == naive(drawn, question)
        for tally in counted.options:
            assert tally.all.count == naive(drawn, question, tally.key)[0]
            for group, cell in tally.by.items():
                expected = naive(drawn, question, tally.key, group)
                assert (cell.count, cell.base.respondents, cell.base.asked, cell.base.reported) == expected


@given(answers())
def test_no_percentage_uses_a_wrong_base(drawn):
    bank = bank_of(*drawn)
    groups = [Group(key, bank.groups[key]) for key in ("africa", "ldc")]

    for question, counted in count_all(bank, groups).items():
        for tally in counted.options:
            for group, cell in [(None, tally.all), *tally.by.items()]:
                chosen, respondents, _asked, _reported = naive(drawn, question, tally.key, group)
                exact = Fraction(100 * chosen, respondents) if respondents else None
                assert cell.percent == (None if exact is None else math.floor(exact + Fraction(1, 2)))
                assert cell.count <= cell.base.respondents <= cell.base.asked <= cell.base.reported


@given(answers())
def test_shares_are_of_the_ticks_in_the_group(drawn):
    bank = bank_of(*drawn)
    counted = count(bank, "2", [Group("africa", bank.groups["africa"])])

    assert counted.base.ticks == sum(naive(drawn, "2", option)[0] for option in OPTIONS["2"])
    assert counted.groups["africa"].ticks == sum(naive(drawn, "2", option, "africa")[0] for option in OPTIONS["2"])


@given(answers())
def test_a_frozen_bank_counts_the_same_and_keeps_its_hash(drawn):
    bank = bank_of(*drawn)

    thawed = from_content(bank.content)

    assert thawed == bank
    assert thawed.digest == bank.digest


@given(answers())
def test_the_order_of_answers_does_not_matter(drawn):
    reported, answered, groups = drawn

    assert bank_of(reported[::-1], answered[::-1], groups).digest == bank_of(*drawn).digest


@given(answers(), st.data())
def test_any_other_answer_gives_another_hash(drawn, data):
    reported, answered, groups = drawn
    country = data.draw(st.sampled_from(reported))
    before = bank_of(*drawn)
    ticked = bool(before.option("1", "true") & before.bits([country]))
    others = [one for one in answered if (one.country, one.question) != (country, "1")]

    changed = bank_of(reported, [*others, Given(country, "1", ("false",) if ticked else ("true",))], groups)

    assert changed.digest != before.digest


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(1, 200, 1), (1, 201, 0), (37, 94, 39), (16, 22, 73), (0, 5, 0), (5, 5, 100)]
)
def test_half_a_percent_goes_up(part, whole, said):
    assert percent(part, whole) == said


def test_there_is_no_share_of_nobody():
    assert percent(0, 0) is None
    assert tenths(0, 0) is None


def test_one_decimal_is_rounded_half_up_too():
    assert [tenths(16, 370), tenths(85, 1372), tenths(1, 2000)] == ["4.3", "6.2", "0.1"]


def test_those_who_were_not_asked_are_no_respondents():
    given_ = [Given("KEN", "1", ("true",)), Given("PER", "1", ("false",))]
    given_ += [Given(country, "2", ("a",)) for country in ("KEN", "PER", "VNM")]

    counted = count(build("nr9", "1", DAY, QUESTIONS, ["KEN", "PER", "VNM"], given_, {}), "2")

    assert (counted.base.reported, counted.base.asked, counted.base.respondents) == (3, 1, 1)
    assert counted.option("a").all.percent == 100


def test_several_ticks_to_a_single_question_are_all_counted():
    asked = [Asked("1", ("a", "b", "c"))]
    bank = build("nr9", "1", DAY, asked, ["KEN", "PER"], [Given("KEN", "1", ("a", "c")), Given("PER", "1", ("a",))], {})

    counted = count(bank, "1")

    assert counted.multiple
    assert [(tally.all.count, tally.all.share) for tally in counted.options] == [(2, 67), (0, 0), (1, 33)]


def test_a_party_may_tick_everything():
    asked = [Asked("1", ("a", "b"), multiple=True)]
    answered = [Given("KEN", "1", ("a", "b")), Given("PER", "1", ("a",))]

    counted = count(build("nr9", "1", DAY, asked, ["KEN", "PER"], answered, {}), "1")

    assert (counted.every.count, counted.every.percent) == (1, 50)


class TestBy:
    def bank(self):
        groups = dict.fromkeys(grouping.KNOWN, ()) | {
            "africa": ("KEN", "AGO"),
            "grulac": ("PER", "HTI"),
            "ldc": ("AGO", "HTI"),
            "cpb-parties": ("KEN", "AGO", "PER"),
        }
        said = [Given("KEN", "1", ("true",)), Given("PER", "1", ("false",)), Given("HTI", "1", ("true",))]
        return build("nr9", "1", DAY, QUESTIONS, ["AGO", "HTI", "KEN", "PER"], said, groups)

    def test_regions_add_up_and_the_lists_beside_them_do_not(self):
        asked = grouping.by(self.bank(), "region")

        assert [group.key for group in asked.groups if not group.overlaps] == list(grouping.REGIONS)
        assert [group.key for group in asked.groups if group.overlaps] == ["ldc", "sids"]
        assert not asked.adds_up

    def test_a_list_stands_against_all_others(self):
        bank = self.bank()
        inside, outside = grouping.by(bank, "ldc").groups

        assert bank.names(inside.bits) == ["AGO", "HTI"]
        assert bank.names(outside.bits) == ["KEN", "PER"]

    def test_party_status_looks_at_all_reports(self):
        bank = self.bank()
        asked = grouping.by(bank, "party")
        counted = count(bank, "1", asked.groups, bank.everyone)

        assert asked.all_reports
        assert counted.option("true").by["cpb-parties"].count == 1
        assert counted.option("true").by["not-cpb-parties"].count == 1

    def test_another_question_makes_groups(self):
        bank = self.bank()
        asked = grouping.by(bank, "question:1")

        assert asked.adds_up
        assert [bank.names(group.bits) for group in asked.groups] == [["HTI", "KEN"], ["PER"]]

    def test_any_groups_can_be_named_and_those_that_overlap_say_so(self):
        asked = grouping.by(self.bank(), "africa,grulac,ldc")

        assert [group.overlaps for group in asked.groups] == [True, True, True]
        assert grouping.by(self.bank(), "africa,grulac").adds_up

    @pytest.mark.parametrize("asked", ["continent", "question:4", "question:99", "africa,moon"])
    def test_what_cannot_be_counted_by_is_refused_in_words(self, asked):
        with pytest.raises(grouping.Unknown, match="count"):
            grouping.by(self.bank(), asked)
