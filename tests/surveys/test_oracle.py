"""The oracle: reports built from the margins of 2012 give back every figure that was published about them."""

import hashlib

import pytest

from kapok import vocab
from kapok.core.rules import SYSTEM, Refused
from kapok.surveys import verbs
from kapok.surveys.models import Answer, Response, ResponseVersion, Snapshot
from kapok.surveys.synthesis import published
from kapok.surveys.synthesis.fitting import Unfit, choose, deal, ticks_for
from kapok.surveys.synthesis.grouping import BESIDE, REGIONS
from kapok.surveys.synthesis.reading import figures_of
from kapok.surveys.synthesis.reconstruct import DEADLINE, answered_yes, answers, respondents
from tests import make

TABLE = {
    "143": (41, 28, 15, 19, 16, 31, 16),
    "135": (38, 22, 7, 20, 2, 29, 18),
    "137": (7, 9, 4, 11, 10, 3, 3),
    "145": (25, 15, 12, 13, 3, 15, 9),
    "148": (15, 10, 6, 6, 2, 11, 6),
}
RESPONDENTS = (49, 35, 19, 21, 19, 39, 22)


def by_group(countries):
    return tuple(len(set(countries) & set(vocab.members(key, DEADLINE))) for key in (*REGIONS, *BESIDE))


def test_the_list_of_published_figures_is_whole():
    rows = published.rows()

    assert [row.id for row in rows] == [f"F{number:03}" for number in range(1, 78)]
    assert sum(bool(row.question) for row in rows) == 65


def test_the_respondents_are_parties_of_that_day_in_the_numbers_of_each_group():
    reported = respondents()

    assert len(set(reported)) == 143
    assert set(reported) <= set(vocab.members("cpb-parties", DEADLINE))
    assert by_group(reported) == RESPONDENTS


@pytest.mark.parametrize("question", TABLE)
def test_the_yes_of_each_tabled_question_fits_regions_and_lists_at_once(question):
    assert by_group(answered_yes(question, respondents())) == TABLE[question]


def test_the_set_is_the_same_every_time():
    said = sorted((country, sorted(values.items())) for country, values in answers().items())

    assert hashlib.sha256(repr(said).encode()).hexdigest() == (
        "91d6cb9b9e6b2d9b50bd48d3424f4c38e09d3bfcd09d41d66436afa9074ee0b9"
    )


@pytest.mark.parametrize("row", published.rows(), ids=lambda row: row.id)
def test_every_published_figure(row, bank_of_2012):
    """Row by row: the figure to the digit, a share of ticks that the document misnames, or none of the reports'."""
    line = next(line for line in published.compared(bank_of_2012) if line.row.id == row.id)

    if not row.question:
        assert line.verdict == published.OUTSIDE
        assert line.percent == row.percent_text
    else:
        assert line.verdict == (published.SHARE if row.statistic == "share" else published.SAME)
        assert row.count in (None, line.count)
        assert line.percent == row.percent_text
        if row.numerator:
            assert line.count == row.numerator


def test_what_the_document_contradicts_is_said_with_its_reason(bank_of_2012):
    lines = {line.row.id: line for line in published.compared(bank_of_2012)}

    assert "shares of all areas named" in lines["F048"].why
    assert lines["F048"].also == "37% of the Parties asked"
    assert "names Question 56" in lines["F047"].why
    assert "2 of the 143 Parties left this question out" in lines["F043"].why
    assert "names no question" in lines["F044"].why
    assert "89 single answers" in lines["F063"].why
    assert lines["F066"].why.endswith("of the Parties on that day: 163.")
    assert not [line.row.id for line in lines.values() if line.verdict == published.DIFFERENT]


def test_ours_is_counted_and_not_copied(nr2):
    versions = ResponseVersion.objects.select_related("response").order_by("pk")
    version = next(one for one in versions if one.values["143"] == {"options": ["yes"]})
    version.values["143"] = {"options": ["no"]}
    version.save()

    lines = {line.row.id: line for line in published.compared(figures_of(nr2).bank)}

    assert (lines["F001"].count, lines["F001"].verdict) == (118, published.DIFFERENT)


def test_the_set_is_marked_synthetic_and_goes_in_one_act(nr2):
    real = Response.objects.create(
        questionnaire=nr2, country="KEN", state="submitted", number=1, submitted_at="2011-09-01T00:00Z"
    )
    verbs.freeze(nr2, by=make.secretariat(), name="Second reports", data="synthetic")
    assert Response.objects.filter(synthetic=True).count() == 143
    assert Answer.objects.exists()

    assert verbs.remove_reconstruction(nr2, by=SYSTEM) == 143

    assert list(Response.objects.all()) == [real]
    assert not Answer.objects.exists()
    assert not Snapshot.objects.exists()


def test_building_it_again_replaces_it(nr2):
    assert verbs.reconstruct(nr2, by=SYSTEM) == 143

    assert Response.objects.count() == 143


def test_a_member_does_not_build_it(reports):
    with pytest.raises(Refused, match="administrator"):
        verbs.reconstruct(reports["nr2"], by=make.person())

    assert not Response.objects.exists()


def test_what_fits_nothing_is_refused():
    with pytest.raises(Unfit, match="still missing"):
        choose("x", {"africa": ["KEN"]}, {"africa": 1}, {"ldc": (frozenset(["AGO"]), 1)})
    with pytest.raises(Unfit, match="no total"):
        ticks_for({"a": 90, "b": 90}, 1)


def test_ticks_are_the_fewest_that_fit():
    assert ticks_for({"multilateral": 39, "bilateral": 37, "regional": 23}, 89) == {
        "multilateral": 37,
        "bilateral": 35,
        "regional": 22,
    }


def test_ticks_are_dealt_evenly_and_never_twice_to_one():
    held = deal({"a": 3, "b": 2}, ["KEN", "PER", "VNM"])

    assert held == {"KEN": ["a", "b"], "PER": ["a", "b"], "VNM": ["a"]}
