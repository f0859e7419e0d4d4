"""Matches on pages: need, what fits it, organisation; offers, answers, words, and the list of the unanswered."""

import pytest
from django.test import Client
from django.utils import timezone

from kapok.insight.models import Circulation, Clock, Feedback, Offer
from kapok.records.models import Record
from kapok.records.standing import stand_beside
from kapok.search import index as search
from tests import make

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


@pytest.fixture
def world(index):
    """A need of Kenya, what fits it, and the editor of the body behind."""
    organisation = make.record("organisation", themes=["i"], works_in=["KEN"], roles=["donor"])
    body = stand_beside(organisation)
    lead = organisation.identifier
    made = {
        "organisation": organisation,
        "body": body,
        "editor": make.editor(body),
        "need": make.record("need", help=["funding", "training"]),
        "initiative": make.record("initiative", lead=lead, owner=body, methods=["workshop"], title={"en": "Seeds"}),
        "opportunity": make.record("opportunity", organiser=lead, owner=body, themes=["i"]),
        "expert": make.record("expert", government="UGA", themes=["i"]),
        "resource": make.record("resource", countries=["KEN"]),
        "course": make.record("course", institution=lead, owner=body, themes=["i"], distance=True),
    }
    search.drain()
    return made


def test_the_page_of_a_need_shows_what_fits_with_reasons(client, world):
    page = text(client.get(f"/records/{world['need'].identifier}"))

    assert "What fits this need" in page
    for words in ("Seeds", "At work in: Kenya", "Gives help of the kind asked for: Training", "About: Kenya"):
        assert words in page
    assert "Offer help" in page


@pytest.mark.parametrize("name", ["initiative", "opportunity", "expert", "resource"])
def test_what_may_fit_shows_the_needs_on_its_page(client, world, name):
    page = text(client.get(f"/records/{world[name].identifier}"))

    assert "Open needs that fit" in page
    assert world["need"].title in page


def test_an_organisation_shows_the_needs_that_fit(client, world):
    for address in (
        f"/organisations/{world['organisation'].identifier}",
        f"/matches?organisation={world['body'].code}",
    ):
        page = text(client.get(address))
        assert world["need"].title in page
        assert "At work in: Kenya" in page


def test_the_list_of_matches_answers_for_any_record(client, world):
    assert "Seeds" in text(client.get(f"/matches?need={world['need'].identifier}"))
    assert world["need"].title in text(client.get(f"/matches?record={world['opportunity'].identifier}"))
    assert "Nothing that fits" in text(client.get(f"/matches?record={make.record('news').identifier}"))
    assert client.get("/matches").status_code == 200
    assert client.get("/matches?need=NED-999999").status_code == 404


def test_an_offer_is_made_and_answered_on_pages(as_, world):
    need, browser = world["need"], as_(world["editor"])
    address = f"/needs/{need.identifier}/offer"

    assert "Seeds" in text(browser.get(address))
    wrong = browser.post(address, {"body": world["body"].code})
    sent = {"body": world["body"].code, "record": world["initiative"].identifier, "words": "Two places."}
    browser.post(address, sent)
    made = Offer.objects.get()
    focal = as_(make.focal_point("KEN"))
    assert "Two places." in text(focal.get("/desk"))
    declined = focal.post(f"/offers/{made.pk}/answer", {"do": "decline"})
    focal.post(f"/offers/{made.pk}/answer", {"do": "accept", "because": "Welcome."})

    assert (wrong.status_code, declined.status_code) == (422, 422)
    page = text(Client().get(f"/records/{need.identifier}"))
    for words in ("Two places.", "Accepted", "Welcome."):
        assert words in page
    assert "Two places." not in text(focal.get("/desk"))


def test_strangers_neither_offer_nor_answer(as_, world):
    need = world["need"]
    made = Offer.objects.create(need=need, body=world["body"], words="A workshop.")

    assert as_("member").get(f"/needs/{need.identifier}/offer").status_code == 403
    assert as_("member").post(f"/offers/{made.pk}/answer", {"do": "accept"}).status_code == 403
    assert as_("secretariat").post(f"/needs/{need.identifier}/met").status_code == 403
    assert as_("member").get(f"/needs/{world['resource'].identifier}/offers").status_code == 404
    assert Client().get(f"/needs/{need.identifier}/offers").status_code == 200


def test_a_need_is_said_to_be_met_and_opened_again(as_, world):
    focal, address = as_(make.focal_point("KEN")), f"/needs/{world['need'].identifier}"

    assert "The need is met" in text(focal.get(f"{address}/offers"))
    focal.post(f"{address}/met", {"do": "met"})
    assert Record.objects.get(pk=world["need"].pk).values["state"] == "met"
    focal.post(f"{address}/met", {"do": "open"})

    assert Record.objects.get(pk=world["need"].pk).values["state"] == "open"


def test_a_word_on_a_match_stands_beside_it(as_, world):
    need, course = world["need"], world["initiative"]
    focal, address = as_(make.focal_point("KEN")), f"/matches/{need.identifier}/with/{course.identifier}"

    assert "Is this match useful?" in text(focal.get(address))
    assert focal.post(address, {"useful": "no"}).status_code == 422
    focal.post(address, {"useful": "no", "because": "It is taught in Italian."})

    assert Feedback.objects.count() == 1
    assert "It is taught in Italian." in text(Client().get(f"/matches?need={need.identifier}"))


def test_the_unanswered_stand_on_a_page_of_their_own(client, world):
    today = timezone.now().date()
    Clock.objects.create(
        need=world["need"], filed_on=today, circulated_on=today, answers_by=today, consolidated_on=today
    )

    for query in ("", "?country=KEN", "?theme=i", "?country=nowhere&theme=none&page=x"):
        assert world["need"].title in text(client.get(f"/needs/unanswered{query}"))
    assert "No need waits" in text(client.get("/needs/unanswered?country=PER"))


def test_a_circulated_need_waits_on_the_desk_of_the_body(as_, world):
    today = timezone.now().date()
    Clock.objects.create(need=world["need"], filed_on=today, circulated_on=today, answers_by=today)
    Circulation.objects.create(need=world["need"], body=world["body"], grounds=[["country", "KEN"]], made_on=today)

    page = text(as_(world["editor"]).get("/desk"))

    assert "Needs that fit you" in page
    assert "At work in: Kenya" in page
