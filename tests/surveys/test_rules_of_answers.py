"""What an XLSForm allows as an answer is carried over, held to by web, Word and file, and what is not is told."""

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from kapok.surveys import verbs
from kapok.surveys.answering.checking import check
from kapok.surveys.answering.forms import parse
from kapok.surveys.answering.rules import broken, is_safe
from kapok.surveys.models import Question
from kapok.surveys.models.questionnaire import Kind
from kapok.surveys.offline.taking import Understood, take
from kapok.surveys.questionnaires import xlsform
from kapok.surveys.questionnaires.sheet import sheet_of
from kapok.surveys.questionnaires.xlsform.constraint import tests as read_constraint
from kapok.surveys.questionnaires.xlsform.relevant import Unclear
from tests import make
from tests.surveys.test_xlsform import form

HEAD = ("type", "name", "label", "required", "constraint", "constraint_message", "relevant", "repeat_count")
SURVEY = [
    HEAD,
    ("integer", "staff", "How many staff", "yes", ". >= 0 and . <= 500", "Between 0 and 500, please.", "", ""),
    ("decimal", "share", "Share", "", ". > 0", "", "", ""),
    ("text", "code", "Code", "", "regex(., '^[A-Z]{3}-[0-9]+$')", "", "", ""),
    ("date", "since", "Since", "", ". <= today()", "", "", ""),
    ("select_multiple tasks", "tasks", "Tasks", "", "count-selected(.) <= 2", "", "", ""),
    ("text", "odd", "Odd", "", ". != ${code}", "", "", ""),
    ("begin_repeat", "site", "Site", "", "", "", "", "2"),
    ("text", "place", "Place", "", "", "", "", ""),
    ("integer", "rooms", "Rooms", "", "", "", "${place} != ''", ""),
    ("end_repeat", "", "", "", "", "", "", ""),
    ("begin_repeat", "visit", "Visit", "", "", "", "", "${staff}"),
    ("text", "what", "What", "", "", "", "", ""),
    ("end_repeat", "", "", "", "", "", "", ""),
]
TASKS = [("list_name", "name", "label"), *(("tasks", key, key) for key in ("detect", "identify", "train"))]


@pytest.fixture
def sheet(db):
    plan = xlsform.read(form(SURVEY, TASKS), "a.xlsx").plan
    return sheet_of(verbs.add_questionnaire(plan, by=make.secretariat(), digest="rules"))


def wrong(sheet, key, **value: Any) -> str:
    return broken(sheet.questions[key], value)


def test_ranges_lengths_patterns_and_days_are_held_to(sheet):
    assert wrong(sheet, "staff", number="500") == ""
    assert wrong(sheet, "staff", number="501") == "Between 0 and 500, please."
    assert wrong(sheet, "staff", number="2.5") == "Between 0 and 500, please."
    assert wrong(sheet, "share", number="0") == "The answer must be > 0."
    assert wrong(sheet, "share", number="0.1") == ""
    assert wrong(sheet, "code", text={"en": "KEN-12"}) == ""
    assert "does not have the form" in wrong(sheet, "code", text={"en": "KEN-12", "fr": "ken"})
    assert wrong(sheet, "since", day="2020-02-29") == ""
    assert wrong(sheet, "since", day="2999-01-01") == "The answer must be ≤ today."
    assert wrong(sheet, "tasks", options=["detect", "train"]) == ""
    assert wrong(sheet, "tasks", options=["detect", "identify", "train"]) == "The number of answers must be ≤ 2."
    assert broken(sheet.questions["staff"], {}) == ""


def test_what_cannot_be_held_to_is_told_with_its_row():
    told = {(one.row, one.name): one.why for one in xlsform.read(form(SURVEY, TASKS), "a.xlsx").told}

    assert "“. != ${code}” is not held to" in told[7, "odd"]
    assert "without a fixed number of times" in told[12, "visit"]
    assert len(told) == 2


def test_a_repetition_of_known_length_is_asked_so_many_times(sheet):
    assert {"place_1", "rooms_1", "place_2", "rooms_2", "what"} <= set(sheet.questions)
    assert sheet.questions["rooms_2"].condition == [[{"question": "place_2"}]]
    assert [section.label for section in sheet.sections if section.key.startswith("site")] == ["Site (1)", "Site (2)"]


def test_by_web_the_draft_keeps_what_was_written_and_it_cannot_be_submitted(sheet):
    section = sheet.section_of["staff"]
    values, errors = parse(sheet, section, QueryDict("q-staff=501&q-share=0.5"), {}, "en")

    assert errors == {"staff": "Between 0 and 500, please."}
    assert values["staff"] == {"number": "501"}
    found = check(sheet, values)
    assert [one.question.key for one in found.contradictions] == ["staff"]
    assert found.hinder


def test_a_required_question_hinders_and_another_is_only_missing(sheet):
    found = check(sheet, {})

    assert [(one.question.key, one.sentence) for one in found.contradictions] == [
        ("staff", "This question must be answered.")
    ]
    assert "share" in {one.question.key for one in found.missing}
    assert "staff" not in {one.question.key for one in found.missing}


def test_by_word_excel_or_bulk_it_is_listed_and_left_out(sheet):
    found = Understood("en")
    take(sheet, sheet.questions["staff"], "501", found)
    take(sheet, sheet.questions["code"], "KEN-1", found)

    assert [(one.place, one.why) for one in found.unread] == [("staff", "Between 0 and 500, please.")]
    assert list(found.sections.values()) == [{"code": {"text": {"en": "KEN-1"}}}]


@pytest.mark.parametrize("pattern", ["(a+)+$", "a|b", "[a-z", r"\1", "", "a*b*c*d*", "x{2000}", "(?i)a"])
def test_a_pattern_that_may_take_for_ever_or_is_none_is_not_taken(pattern):
    assert not is_safe(pattern)
    with pytest.raises(Unclear):
        read_constraint(f"regex(., '{pattern}')", Kind.TEXT)


@pytest.mark.parametrize("pattern", [r"\d{4}", r"[^@ ]+@[^@ ]+\.[a-z]{2,6}", "^[A-Z]{3}$", r"\+?[0-9 ]+"])
def test_plain_patterns_are_taken(pattern):
    assert is_safe(pattern)


@given(st.text(max_size=60), st.sampled_from(list(Kind)))
def test_any_constraint_is_understood_or_told(text, kind):
    try:
        found = read_constraint(text, kind)
    except Unclear:
        return
    rule = {"tests": found, "message": {}}
    for value in ({"number": "3"}, {"day": "2026-01-01"}, {"text": {"en": "three"}}, {"options": ["a"]}):
        assert isinstance(broken(Question(kind=kind, rule=rule), value), str)
