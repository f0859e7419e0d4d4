"""What holds for any answers: conditions, contradictions, and what is carried from one cycle to the next."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapok.surveys.answering import checking
from kapok.surveys.answering.carrying import carry
from kapok.surveys.answering.conditions import asked, met
from kapok.surveys.answering.values import is_answered
from kapok.surveys.models import Comparability
from kapok.surveys.questionnaires.sheet import sheet_of

# The database is only read, so the examples may share it.
shared_base = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def sheets(reports):
    return {code: sheet_of(each) for code, each in reports.items()}


def draw_answers(data, sheet):
    """Any answers to any of the questions with options."""
    values = {}
    for key in data.draw(st.lists(st.sampled_from(sorted(sheet.options)), max_size=40, unique=True)):
        keys = sorted(sheet.keys[key])
        values[key] = {"options": data.draw(st.lists(st.sampled_from(keys), min_size=1, max_size=2, unique=True))}
    return values


@shared_base
@given(data=st.data(), code=st.sampled_from(["nr2", "nr3", "nr4", "nr5"]))
def test_a_question_is_asked_exactly_when_its_condition_holds_on_what_is_asked(sheets, data, code):
    sheet = sheets[code]
    values = draw_answers(data, sheet)

    now = asked(sheet, values)

    live = {key: value for key, value in values.items() if key in now}
    assert now == {key for key, question in sheet.questions.items() if met(question.condition, live)}


@shared_base
@given(data=st.data())
def test_contradictions_are_answers_that_are_not_asked_or_stand_beside_none(sheets, data):
    sheet = sheets["nr2"]
    values = draw_answers(data, sheet)

    found = checking.check(sheet, values)

    now = asked(sheet, values)
    for one in found.contradictions:
        assert is_answered(values.get(one.question.key))
    for one in found.missing:
        assert one.question.key in now
        assert not is_answered(values.get(one.question.key))
    ruled_out = {key for key in values if not met(sheet.questions[key].condition, values)}
    assert ruled_out <= {one.question.key for one in found.contradictions}


@shared_base
@given(data=st.data(), code=st.sampled_from(["nr3", "nr4", "nr5"]))
def test_what_is_carried_is_on_offer_and_means_the_same(sheets, data, code):
    new, old = sheets[code], sheets[f"nr{int(code[2]) - 1}"]
    linked = [each for each in new.questions.values() if each.previous in old.options and each.key in new.options]
    question = data.draw(st.sampled_from(linked))
    given_keys = data.draw(
        st.lists(st.sampled_from(sorted(old.keys[question.previous])), min_size=1, max_size=3, unique=True)
    )

    value, why = carry(new, question, {"options": given_keys})

    carried = set(value.get("options") or ())
    assert carried <= new.keys[question.key]
    if question.comparability in (Comparability.NO, Comparability.NEW):
        assert not carried
    if question.comparability == Comparability.SAME:
        assert carried <= set(given_keys)
    assert why or carried


def test_a_yes_is_not_carried_where_answers_are_graded_now(sheets):
    question = sheets["nr3"].questions["140"]

    assert carry(sheets["nr3"], question, {"options": ["yes"]})[0] == {}
    assert carry(sheets["nr3"], question, {"options": ["no"]})[0] == {"options": ["no"]}


def test_elements_whose_meaning_changed_are_not_carried(sheets):
    question = sheets["nr4"].questions["132"]

    value, why = carry(sheets["nr4"], question, {"options": ["human-resources-and-training", "risk-management"]})

    assert value == {"options": ["risk-management"]}
    assert "have changed" in why
