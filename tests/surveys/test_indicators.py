"""Indicators are frozen with day and name; what changes later is listed."""

from datetime import date

import pytest
from django.test import Client

from kapok.core.rules import Refused
from kapok.surveys import verbs
from kapok.surveys.models import IndicatorSet, Question
from kapok.surveys.questionnaires import indicators
from tests import make

pytestmark = pytest.mark.django_db


def a_set() -> IndicatorSet:
    indicators.ensure()
    return IndicatorSet.objects.get(code="strategic-plan")


def test_the_sets_come_along_once():
    assert a_set().indicators.count() == 50
    assert IndicatorSet.objects.get(code="mechanism").indicators.count() == 22
    assert indicators.ensure() == 0


def test_every_question_that_an_indicator_names_exists(reports):
    asked = set(Question.objects.values_list("questionnaire__code", "key"))
    named = {(code, key) for one in a_set().indicators.all() for code, keys in one.questions.items() for key in keys}

    assert named
    assert named - asked == set()


def test_a_set_is_frozen_once_with_day_and_name():
    found, officer = a_set(), make.secretariat()
    with pytest.raises(Refused, match="Say who agreed"):
        verbs.freeze_indicators(found, by=officer, agreed_by=" ")
    with pytest.raises(Refused, match="Only the Secretariat"):
        verbs.freeze_indicators(found, by=make.focal_point("KEN"), agreed_by="COP-MOP 6")

    found = verbs.freeze_indicators(found, by=officer, agreed_by="COP-MOP 6", collection_on=date(2030, 1, 1))

    assert found.frozen_by == officer
    assert len(found.digest) == 64
    with pytest.raises(Refused, match="frozen already"):
        verbs.freeze_indicators(found, by=officer, agreed_by="Again")


def test_a_change_after_the_agreement_needs_a_reason_and_is_listed(client):
    found, officer = a_set(), make.secretariat()
    verbs.change_indicator(found, by=officer, key="SP-1.1a", text="Before", language="en", reason="")
    assert not found.changes.exists()
    verbs.freeze_indicators(found, by=officer, agreed_by="COP-MOP 6")
    with pytest.raises(Refused, match="give the reason"):
        verbs.change_indicator(found, by=officer, key="SP-1.1a", text="After", language="en", reason="")

    verbs.change_indicator(found, by=officer, key="SP-1.1a", text="After", language="en", reason="The law changed.")

    change = found.changes.get()
    assert (change.before["en"], change.after["en"], change.by) == ("Before", "After", officer)
    page = client.get("/en/indicators/strategic-plan").content.decode()
    assert "The law changed." in page
    assert "COP-MOP 6" in page


def test_the_page_freezes_for_the_secretariat_only():
    a_set()
    web = Client()
    web.force_login(make.secretariat())
    address = "/en/indicators/strategic-plan/agree"

    assert web.post(address, {"agreed_by": ""}).status_code == 422
    assert web.post(address, {"agreed_by": "COP-MOP 6", "collection_on": "soon"}).status_code == 422
    web.post(address, {"agreed_by": "COP-MOP 6", "collection_on": "2020-01-01"})

    assert "after the collection of answers had begun" in web.get("/en/indicators/strategic-plan").content.decode()
    web.force_login(make.focal_point("KEN"))
    assert web.post(address, {"agreed_by": "x"}).status_code == 403
