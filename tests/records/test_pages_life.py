"""Confirming, withdrawing, merging and reporting, each from its page."""

import time

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from kapok.records import verbs
from kapok.records.links import confirm_link
from kapok.records.models import Draft, Freshness, Record, Stage
from tests import make
from tests.records.forms import get, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def stale():
    """A record nobody confirmed for a year, and an editor of its body."""
    body = make.body()
    record = make.record("initiative", owner=body)
    Record.objects.filter(pk=record.pk).update(
        freshness=Freshness.OVERDUE, due_on="2020-01-01", confirmed_on="2019-01-01"
    )
    record.refresh_from_db()
    return record, make.editor(body)


def freshness(record: Record) -> str:
    return Record.objects.get(pk=record.pk).freshness


def path_of(link: str) -> str:
    return "/confirm/" + link.partition("/confirm/")[2]


def test_one_button_confirms(stale):
    record, editor = stale

    page = get(signed_in(editor), f"/records/{record.identifier}").press("confirm")

    assert "confirmed as of today" in page.tree.text_content()
    assert freshness(record) == Freshness.FRESH


def test_a_link_confirms_without_signing_in_and_looking_changes_nothing(stale):
    record, editor = stale
    page = get(Client(), path_of(confirm_link(record, editor)))
    assert "Inspectors can take samples" in page.text
    assert freshness(record) == Freshness.OVERDUE

    done = page.press("csrfmiddlewaretoken")

    assert "The record is confirmed." in done.text
    assert (freshness(record), Record.objects.get(pk=record.pk).confirmed_on) == ("fresh", timezone.now().date())
    assert done.response.headers["Referrer-Policy"] == "same-origin"
    again = get(Client(), path_of(confirm_link(record, editor)))
    assert "The record is confirmed." in again.text
    assert not again.tree.xpath("//main//form")


def test_an_old_link_says_so(stale):
    record, editor = stale
    path = path_of(confirm_link(record, editor))

    with time_machine.travel(time.time() + 121 * 24 * 3600):
        page = get(Client(), path)

    assert page.status == 403
    assert "This link has expired" in page.text
    assert freshness(record) == Freshness.OVERDUE


def test_a_forged_or_cut_link_says_so(stale):
    record, editor = stale
    path = path_of(confirm_link(record, editor))

    for wrong in (path[:-3], path.replace("/confirm/", "/confirm/x"), "/confirm/nonsense"):
        answer = Client().post(wrong)
        assert answer.status_code == 403
        assert "not complete" in answer.content.decode()
    assert freshness(record) == Freshness.OVERDUE


def test_a_link_does_nothing_for_a_person_who_no_longer_acts_for_the_body(stale):
    record, editor = stale
    path = path_of(confirm_link(record, editor))
    editor.designations.update(ended_at=timezone.now())

    answer = Client().post(path)

    assert answer.status_code == 403
    assert freshness(record) == Freshness.OVERDUE


def test_all_records_of_a_body_are_confirmed_at_once(stale):
    record, editor = stale
    body = record.owner
    other = make.record("course", owner=body)
    Record.objects.filter(pk=other.pk).update(freshness=Freshness.DUE)
    strange = make.record("course")
    Record.objects.filter(pk=strange.pk).update(freshness=Freshness.DUE)
    page = get(signed_in(editor), f"/bodies/{body.code}/confirm")
    assert "record" not in page.values("record"), "who confirms says so for each"
    assert [one in page.text for one in (record.identifier, other.identifier)] == [True, True]

    answer = page.press("record", record=[record.identifier, strange.identifier])

    assert "1 record is confirmed." in answer.tree.text_content()
    assert [freshness(one) for one in (record, other, strange)] == ["fresh", "due", "due"]


def test_strangers_do_not_see_what_a_body_has_to_confirm(stale):
    record, _editor = stale

    answer = signed_in(make.person()).get(f"/bodies/{record.owner.code}/confirm")

    assert answer.status_code == 403
    assert "designated editors" in answer.content.decode()


def test_withdraw_asks_for_a_reason_and_can_be_undone(stale):
    record, editor = stale
    page = get(signed_in(editor), f"/records/{record.identifier}/withdraw")

    silent = page.press("reason", reason="")
    assert silent.status == 422
    gone = page.press("reason", reason="Registered twice.")
    assert gone.status == 410
    gone.press("restore")

    assert Record.objects.get(pk=record.pk).stage == Stage.PUBLISHED


def test_merge_shows_all_that_the_parts_of_both_say():
    grant = {"kind": "grant", "amount": "125000.50", "currency": "USD"}
    one, two = make.record("initiative", budget=[grant]), make.record("initiative")

    page = get(signed_in(make.secretariat()), f"/records/{one.identifier}/merge?into={two.identifier}")

    assert "125,000.50" in page.text


