"""XLSForms: what becomes of their questions, and what is told in words."""

import io
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kapok.core.rules import Refused
from kapok.surveys import verbs
from kapok.surveys.answering.conditions import asked
from kapok.surveys.questionnaires import xlsform
from kapok.surveys.questionnaires.sheet import sheet_of
from kapok.surveys.questionnaires.xlsform.relevant import Unclear, groups
from tests import make
from tests.shared import shared

SURVEY = [
    ("type", "name", "label::English (en)", "label::Français (fr)", "required", "relevant"),
    ("start", "start", "", "", "", ""),
    ("begin_group", "lab", "Laboratory", "Laboratoire", "", ""),
    ("select_one yn", "has_lab", "Is there one?", "Y en a-t-il un ?", "yes", ""),
    ("integer", "staff", "How many staff", "Effectif", "", "${has_lab} = 'yes'"),
    ("select_multiple tasks or_other", "tasks", "Tasks", "Tâches", "", "selected(${has_lab}, 'yes') and ${staff} > 2"),
    ("note", "thanks", "Thank you", "Merci", "", ""),
    ("end_group", "", "", "", "", ""),
    ("geopoint", "where", "Where", "Où", "", ""),
    ("decimal", "budget", "Budget", "Budget", "", "count(${tasks}) > 1"),
    ("date", "since", "Since", "Depuis", "", ""),
    ("text", "words", "Words", "Mots", "", ""),
]
CHOICES = [
    ("list_name", "name", "label::English (en)"),
    ("yn", "yes", "Yes"),
    ("yn", "no", "No"),
    ("tasks", "detect", "Detect"),
]


def form(survey: list[Any] = SURVEY, choices: list[Any] = CHOICES) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        pages = {"survey": survey, "choices": choices, "settings": [("form_title", "form_id"), ("A form", "lab_form")]}
        for name, rows in pages.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return file.getvalue()


def test_questions_lists_languages_and_conditions_are_taken_over():
    plan = xlsform.read(form(), "a.xlsx").plan
    found = {each.key: each for each in plan.questions}

    assert (plan.code, plan.title) == ("lab_form", {"en": "A form"})
    assert [each.key for each in plan.sections] == ["lab", "questions"]
    assert {key: each.kind for key, each in found.items()} == {
        "has_lab": "choice",
        "staff": "number",
        "tasks": "choices",
        "thanks": "heading",
        "budget": "number",
        "since": "day",
        "words": "text",
    }
    assert found["has_lab"].label == {"en": "Is there one?", "fr": "Y en a-t-il un ?"}
    assert found["has_lab"].required
    assert [option.key for option in found["tasks"].options] == ["detect", "other"]
    assert found["tasks"].condition == [
        [{"question": "has_lab", "options": ["yes"]}],
        [{"question": "staff", "is": ">", "number": "2"}],
    ]


def test_what_is_not_taken_over_is_told_in_words():
    told = {(one.row, one.name): one.why for one in xlsform.read(form(), "a.xlsx").told}

    assert "geopoint" in told[9, "where"]
    assert "always asked" in told[10, "budget"]
    assert len(told) == 2


@pytest.mark.django_db
def test_an_added_form_is_answered_like_any_other():
    made = verbs.add_questionnaire(xlsform.read(form(), "a.xlsx").plan, by=make.secretariat(), digest="one")

    assert not made.is_open
    sheet = sheet_of(made)
    values: dict[str, Any] = {"has_lab": {"options": ["yes"]}, "staff": {"number": "3"}}
    assert {"staff", "tasks"} <= asked(sheet, values)
    assert "tasks" not in asked(sheet, {**values, "staff": {"number": "1"}})
    again = verbs.add_questionnaire(xlsform.read(form(), "a.xlsx").plan, by=make.secretariat(), digest="two")
    assert again.version == 2
    with pytest.raises(Refused, match="Only the Secretariat"):
        verbs.add_questionnaire(xlsform.read(form(), "a.xlsx").plan, by=make.focal_point("KEN"), digest="three")


@pytest.mark.parametrize(("content", "name"), [(b"no", "a.xlsx"), (b"no", "a.xls"), (b"", "a.csv")])
def test_what_is_no_form_is_refused(content, name):
    with pytest.raises(Refused):
        xlsform.read(content, name)


def test_a_workbook_without_questions_is_refused():
    with pytest.raises(Refused, match="no question"):
        xlsform.read(form([("type", "name", "label"), ("note", "a", "A")]), "a.xlsx")


def test_expressions_become_groups():
    one, two = {"question": "a", "options": ["x"]}, {"question": "b", "is": ">=", "number": "5"}

    assert groups("${a} = 'x' and ${b} >= 5") == [[one], [two]]
    assert groups("${a}='x' or ${b} >= 5") == [[one, two]]
    assert groups("(${a} = 'x' or ${b} >= 5) and ${c} != ''") == [[one, two], [{"question": "c"}]]
    assert groups("not(selected(${a}, 'x'))") == [[{"question": "a", "without": ["x"]}]]


@given(st.text(max_size=60))
def test_any_expression_is_understood_or_told(text):
    try:
        found = groups(text)
    except Unclear:
        return
    assert all(group for group in found)


def test_forms_of_others_are_read_or_told():
    """The author's own form always; those in the shared folder where there is one."""
    contents = {"own.xlsx": form()}
    for name in ("xlsform_spec_test.xlsx", "extra_columns.xlsx", "kobo-library-locking-example.xlsx", "widgets.xls"):
        if path := shared(f"xlsform/{name}"):
            contents[name] = path.read_bytes()

    read = {name: xlsform.read(content, name) for name, content in contents.items()}

    assert all(each.plan.questions for each in read.values())
    assert all(one.why for each in read.values() for one in each.told)
