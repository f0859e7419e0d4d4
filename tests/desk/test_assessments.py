"""A finished needs assessment proposes drafts of needs to the focal point; “not a need” proposes nothing."""

import pytest

from kapok.core.rules import Refused
from kapok.records.models import Record
from kapok.surveys import verbs
from kapok.surveys.answering.proposals import proposals
from kapok.surveys.models import Response
from kapok.surveys.questionnaires import needs
from kapok.surveys.questionnaires.plan import build
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def answer(response: Response, by, theme: str, rank: str, **more) -> None:
    """Say that there is a need on a theme, with the widest gap among organisations."""
    part = response.parts.get(section__key=f"theme-{theme}")
    said = {
        "need": {"options": ["yes"]},
        "system-now": {"options": ["2"]},
        "system-wanted": {"options": ["3"]},
        "organisation-now": {"options": ["1"]},
        "organisation-wanted": {"options": ["4"]},
        "horizon": {"options": ["short"]},
        "exists": {"text": {"en": "One laboratory"}},
        "why": {"text": {"en": "Imports grow"}},
    } | more
    values = {f"theme-{theme}-{name}": value for name, value in said.items()}
    verbs.save(part, by=by, values=values, revision=part.revision)
    order = response.parts.get(section__key="order")
    verbs.save(order, by=by, values={**order.values, f"order-{theme}": {"number": rank}}, revision=order.revision)


def begun():
    focal = make.focal_point("KEN")
    return make.response(by=focal, questionnaire=build(needs.plan(), "needs")), focal


def test_each_need_becomes_a_draft_of_the_focal_point_in_its_order():
    response, focal = begun()
    answer(response, focal, "c", "2")
    answer(response, focal, "d", "1")
    part = response.parts.get(section__key="theme-e")
    verbs.save(part, by=focal, values={"theme-e-need": {"options": ["not-a-need"]}}, revision=part.revision)

    verbs.submit(response, by=focal)

    made = {record.draft.values["theme"]: record for record in Record.objects.filter(format="need")}
    assert set(made) == {"c", "d"}
    draft = made["c"].draft.values
    assert (draft["government"], draft["level"], draft["now"], draft["wanted"]) == ("KEN", "organisation", "1", "4")
    assert (draft["rank"], draft["horizon"]) == (2, "short")
    assert draft["exists"] == {"en": "One laboratory"}
    assert draft["source"] == "Capacity needs assessment (needs/1, c)"
    assert made["c"].author == focal
    assert made["c"].number == 0


def test_a_correction_proposes_only_what_is_new():
    response, focal = begun()
    answer(response, focal, "c", "1")
    verbs.submit(response, by=focal)
    verbs.reopen(response, by=focal)
    response.refresh_from_db()
    answer(response, focal, "d", "2")

    verbs.submit(response, by=focal)

    assert Record.objects.filter(format="need").count() == 2


def test_two_needs_never_share_a_place():
    response, focal = begun()
    answer(response, focal, "c", "1")
    answer(response, focal, "d", "1")

    with pytest.raises(Refused):
        verbs.submit(response, by=focal)

    assert not Record.objects.filter(format="need").exists()


def test_nobody_wants_less_than_there_is():
    response, focal = begun()
    answer(response, focal, "c", "1", **{"people-now": {"options": ["3"]}, "people-wanted": {"options": ["2"]}})

    with pytest.raises(verbs.Hindered) as hindered:
        verbs.submit(response, by=focal)

    assert [one.question.key for one in hindered.value.findings.contradictions] == ["theme-c-people-wanted"]


def test_proposals_come_in_the_order_of_the_country():
    response, focal = begun()
    for theme, rank in (("c", "3"), ("d", "1"), ("e", "2")):
        answer(response, focal, theme, rank)
    verbs.submit(response, by=focal)

    assert [one.theme for one in proposals(response)] == ["d", "e", "c"]


def test_the_assessment_speaks_six_languages():
    plan = needs.plan()
    texts = [each.label for each in plan.questions] + [each.title for each in plan.sections]
    options = [option.label for each in plan.questions for option in each.options]

    assert all(set(text) == {"ar", "en", "es", "fr", "ru", "zh"} for text in [*texts, *options])