def test_merge_shows_both_records_first_and_can_be_undone():
    one, two = make.record("resource"), make.record("resource", title={"en": "The same manual"})
    client = signed_in(make.secretariat())
    page = get(client, f"/records/{one.identifier}/merge?into={two.identifier}")
    assert "The same manual" in page.text
    assert "Manual on sampling" in page.text

    merged = page.press("csrfmiddlewaretoken", into=two.identifier)
    assert merged.response.request["PATH_INFO"] == f"/records/{two.identifier}"
    assert Client().get(f"/records/{one.identifier}").status_code == 301
    get(client, f"/records/{one.identifier}/history").press("unmerge")

    assert Client().get(f"/records/{one.identifier}").status_code == 200


@pytest.mark.parametrize(
    ("into", "sentence"),
    [
        ("RES-999999", "There is no such record"),
        ("NEW-000001", "Only records of one kind"),
        ("RES-000001", "another published"),
    ],
)
def test_merge_into_the_wrong_record_is_refused_in_words(into, sentence):
    record = make.record("resource")
    make.record("news")

    page = get(signed_in(make.secretariat()), f"/records/{record.identifier}/merge?into={into}")

    assert page.status == 422
    assert sentence in page.error_at("into")


def test_a_report_is_added_and_published_at_once_by_an_editor(stale):
    record, editor = stale
    page = get(signed_in(editor), f"/records/{record.identifier}/report")

    wrong = page.press("reports-row", button="do", value="publish", **{"reports-0-kind": "progress"})
    assert [place for place, _said in wrong.summary()] == ["reports-0-accomplishments"]
    read = wrong.press(
        "reports-row",
        button="do",
        value="publish",
        **{
            "reports-0-accomplishments-en": "Forty inspectors trained.",
            "reports-0-lessons-en": "Begin with the ports.",
        },
    )

    assert read.response.request["PATH_INFO"] == f"/records/{record.identifier}"
    assert "Forty inspectors trained." in read.text
    assert read.tree.xpath("//*[@class='lesson']/p[2]/text()") == ["Begin with the ports."]
    assert not Draft.objects.exists()
    assert freshness(record) == Freshness.FRESH


def test_a_report_sent_twice_stands_once(stale):
    record, editor = stale
    page = get(signed_in(editor), f"/records/{record.identifier}/report")
    answers = {"reports-0-kind": "progress", "reports-0-accomplishments-en": "Forty inspectors trained."}

    for _press in range(2):
        page.press("reports-row", button="do", value="publish", **answers)

    assert len(Record.objects.get(pk=record.pk).values["reports"]) == 1


def test_a_report_by_somebody_invited_waits_in_the_draft(stale):
    record, editor = stale
    guest = make.person()
    verbs.invite(record, by=editor, person=guest)
    page = get(signed_in(guest), f"/records/{record.identifier}/report")
    assert not page.tree.xpath("//button[@value='publish']")

    page.press(
        "reports-row",
        button="do",
        value="publish",
        **{"reports-0-kind": "progress", "reports-0-accomplishments-en": "Forty inspectors trained."},
    )

    assert Record.objects.get(pk=record.pk).number == 1
    assert Draft.objects.get(record=record).values["reports"][0]["accomplishments"] == {
        "en": "Forty inspectors trained."
    }


def test_records_of_other_kinds_have_no_report_page():
    record = make.record("news")

    answer = signed_in(make.secretariat()).get(f"/records/{record.identifier}/report")

    assert answer.status_code == 403
    assert "have no reports" in answer.content.decode()


@pytest.mark.parametrize(
    "page",
    [
        "edit",
        "revise",
        "duplicate",
        "hand-in",
        "review",
        "discard",
        "undiscard",
        "people",
        "confirm",
        "withdraw",
        "restore",
        "merge",
        "unmerge",
        "report",
        "versions/1/return",
    ],
)
def test_no_act_is_open_to_visitors(page):
    record = make.record("initiative")

    answer = Client().post(f"/records/{record.identifier}/{page}", {"do": "publish"})

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")
    again = Record.objects.get(pk=record.pk)
    assert (again.stage, again.number, again.working) == (Stage.PUBLISHED, 1, None)


@pytest.mark.parametrize("page", ["edit", "letter", "withdraw", "confirm", "people", "hand-in"])
def test_no_form_is_accepted_from_elsewhere(page):
    record = make.record("initiative")
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.secretariat(), backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.post(f"/records/{record.identifier}/{page}", {"reason": "x"}).status_code == 403
