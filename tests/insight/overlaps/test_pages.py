"""The pages of overlaps: the list, a pair, the form of a joint action, and what stands on the pages of records."""

import pytest
from django.test import Client

from kapok.insight.models import OverlapAnswer
from kapok.insight.overlaps import keeping
from kapok.records.models import Record
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    lead = make.record("organisation").identifier
    made = [
        make.record("initiative", owner=make.body(), lead=lead, title={"en": title})
        for title in ("Seeds tested at the border", "Laboratories for seeds")
    ]
    for one in made:
        keeping.look(one)
    return made


def text(response):
    return response.content.decode()


def test_the_list_shows_pairs_with_reasons_and_narrows_them(client, two):
    lead = two[0].values["organisations"][0]["organisation"]
    for query in ("", "?country=KEN", f"?organisation={lead}", "?kind=cooperate"):
        page = text(client.get(f"/overlaps{query}"))
        assert "Seeds tested at the border" in page
        assert "Both in: Kenya" in page

    for query in ("?country=PER", "?organisation=ORG-999999", "?kind=duplicate"):
        assert "No overlap is known here" in text(client.get(f"/overlaps{query}"))
    assert client.get("/overlaps?country=NOWHERE&page=x").status_code == 200


def test_three_alike_in_a_country_stand_together(client, two):
    keeping.look(make.record("initiative", title={"en": "A third one"}))

    page = text(client.get("/overlaps?country=KEN"))

    assert "Where three or more come together" in page
    assert "3 initiatives" in page


def test_both_record_pages_show_the_overlap(client, two):
    for one, other in (two, two[::-1]):
        page = text(client.get(f"/records/{one.identifier}"))
        assert "Others who do this here" in page
        assert other.title in page


def test_an_owner_answers_on_the_page_of_the_pair(as_, two):
    first, second = two
    browser, address = as_(make.editor(first.owner)), f"/overlaps/{first.identifier}/with/{second.identifier}"

    assert f"Answer for {first.identifier}" in text(browser.get(address))
    wrong = browser.post(f"{address}/answer", {"said": "different"})
    right = browser.post(f"{address}/answer", {"said": "different", "because": "Other districts."}, follow=True)

    assert wrong.status_code == 422
    assert "Other districts." in text(right)
    assert "Other districts." in text(Client().get(f"/records/{second.identifier}"))


def test_the_same_leads_to_the_merge(as_, two):
    first, second = two

    answer = as_(make.editor(first.owner)).post(
        f"/overlaps/{first.identifier}/with/{second.identifier}/answer", {"said": "same"}
    )

    assert answer["Location"].endswith(f"/records/{first.identifier}/merge?into={second.identifier}")
    assert OverlapAnswer.objects.get().said == "same"


def test_only_those_of_the_record_answer(as_, two):
    first, second = two
    address = f"/overlaps/{first.identifier}/with/{second.identifier}"

    assert "Answer for" not in text(Client().get(address))
    assert as_("member").post(f"{address}/answer", {"said": "joint"}).status_code == 403
    assert Client().get(f"/overlaps/{first.identifier}/with/INI-999999").status_code == 404
    assert Client().get(f"/overlaps/{make.record('resource').identifier}/with/{first.identifier}").status_code == 404


def test_a_joint_action_is_recorded_and_shown_on_both_pages(as_, two):
    first, second = two
    browser = as_(make.editor(first.owner))
    address = f"/overlaps/{first.identifier}/joint"

    assert second.title in text(browser.get(address))
    wrong = browser.post(address, {"kind": "activity", "what-en": "One training for both."})
    sent = {"kind": "activity", "what-en": "One training for both.", "partner": second.identifier}
    browser.post(address, sent)

    assert wrong.status_code == 422
    assert "One training for both." in text(Client().get(f"/records/{first.identifier}"))
    assert "One training for both." in text(Client().get(f"/records/{second.identifier}"))


def test_the_form_of_an_initiative_tells_who_does_the_same_here(as_, two):
    author = make.person()
    draft = make.draft("initiative", by=author)
    browser = as_(author)

    page = text(browser.get(f"/records/{draft.identifier}/edit"))
    piece = text(browser.get(f"/overlaps/draft/{draft.identifier}"))

    for shown in (page, piece):
        assert "2 initiatives share place, theme and time with yours" in shown
        assert two[0].title in shown
    assert as_("member").get(f"/overlaps/draft/{draft.identifier}").status_code == 404


def test_a_draft_of_which_nothing_is_known_shows_nothing(as_):
    author = make.person()
    draft = make.draft("initiative", by=author, themes=[])

    page = as_(author).get(f"/records/{draft.identifier}/edit")

    assert page.status_code == 200
    assert "share place" not in text(page)


def test_the_list_asks_as_much_for_one_pair_as_for_three(client, two, django_assert_max_num_queries):
    client.get("/overlaps")
    with django_assert_max_num_queries(12):
        client.get("/overlaps")
    keeping.look(make.record("initiative", title={"en": "A third one"}))
    with django_assert_max_num_queries(12):
        client.get("/overlaps")

    assert Record.objects.filter(format="initiative").count() == 3


def first_answers(two, **more):
    theme = two[0].values["themes"][0]["id"]
    return {"title-en": "Training on plants that resist drought", "countries": "KEN", "themes": theme, **more}


def test_the_first_page_of_registering_shows_who_is_there_already(as_, two):
    browser, address = as_(make.person()), "/records/new/initiative"
    form = text(browser.get(address))
    assert '<select id="first-countries" name="countries"' in form
    assert "Laboratories for seeds" not in form

    told = browser.post(address, first_answers(two))
    begun = browser.post(address, first_answers(two, sure="1"))

    assert told.status_code == 200
    assert "Others are doing this here" in text(told)
    assert "Laboratories for seeds" in text(told)
    assert "Mine is another one: begin the draft" in text(told)
    assert '<option value="KEN" selected>' in text(told)
    draft = Record.objects.exclude(stage="published").get().draft
    assert begun["Location"].endswith("/edit")
    assert draft.values["countries"] == [{"id": "KEN"}]
    assert draft.values["themes"] == [{"id": two[0].values["themes"][0]["id"]}]


def test_the_same_is_told_while_the_first_answers_are_given(as_, two):
    browser, address = as_(make.person()), "/records/new/initiative/similar"

    assert "Laboratories for seeds" in text(browser.get(address, first_answers(two)))
    assert "Laboratories for seeds" not in text(browser.get(address, first_answers(two, countries="PER")))
    assert "Laboratories for seeds" not in text(browser.get(address, first_answers(two, themes="")))
    assert browser.get(address, first_answers(two, countries="NOWHERE", themes="x")).status_code == 200
