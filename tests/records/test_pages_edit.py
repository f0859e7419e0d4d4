"""Writing on a draft without scripts, and what happens when things go wrong meanwhile."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from kapok.files.models import Upload
from kapok.records import verbs
from kapok.records.models import Aside, Draft, Record, Working
from kapok.search import index
from tests import make
from tests.files.samples import pdf, sent
from tests.records.forms import Page, get, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_index():
    """No record of an earlier test looks alike."""
    index.forget()


@pytest.fixture
def mine():
    """A draft of an initiative by its editor, with the form open."""
    body = make.body()
    person = make.editor(body)
    record = verbs.start(make.record("initiative").form, by=person, raw={"title": {"en": "Mine"}}, owner=body)
    return record, get(signed_in(person), f"/records/{record.identifier}/edit")


def values(record: Record) -> Any:
    return Draft.objects.get(record=record).values


def test_any_member_can_begin_a_record_for_a_body():
    body = make.body(names={"en": "Seed Bank"})
    client = signed_in(make.person())
    page = get(client, "/records/new/initiative")
    edit = page.press("title-en", owner=f"Seed Bank ({body.code})", **{"title-en": "Keeping seeds"})

    record = Record.objects.get(format="initiative")
    assert (record.owner, values(record)) == (body, {"title": {"en": "Keeping seeds"}})
    assert edit.title == f"Edit Keeping seeds ({record.identifier}) – Kapok"


def test_beginning_needs_a_title_and_a_body_that_exists():
    page = get(signed_in(make.person()), "/records/new/initiative").press("title-en", owner="No such thing")

    assert page.status == 422
    assert [place for place, _said in page.summary()] == ["owner", "title"]
    assert not Record.objects.exists()


def test_an_editor_can_begin_a_record_for_another_body_too():
    other = make.body(names={"en": "Seed Bank"})
    page = get(signed_in(make.editor()), "/records/new/resource")

    page.press("title-en", owner="other", **{"owner-other": other.code, "title-en": "Seeds"})

    assert Record.objects.get(format="resource").owner == other


def test_beginning_asks_first_when_something_looks_alike():
    there = make.record("initiative", title={"en": "Detection of modified maize seeds in ports"})
    index.drain()
    page = get(signed_in(make.person()), "/records/new/initiative")
    title = {"title-en": "Detection of modified maize seeds in harbours"}

    asked = page.press("title-en", **title)
    begun = asked.press("title-en", **title)

    assert f"/records/{there.identifier}" in asked.tree.xpath("//*[@id='alike']//a/@href")
    assert begun.response.request["PATH_INFO"].endswith("/edit")


def test_sending_the_first_form_twice_begins_one_draft():
    page = get(signed_in(make.person()), "/records/new/resource")

    first, second = (page.press("title-en", **{"title-en": "A manual"}) for _one in range(2))

    assert first.response.request["PATH_INFO"] == second.response.request["PATH_INFO"]
    assert Record.objects.count() == 1


def test_beginning_asks_visitors_to_sign_in():
    assert Client().get("/records/new/initiative").headers["Location"].startswith("/account/login/?next=")


def test_save_keeps_what_is_right_and_gives_back_what_is_not(mine):
    record, page = mine

    answer = page.press(button="do", value="save", acronym="MN", starts="in spring")

    assert answer.status == 422
    assert answer.title.startswith("Error: ")
    assert answer.summary() == [("starts", answer.error_at("starts").replace("Error: ", "Starts on: "))]
    assert answer.tree.xpath("//input[@id='starts']/@value") == ["in spring"]
    assert values(record) == {"title": {"en": "Mine"}, "acronym": "MN"}


def test_parts_open_within_parts_and_move_and_go(mine):
    record, page = mine

    page = page.press(button="_add", value="results")
    page = page.press(button="_add", value="results", **{"results-0-title-en": "First"})
    page = page.press(button="_add", value="results-1-indicators", **{"results-1-title-en": "Second"})
    page = page.press(
        button="_add", value="results-1-indicators-0-periods", **{"results-1-indicators-0-title-en": "People trained"}
    )
    page = page.press(button="_up", value="results-1", **{"results-1-indicators-0-periods-0-target": "40"})

    first, second = values(record)["results"]
    assert (first["title"], second["title"]) == ({"en": "Second"}, {"en": "First"})
    assert first["indicators"][0]["periods"][0]["target"] == "40"
    page.press(button="_remove", value="results-1")
    assert [item["title"]["en"] for item in values(record)["results"]] == ["Second"]


def test_a_row_that_a_script_took_away_leaves_the_others_in_place(mine):
    record, page = mine
    page = page.press(button="_add", value="places").press(button="_add", value="places")
    page = page.press(button="_add", value="places", **{"places-0-name": "A", "places-1-name": "B"})

    page.press(**{"places-row": ["0", "2"], "places-0-name": "A", "places-2-name": "C"})

    assert [item["name"] for item in values(record)["places"]] == ["A", "C"]


def test_shares_are_given_as_percentages(mine):
    record, page = mine

    page.press(themes=["i", "c"], **{"themes-share-i": "75", "themes-share-c": "25"})

    assert {item["id"]: item["share"] for item in values(record)["themes"]} == {"c": "0.25", "i": "0.75"}


def test_other_keeps_its_words(mine):
    record, page = mine

    again = page.press(kind="other", **{"kind-words": "A travelling exhibition"})

    assert values(record)["kind"] == "other:A travelling exhibition"
    assert again.tree.xpath("//input[@id='kind-words']/@value") == ["A travelling exhibition"]


def test_find_lists_records_and_choosing_one_points_to_it(mine):
    record, page = mine
    bank = make.record("organisation", name={"en": "Seed Bank of the North"})
    index.drain()
    page = page.press(button="_add", value="organisations")

    found = page.press(
        button="_find", value="organisations-0-organisation", **{"organisations-0-organisation": "seed bank"}
    )
    (choice,) = found.tree.xpath("//*[@class='card found']//button[@name='_pick']/@value")
    chosen = found.press(button="_pick", value=choice)

    assert values(record)["organisations"][0]["organisation"] == bank.identifier
    box = chosen.tree.xpath("//input[@id='organisations-0-organisation']/@value")
    assert box == [f"Seed Bank of the North ({bank.identifier})"]


def test_an_organisation_that_is_missing_is_begun_on_the_spot(mine):
    record, page = mine
    path = "organisations-0-organisation"
    page = page.press(button="_add", value="organisations")
    found = page.press(button="_find", value=path, **{path: "Brand New Laboratory"})
    assert "Nothing was found" in found.text

    made = found.press(button="_new", value=path)

    organisation = Record.objects.filter(format="organisation").latest("pk")
    assert organisation.titles == {"en": "Brand New Laboratory"}
    assert values(record)["organisations"][0]["organisation"] == organisation.identifier
    assert "Complete and submit it" in made.tree.text_content()


def test_several_links_are_added_one_by_one(mine):
    record, page = mine
    one, two = make.record("need"), make.record("need", rank=2)

    page = page.press(needs=[one.identifier]).press(needs=[one.identifier, f"Some title ({two.identifier})"])

    assert values(record)["needs"] == [one.identifier, two.identifier]
    page.press(needs=[two.identifier])
    assert values(record)["needs"] == [two.identifier]


def test_a_file_is_uploaded_named_and_dropped(mine):
    record, page = mine

    page = page.press(button="_upload", value="files", **{"files-new": pdf("plan.pdf")})
    token = Upload.objects.get().token
    page = page.press(**{f"files-name-{token}": "The plan", f"files-language-{token}": "fr"})

    assert values(record)["files"] == [{"file": token, "name": "The plan", "language": "fr"}]
    page.press(**{"files-drop": token})
    assert "files" not in values(record)


def test_a_file_that_is_refused_says_why_at_its_place(mine):
    _record, page = mine

    answer = page.press(button="_upload", value="files", **{"files-new": sent("a.exe", b"MZ")})

    assert "kind of file is not taken" in answer.error_at("files")
    assert not Upload.objects.exists()


def test_check_lists_everything_that_is_missing(mine):
    _record, page = mine

    answer = page.press(button="do", value="check")

    places = [place for place, _said in answer.summary()]
    assert places == ["kind", "objectives", "description", "scope", "starts", "organisations", "contact", "themes"]
    assert all(answer.tree.xpath(f"//*[@id='{place}']") for place in places)


def test_submit_sends_an_incomplete_draft_back_to_the_form(mine):
    record, page = mine

    answer = page.press(button="do", value="publish")

    assert answer.status == 422
    assert ("kind", "Answer “Kind of initiative”: it is required.") in answer.summary()
    assert not Record.objects.get(pk=record.pk).number


def test_an_editor_publishes_and_a_second_press_does_no_harm():
    body = make.body()
    person = make.editor(body)
    record = make.draft("news", by=person, owner=body)
    page = get(signed_in(person), f"/records/{record.identifier}/edit")

    first, second = (page.press(button="do", value="publish") for _one in range(2))

    assert (
        first.response.request["PATH_INFO"] == second.response.request["PATH_INFO"] == f"/records/{record.identifier}"
    )
    assert Record.objects.get(pk=record.pk).number == 1


def test_strangers_find_no_form_and_send_none(mine):
    record, page = mine
    stranger = signed_in(make.person())

    assert get(stranger, f"/records/{record.identifier}/edit").status == 404
    assert Page(stranger, stranger.post(f"/records/{record.identifier}/edit", page.values())).status == 404
    assert Draft.objects.get(record=record).revision == 1


def test_only_the_questions_of_the_format_are_kept(mine):
    record, page = mine

    page.press(acronym="X", stage="published", number="7", reviewed="on", illustrative="on", author="1", values="{}")

    record = Record.objects.get(pk=record.pk)
    assert (record.stage, record.number, record.illustrative) == ("unpublished", 0, False)
    assert set(record.draft.values) == {"title", "acronym"}


def test_autosave_answers_with_the_new_revision(mine):
    record, page = mine
    sent_ = page.values() | {"acronym": "AUTO"}

    answer = page.client.post(f"/records/{record.identifier}/edit", sent_, headers={"X-Autosave": "1"})

    assert answer.json()["fields"] == {"revision": 2}
    assert values(record)["acronym"] == "AUTO"


def test_autosave_of_a_lost_answer_is_no_conflict_with_oneself(mine):
    record, page = mine
    address = f"/records/{record.identifier}/edit"
    page.client.post(address, page.values() | {"acronym": "ONE"}, headers={"X-Autosave": "1"})

    answer = page.client.post(address, page.values() | {"acronym": "TWO"}, headers={"X-Autosave": "1"})

    assert answer.status_code == 200
    assert values(record)["acronym"] == "TWO"


def test_after_the_session_ended_the_text_is_back():
    person = make.person(password="a long enough password")
    record = make.draft("news", by=person)
    page = get(signed_in(person), f"/records/{record.identifier}/edit")
    visitor = Client()

    answer = visitor.post(f"/records/{record.identifier}/edit", page.values() | {"text-en": "Typed for an hour"})
    address = answer.headers["Location"]
    assert address.startswith("/account/login/?next=")
    assert "What you typed is kept: sign in, and it is back." in visitor.get(address).text
    visitor.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    back = get(visitor, parse_qs(urlsplit(address).query)["next"][0])

    assert "Typed for an hour" in back.tree.xpath("//textarea[@id='text-en']")[0].text_content()
    assert values(record)["text"] == {"en": "Applications are open."}
    back.press(button="do", value="save")
    assert values(record)["text"] == {"en": "Typed for an hour"}


def test_autosave_after_the_session_ended_says_so(mine):
    record, page = mine

    answer = Client().post(f"/records/{record.identifier}/edit", page.values(), headers={"X-Autosave": "1"})

    assert answer.status_code == 401
    assert "signed out" in answer.json()["sentence"]


def test_a_second_writer_sees_both_texts_and_chooses_field_by_field():
    body = make.body()
    one, two = make.editor(body), make.editor(body)
    record = make.draft("news", by=one, owner=body)
    address = f"/records/{record.identifier}/edit"
    hers, his = get(signed_in(one), address), get(signed_in(two), address)
    hers.press(**{"title-en": "Her title", "text-en": "Her text"})

    both = his.press(**{"title-en": "His title", "text-en": "His text"})

    assert values(record) == {"title": {"en": "Her title"}, "text": {"en": "Her text"}}
    for words in ("Her", "His", "title", "text", "Nothing is lost"):
        assert words in both.text
    both.press("title", title="mine", text="theirs")
    assert values(record) == {"title": {"en": "His title"}, "text": {"en": "Her text"}}
    assert not Aside.objects.exists()


def test_what_one_writer_did_not_touch_is_offered_as_the_other_wrote_it():
    body = make.body()
    one, two = make.editor(body), make.editor(body)
    record = make.draft("news", by=one, owner=body)
    address = f"/records/{record.identifier}/edit"
    hers = get(signed_in(one), address)
    hers = hers.press(**{"text-en": "Her text"})
    get(signed_in(two), address).press(**{"title-en": "His title"})

    both = hers.press(**{"link": "https://example.org", "text-en": "Her text"})

    assert both.values("title") == both.values("title") | {"title": ["theirs"], "link": ["mine"]}
    both.press("title")
    assert values(record) == {
        "title": {"en": "His title"},
        "text": {"en": "Her text"},
        "link": "https://example.org",
    }


def test_ones_own_older_form_does_not_undo_what_somebody_saved_between():
    body = make.body()
    one, two = make.editor(body), make.editor(body)
    record = make.draft("news", by=one, owner=body)
    address = f"/records/{record.identifier}/edit"
    client = signed_in(one)
    old = get(client, address)
    get(signed_in(two), address).press(**{"title-en": "Theirs"})
    get(client, address).press(**{"text-en": "Mine, knowing theirs"})

    answer = old.press(**{"title-en": "From an old window"})

    assert "Nothing is lost" in answer.text
    assert values(record)["title"] == {"en": "Theirs"}


def test_a_draft_in_review_is_not_written_on():
    record = make.draft("news", by=make.person(), owner=make.body())
    client = signed_in(record.author)
    page = get(client, f"/records/{record.identifier}/edit")
    verbs.submit(record, by=record.author)

    answer = page.press(**{"title-en": "Too late"})

    assert answer.status == 403
    assert "waits for review" in answer.text
    assert Draft.objects.get(record=record).stage == Working.SUBMITTED


def test_a_new_organisation_gets_its_body_when_it_is_published():
    client = signed_in(make.person())
    begun = get(client, "/records/new/organisation").press("title-en", **{"title-en": "Gene Bank"})
    waiting = begun.press(button="do", value="submit", kind="academic-research", country="PER")
    assert "working days left" in waiting.text

    review = get(signed_in(make.secretariat()), waiting.response.request["PATH_INFO"].replace("draft", "review"))
    review.press("reason", button="do", value="publish")

    record = Record.objects.get(format="organisation")
    assert record.owner
    assert (record.owner.code, record.owner.names, record.owner.country) == (
        record.identifier,
        {"en": "Gene Bank"},
        "PER",
    )
