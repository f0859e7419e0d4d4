"""Letters: one for each key, in the language of the reader, kept until the mail server takes them."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import Client

from kapok.core.jobs import run_pending
from kapok.core.jobs.models import Job
from kapok.core.languages import TAGS, direction
from kapok.core.rules import Refused
from kapok.mail import access, letters, verbs
from kapok.mail.blocks import blocks
from kapok.mail.jobs import ATTEMPTS, deliver, tidy
from kapok.mail.links import read_stop, stop_link
from kapok.mail.models import Letter, State
from tests import make

pytestmark = pytest.mark.django_db
LAPSED = "records/letters/lapsed"


def lapsed(to, key="one", kind="reminders", **more):
    record = make.record("resource", title={"en": "Manual & <b>more</b>"})
    facts = {"lines": [{"record": record, "title": record.title}], "count": 1, "more": 0}
    return letters.send(to, LAPSED, facts, key=key, kind=kind, **more)


class Killed(BaseException):
    """The process dies."""


class Away:
    """A mail server that does not answer, or says no."""

    def __init__(self, error):
        self.error = error

    def __call__(self, *args):
        raise self.error


def test_a_letter_goes_out_once_however_often_it_is_written_and_sent():
    person = make.person()

    first, second = lapsed(person), lapsed(person)
    run_pending()
    deliver(first.pk)

    assert second is None
    assert [message.to for message in outbox.outbox] == [[person.email]]
    assert Letter.objects.get().state == State.SENT


def test_a_letter_belongs_to_the_transaction_that_wrote_it():
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        lapsed(make.person())
        raise RuntimeError

    assert not Letter.objects.exists()
    assert not Job.objects.filter(name="mail.deliver").exists()


@pytest.mark.parametrize("tag", TAGS)
def test_text_comes_first_and_html_says_the_same_in_the_right_direction(tag):
    lapsed(make.person(language=tag))
    run_pending()

    message = outbox.outbox[0].message()
    text, html = (part.get_payload(decode=True).decode() for part in message.get_payload())

    assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]
    assert f'<html lang="{tag}" dir="{direction(tag)}">' in html
    assert "Manual & <b>more</b>" in text
    assert "Manual &amp; &lt;b&gt;more&lt;/b&gt;" in html
    assert all(address in html for address in text.split() if address.startswith("http"))
    assert message["Content-Language"] == tag
    assert len(message.as_bytes()) < 20_000


def test_letters_that_can_be_turned_off_say_how_and_are_marked_as_automatic():
    person = make.person()
    lapsed(person)
    lapsed(person, key="two", kind="")
    run_pending()

    with_way_out, always = (one.message() for one in outbox.outbox)

    stop = with_way_out["List-Unsubscribe"].strip("<>")
    assert with_way_out["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read_stop(stop.rpartition("/")[2]) == (person, "reminders")
    # The two are signed each in its second.
    assert stop.rsplit(":", 2)[0] in outbox.outbox[0].body
    assert always["List-Unsubscribe"] is None
    assert "/letters/stop/" not in outbox.outbox[1].body
    assert {one["Auto-Submitted"] for one in (with_way_out, always)} == {"auto-generated"}


def test_a_letter_too_large_goes_as_text_alone():
    made = lapsed(make.person())
    Letter.objects.filter(pk=made.pk).update(html="<p>" + "x" * 21_000)

    run_pending()

    assert outbox.outbox[0].message().get_content_type() == "text/plain"


def test_an_address_without_account_gets_a_letter_with_an_answer_address():
    lapsed("office@example.org", kind="", language="fr", reply_to="author@example.org")
    run_pending()

    assert (outbox.outbox[0].to, outbox.outbox[0].reply_to) == (["office@example.org"], ["author@example.org"])
    assert Letter.objects.get().language == "fr"


def test_line_breaks_in_a_title_do_not_make_headers():
    facts = {"record": make.record("resource"), "title": "A\r\nBcc: all@example.org", "reason": "x"}
    letters.send(make.person(), "records/letters/returned", facts, key="k", kind="review")
    run_pending()

    assert outbox.outbox[0].subject == "Returned to you: A Bcc: all@example.org"
    assert outbox.outbox[0].bcc == []


def test_a_mail_server_that_is_away_loses_nothing(monkeypatch, time_machine):
    time_machine.move_to("2026-03-01T10:00Z", tick=False)
    made = lapsed(make.person())
    monkeypatch.setattr(EmailBackend, "send_messages", Away(SMTPServerDisconnected("gone")))
    run_pending()
    made.refresh_from_db()
    assert (made.state, made.attempts, made.error) == (State.WAITING, 1, "SMTPServerDisconnected: gone")

    monkeypatch.undo()
    time_machine.move_to("2026-03-01T10:01Z", tick=False)
    run_pending()

    made.refresh_from_db()
    assert (made.state, made.attempts, len(outbox.outbox)) == (State.SENT, 2, 1)


@pytest.mark.parametrize(("after", "sent"), [(False, 1), (True, 2)])
def test_a_worker_killed_while_sending_is_followed_by_another_in_two_minutes(monkeypatch, time_machine, after, sent):
    """Killed before sending: one letter. Killed after, before it could be noted: a second one, known by its id."""
    time_machine.move_to("2026-03-01T10:00Z", tick=False)
    made = lapsed(make.person())
    real = EmailBackend.send_messages

    def die(self, messages):
        if after:
            real(self, messages)
        raise Killed

    monkeypatch.setattr(EmailBackend, "send_messages", die)
    with pytest.raises(Killed):
        run_pending()
    monkeypatch.undo()
    assert run_pending() == []

    time_machine.move_to("2026-03-01T10:01:30Z", tick=False)
    assert run_pending() == ["mail.deliver"]

    assert Letter.objects.get().state == State.SENT
    assert [message.extra_headers["Message-ID"] for message in outbox.outbox] == [made.message_id] * sent


def test_a_letter_is_given_up_after_days_or_when_the_server_refuses_for_good(monkeypatch):
    refused, away = lapsed(make.person()), lapsed(make.person(), key="two")
    monkeypatch.setattr(EmailBackend, "send_messages", Away(SMTPRecipientsRefused({"x": (550, b"no such box")})))
    deliver(refused.pk)
    Letter.objects.filter(pk=away.pk).update(attempts=ATTEMPTS - 1)
    monkeypatch.setattr(EmailBackend, "send_messages", Away(OSError("no route")))
    deliver(away.pk)

    refused.refresh_from_db()
    away.refresh_from_db()
    assert (refused.state, away.state) == (State.FAILED, State.FAILED)
    assert "no such box" in refused.error


def test_a_failed_letter_is_sent_again_by_the_secretariat_only(monkeypatch):
    person, officer = make.person(), make.secretariat()
    made = lapsed(person)
    with pytest.raises(Refused, match="Only a letter that could not be sent"):
        verbs.send_again(made, by=officer)
    Letter.objects.update(state=State.FAILED, attempts=ATTEMPTS)
    Job.objects.all().delete()
    with pytest.raises(Refused, match="Only the Secretariat"):
        verbs.send_again(made, by=person)

    verbs.send_again(made, by=officer)
    run_pending()

    assert len(outbox.outbox) == 1
    Letter.objects.update(state=State.FAILED, text="")
    with pytest.raises(Refused, match="forgotten"):
        verbs.send_again(made, by=officer)


def test_what_is_not_wanted_is_not_written_and_what_waits_is_not_sent():
    person, gone = make.person(), make.person()
    waiting, leaving = lapsed(person), lapsed(gone, key="two", kind="")

    verbs.stop(person, by=person, kind="reminders")
    gone.is_active = False
    gone.save()
    person.refresh_from_db()

    assert lapsed(person, key="three") is None
    assert lapsed(gone, key="four", kind="") is None
    run_pending()
    assert outbox.outbox == []
    assert {Letter.objects.get(pk=one.pk).state for one in (waiting, leaving)} == {State.DROPPED}


def test_stopping_is_for_oneself_and_for_letters_that_can_be_stopped():
    person = make.person()

    with pytest.raises(Refused, match="person concerned"):
        verbs.stop(person, by=make.secretariat(), kind="reminders")
    with pytest.raises(Refused, match="no letters of this kind"):
        verbs.stop(person, by=person, kind="passwords")


def test_opening_the_link_changes_nothing_and_one_click_stops():
    person = make.person(language="en")
    path = stop_link(person, "reminders").partition("8000")[2]
    client = Client(enforce_csrf_checks=True)

    page = client.get(path)
    person.refresh_from_db()
    assert page.status_code == 200
    assert "Stop these letters" in page.text
    assert person.wants("reminders")

    client.post(path, {"List-Unsubscribe": "One-Click"})
    person.refresh_from_db()
    assert not person.wants("reminders")

    client.post(path, {"resume": "1"})
    person.refresh_from_db()
    assert person.wants("reminders")


def test_a_link_that_is_not_ours_stops_nothing():
    person = make.person()
    path = stop_link(person, "reminders").partition("8000")[2]

    answer = Client().post(path[:-3] + "abc")

    person.refresh_from_db()
    assert (answer.status_code, person.wants("reminders")) == (404, True)
    assert "cut short" in answer.text


def test_words_are_forgotten_after_a_month_and_letters_after_a_year(time_machine):
    time_machine.move_to("2026-01-01T00:00Z")
    lapsed(make.person())
    run_pending()
    time_machine.move_to("2026-02-15T00:00Z")
    waiting = lapsed(make.person(), key="two")
    tidy()
    assert Letter.objects.get(key="one").text == ""

    time_machine.move_to("2027-06-01T00:00Z")
    tidy()

    assert list(Letter.objects.all()) == [waiting]
    assert waiting.text


def test_who_sees_that_letters_went():
    person = make.person()
    made = lapsed(person)

    assert list(access.visible_to(person)) == [made]
    assert list(access.visible_to(make.secretariat())) == [made]
    assert list(access.visible_to(make.administrator())) == [made]
    assert list(access.visible_to(make.person())) == []


def test_the_blocks_of_a_text():
    found = blocks("Hello\n\n• One\nOpen:\nhttps://x.example/1\n\n--\nStop:\nhttps://x.example/2")

    assert [(block.kind, [(line.words, line.href) for line in block.lines]) for block in found] == [
        ("words", [("Hello", "")]),
        ("point", [("One", ""), ("Open", "https://x.example/1")]),
        ("small", [("Stop", "https://x.example/2")]),
    ]
