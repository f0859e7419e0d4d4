"""From a draft to its decision, and back to what was before."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kapok.core.jobs import queue
from kapok.core.models import Entry
from kapok.core.rules import SYSTEM, Refused
from kapok.mail.models import Letter
from kapok.records import verbs
from kapok.records.models import Draft, Record, Share, Stage, Working
from tests import make
from tests.records.forms import get, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted():
    """A record whose second version waits for review, its author and an editor of its body."""
    body = make.body()
    editor, author = make.editor(body), make.person()
    record = make.record("news", owner=body)
    verbs.invite(record, by=editor, person=author)
    verbs.revise(record, by=author)
    verbs.save(record, by=author, raw={**record.values, "title": {"en": "Workshop postponed"}}, revision=1)
    verbs.submit(record, by=author, note="The date moved.")
    return record, author, editor


def test_a_draft_is_handed_in_from_its_page():
    record = make.draft("news", by=make.person(), owner=make.body())
    address = f"/records/{record.identifier}/draft"
    page, other_window = (get(signed_in(record.author), address) for _window in range(2))
    assert "Nothing is missing" in page.text

    answer = page.press("hand-in", button="do", value="submit")

    assert "10 working days left" in answer.text
    again = page.press("hand-in", button="do", value="submit")
    assert "This form was sent already" in again.tree.text_content()
    elsewhere = other_window.press("hand-in", button="do", value="submit")
    assert "It was submitted already" in elsewhere.tree.text_content()


def test_a_draft_shows_its_people_what_stays_private_and_strangers_nothing():
    record = make.draft("expert", by=make.person())

    page = get(signed_in(record.author), f"/records/{record.identifier}/draft")

    assert "expert@example.org" in page.text
    assert "not published" in page.text
    assert get(signed_in(make.person()), f"/records/{record.identifier}/draft").status == 404
    assert Client().get(f"/records/{record.identifier}/draft").status_code == 302


def test_review_shows_what_changes_word_by_word(submitted):
    record, _author, editor = submitted

    page = get(signed_in(editor), f"/records/{record.identifier}/review")

    assert "The date moved." in page.text
    assert "10 working days left" in page.text
    assert page.tree.xpath("//del/text()") == ["announced "]
    assert page.tree.xpath("//ins/text()") == ["postponed "]


@pytest.mark.parametrize("page", ["draft", "review", "discard", "edit"])
def test_pages_of_a_draft_bear_its_own_title_and_name_the_published_one(submitted, page):
    record, author, _editor = submitted
    if page in {"edit", "discard"}:
        verbs.take_back(record, by=author)

    shown = get(signed_in(author), f"/records/{record.identifier}/{page}")

    assert "Workshop postponed" in shown.tree.findtext(".//title")
    assert "Workshop postponed" in shown.tree.xpath("//h1")[0].text_content()
    assert "The record is published under the title: Workshop announced" in shown.text


def test_pages_of_what_is_published_keep_its_title_while_a_draft_bears_another(submitted):
    record, author, _editor = submitted

    for page in ("", "/history", "/people"):
        shown = get(signed_in(author), f"/records/{record.identifier}{page}")
        assert "Workshop announced" in shown.tree.xpath("//h1")[0].text_content()
        assert "published under the title" not in shown.text


def test_an_earlier_version_bears_the_title_it_had(submitted):
    record, _author, editor = submitted
    verbs.publish(record, by=editor)

    shown = get(Client(), f"/records/{record.identifier}/versions/1")

    assert "Workshop announced" in shown.tree.xpath("//h1")[0].text_content()
    assert "The record is published under the title: Workshop postponed" in shown.text


def test_nothing_is_said_of_the_published_title_while_both_are_the_same():
    record = make.record("news", owner=make.body())
    editor = make.editor(record.owner)
    verbs.revise(record, by=editor)

    shown = get(signed_in(editor), f"/records/{record.identifier}/draft")

    assert "Workshop announced" in shown.tree.xpath("//h1")[0].text_content()
    assert "published under the title" not in shown.text


def test_review_publishes(submitted):
    record, _author, editor = submitted
    page = get(signed_in(editor), f"/records/{record.identifier}/review")

    answer = page.press("reason", button="do", value="publish", note="Checked with the organiser")

    assert answer.response.request["PATH_INFO"] == f"/records/{record.identifier}"
    assert "Workshop postponed" in answer.text
    assert record.versions.get(number=2).note == "Checked with the organiser"


def test_review_returns_only_with_a_reason(submitted):
    record, author, editor = submitted
    page = get(signed_in(editor), f"/records/{record.identifier}/review")

    silent = page.press("reason", button="do", value="return", reason=" ")

    assert silent.status == 422
    assert silent.error_at("reason") == "Error: Say in a sentence what should be changed."
    page.press("reason", button="do", value="return", reason="Give the new date.")
    assert Draft.objects.get(record=record).stage == Working.RETURNED
    edit = get(signed_in(author), f"/records/{record.identifier}/edit")
    assert "Give the new date." in edit.text


def test_an_author_without_a_mandate_sees_no_decision_and_cannot_make_one(submitted):
    record, author, _editor = submitted
    client = signed_in(author)
    page = get(client, f"/records/{record.identifier}/review")

    assert not page.tree.xpath("//button[@value='publish' or @value='return']")
    answer = client.post(f"/records/{record.identifier}/review", {"do": "publish"})
    assert answer.status_code == 403
    assert "submit it for review" in answer.content.decode()
    assert Record.objects.get(pk=record.pk).number == 1


def test_a_discarded_draft_comes_back_within_30_days():
    record = make.draft("news", by=make.person(), owner=make.body())
    client = signed_in(record.author)
    page = get(client, f"/records/{record.identifier}/discard")
    assert Draft.objects.exists()

    gone = page.press("csrfmiddlewaretoken")
    assert not Draft.objects.exists()
    back = gone.press("undiscard")

    assert Draft.objects.get().values["title"] == {"en": "Workshop announced"}
    assert back.response.request["PATH_INFO"].endswith("/edit")


def test_a_discarded_draft_is_gone_after_30_days():
    record = make.draft("news", by=make.person(), owner=make.body())
    verbs.discard(record, by=record.author)
    Entry.objects.filter(verb="records.discard").update(at=timezone.now() - timedelta(days=31))
    client = signed_in(record.author)

    assert not get(client, f"/records/{record.identifier}/history").tree.xpath("//form[contains(@action,'undiscard')]")
    answer = client.post(f"/records/{record.identifier}/undiscard")

    assert answer.status_code == 403
    assert "Nothing was discarded" in answer.content.decode()


def two_versions():
    record = make.record("news")
    secretariat = make.secretariat()
    verbs.revise(record, by=secretariat)
    verbs.save(record, by=secretariat, raw={**record.values, "text": {"en": "Applications are closed."}}, revision=1)
    verbs.publish(record, by=secretariat, note="Closed early")
    return record, secretariat


def test_history_shows_versions_to_all_and_acts_to_its_people():
    record, secretariat = two_versions()

    outside = get(Client(), f"/records/{record.identifier}/history")
    inside = get(signed_in(secretariat), f"/records/{record.identifier}/history")

    for page in (outside, inside):
        assert [one.text for one in page.tree.xpath("//tbody//th/a")] == ["Version 2", "Version 1"]
    assert "Closed early" in inside.text
    assert secretariat.name in inside.text
    assert "Closed early" not in outside.text
    assert secretariat.name not in outside.text


def test_two_versions_are_compared_field_by_field():
    record, _secretariat = two_versions()

    page = get(Client(), f"/records/{record.identifier}/compare?from=1&to=2")

    assert page.tree.xpath("//tbody/tr/th/text()")[0].startswith("Text")
    assert page.tree.xpath("//del/text()") == ["open. "]
    assert page.tree.xpath("//ins/text()") == ["closed. "]
    assert get(Client(), f"/records/{record.identifier}/compare?from=1&to=9").status == 404


def test_an_earlier_version_is_read_and_taken_up_again():
    record, secretariat = two_versions()
    page = get(signed_in(secretariat), f"/records/{record.identifier}/versions/1")
    assert "Applications are open." in page.text

    page.press("return")

    assert Draft.objects.get(record=record).values["text"] == {"en": "Applications are open."}
    visitor = get(Client(), f"/records/{record.identifier}/versions/1")
    assert not visitor.tree.xpath("//main//form")


def test_a_link_opens_the_draft_to_anyone_until_it_ends():
    record = make.draft("expert", by=make.person(), owner=make.body())
    client = signed_in(record.author)
    page = get(client, f"/records/{record.identifier}/people").press("days", button="do", value="share", days="7")
    address = page.tree.xpath("//main//code/text()")[0].partition("/shared")[2]

    read = get(Client(), f"/shared{address}")

    assert "Expert in detection" in read.text
    assert "expert@example.org" not in read.response.content.decode()
    assert read.response.headers["X-Robots-Tag"] == "noindex, nofollow"
    Share.objects.update(ends_at=timezone.now())
    over = get(Client(), f"/shared{address}")
    assert over.status == 403
    assert over.title.startswith("This link cannot be used")
    assert "This link has ended" in over.text
    assert "Who may do what" not in over.text


def test_who_cannot_decide_yet_is_led_on_writing():
    record = make.record("resource")
    editor = make.editor(record.owner)
    draft = verbs.revise(record, by=editor).draft
    verbs.save(record, by=editor, raw={**draft.values, "title": {}}, revision=draft.revision)

    page = get(signed_in(editor), f"/records/{record.identifier}/review")

    assert "Decide" not in page.text
    assert page.tree.xpath("//main//a[text()='Go on writing']/@href")[0].endswith("/edit?check=1")


def test_a_link_to_a_draft_leads_to_what_was_published_of_it():
    record = make.draft("news", by=make.person(), owner=make.body())
    token = verbs.share(record, by=record.author)
    verbs.publish(record, by=SYSTEM)

    answer = Client().get(f"/en/shared/{token}")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/en/records/{record.identifier}")
    assert Client().get(f"/en/shared/{token}/files/abc").status_code == 404


def test_a_link_to_a_new_version_thrown_away_leads_to_what_stands_until_it_is_withdrawn():
    record = make.record("news")
    editor = make.editor(record.owner)
    verbs.revise(record, by=editor)
    token = verbs.share(record, by=editor)
    verbs.discard(record, by=editor)

    assert Client().get(f"/en/shared/{token}").headers["Location"] == f"/en/records/{record.identifier}"
    verbs.withdraw(record, by=editor, reason="It was a mistake.")
    assert Client().get(f"/en/shared/{token}").status_code == 403


def test_links_can_all_be_ended():
    record = make.draft("news", by=make.person())
    token = verbs.share(record, by=record.author)

    get(signed_in(record.author), f"/records/{record.identifier}/people").press("do", button="do", value="unshare")

    assert Client().get(f"/shared/{token}").status_code == 403


def test_a_member_is_invited_by_the_address_of_their_account():
    record = make.draft("news", by=make.person())
    guest = make.person(email="guest@example.org")
    page = get(signed_in(record.author), f"/records/{record.identifier}/people")

    unknown = page.press("mail", button="do", value="invite", mail="nobody@example.org")
    page.press("mail", button="do", value="invite", mail="Guest@Example.org")

    assert "No member has this e-mail address" in unknown.error_at("mail")
    assert get(signed_in(guest), f"/records/{record.identifier}/edit").status == 200


def test_a_second_version_of_a_published_record_is_begun_with_one_button():
    record = make.record("news")
    page = get(signed_in(make.secretariat()), f"/records/{record.identifier}")

    edit = page.press("revise")

    assert edit.response.request["PATH_INFO"] == f"/records/{record.identifier}/edit"
    assert Record.objects.get(pk=record.pk).stage == Stage.PUBLISHED


def test_a_copy_is_a_new_draft():
    record = make.record("news")

    edit = get(signed_in(make.person()), f"/records/{record.identifier}").press("duplicate")

    assert edit.response.request["PATH_INFO"] == "/records/NEW-000002/edit"
    assert Draft.objects.get().values == record.values


def test_an_author_takes_a_submission_back_and_goes_on_writing(submitted):
    record, author, editor = submitted
    page = get(signed_in(author), f"/records/{record.identifier}/draft")

    back = page.press("take-back")

    draft = Draft.objects.get(record=record)
    assert (draft.stage, draft.due_on, draft.reason) == (Working.DRAFT, None, "")
    assert "The draft is yours again." in back.tree.text_content()
    assert Entry.objects.filter(verb="records.take_back", thing=record.reference, by=author).exists()
    again = signed_in(author).post(f"/records/{record.identifier}/take-back")
    assert again.status_code == 302
    with pytest.raises(Refused, match="not waiting for review"):
        verbs.return_(record, by=editor, reason="Too late.")


def test_strangers_take_nothing_back(submitted):
    record, _author, _editor = submitted

    assert signed_in(make.editor()).post(f"/records/{record.identifier}/take-back").status_code == 404
    assert Draft.objects.get(record=record).stage == Working.SUBMITTED


def test_a_national_draft_without_a_focal_point_is_told_to_the_secretariat_and_explained_to_its_author():
    officer, author = make.secretariat(), make.person()
    record = make.draft("need", by=author, owner=make.government("PER"), government="PER")

    answer = get(signed_in(author), f"/records/{record.identifier}/draft").press("hand-in", button="do", value="submit")
    queue.run_pending()

    assert "This government has no focal point." in answer.text
    assert "Its government has no focal point yet" in answer.tree.text_content()
    assert [(one.person, one.name) for one in Letter.objects.all()] == [(officer, "records/letters/no_focal_point")]
    card = get(signed_in(officer), "/desk")
    assert "No focal point to decide" in card.text
    focal = make.focal_point("PER")
    assert (
        "This government has no focal point." not in get(signed_in(focal), f"/records/{record.identifier}/review").text
    )
    assert "No focal point to decide" not in get(signed_in(officer), "/desk").text
