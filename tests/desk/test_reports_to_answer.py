"""Responses on the desk: sections entrusted to a person, and the reports a focal point submits."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kapok.desk import lists
from kapok.surveys import verbs
from tests import make
from tests.surveys import sample

pytestmark = pytest.mark.django_db


def desk(person):
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client.get("/desk").text


def entrusted(code="KEN", questionnaire=None):
    """A response, its focal point, and somebody to whom its section on law is entrusted."""
    focal, helper = make.focal_point(code), make.person()
    made = make.response(code, questionnaire, by=focal)
    section = made.questionnaire.sections.get(key="law")
    return made, focal, helper, verbs.entrust(made, by=focal, person=helper, sections=[section])[0]


def test_a_focal_point_finds_the_report_to_submit():
    made, focal, _helper, _held = entrusted()

    page = desk(focal)

    assert lists.totals(focal)["answers"] == lists.count(focal) == 1
    assert "My desk: 1 thing waits" in page
    assert f'href="/responses/{made.pk}/check"' in page
    assert "The small report" in page
    assert "Due on 1 January 2026" in page


def test_whoever_a_section_was_entrusted_to_finds_it_until_it_is_taken_back():
    made, focal, helper, held = entrusted()

    page = desk(helper)
    assert lists.count(helper) == 1
    assert f'href="/responses/{made.pk}/sections/law"' in page
    assert "Section: Law" in page
    verbs.end_entrusting(made, by=focal, delegation=held)

    assert lists.count(helper) == 0
    assert f"/responses/{made.pk}" not in desk(helper)


def test_what_was_submitted_waits_for_nobody_until_it_comes_back():
    made, focal, helper, _held = entrusted()
    part = made.parts.get(section__key="law")
    verbs.save(part, by=focal, values={"1": {"options": ["yes"]}}, revision=part.revision)
    made = verbs.submit(made, by=focal)
    assert [lists.count(who) for who in (focal, helper)] == [0, 0]

    verbs.send_back(made, by=make.secretariat(), reason="Question 3 is empty.")

    assert [lists.count(who) for who in (focal, helper)] == [1, 1]
    assert "Question 3 is empty." in desk(focal)


def test_nobody_else_hears_of_it():
    made, *_rest = entrusted()

    for who in (make.person(), make.editor("KEN"), make.focal_point("PER"), make.secretariat(), make.administrator()):
        assert lists.totals(who)["answers"] == 0
        assert f"/responses/{made.pk}" not in desk(who)


def test_three_cost_as_many_questions_as_one():
    helper, costs = make.person(), []
    questionnaire = sample.small()
    for countries in (("KEN",), ("PER", "VNM")):
        for code in countries:
            made, focal, *_rest = entrusted(code, questionnaire)
            verbs.entrust(made, by=focal, person=helper, sections=made.questionnaire.sections.all())
        desk(helper)
        with CaptureQueriesContext(connection) as asked:
            desk(helper)
        costs.append(len(asked))

    assert lists.count(helper) == 3
    assert costs[0] == costs[1]
