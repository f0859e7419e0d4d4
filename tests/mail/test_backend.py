"""Mail of other rooms and of signing in goes through the same queue."""

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction

from kapok.core.jobs import run_pending
from kapok.mail.models import Letter, State
from kapok.people import verbs
from tests import make

pytestmark = pytest.mark.django_db
QUEUE = "kapok.mail.backend.Queue"


def send(message):
    return get_connection(QUEUE).send_messages([message])


def test_a_message_waits_and_goes_out_as_it_was():
    message = EmailMultiAlternatives("Your code", "ABC123", to=["a@example.org"], reply_to=["b@example.org"],
                                     headers={"Auto-Submitted": "no", "Content-Language": "ar"})  # fmt: skip
    message.attach_alternative("<p>ABC123</p>", "text/html")

    assert send(message) == 1
    assert outbox.outbox == []
    run_pending()

    (sent,) = outbox.outbox
    assert (sent.subject, sent.body, sent.to, sent.reply_to) == (
        "Your code", "ABC123", ["a@example.org"], ["b@example.org"]
    )  # fmt: skip
    assert sent.message()["Auto-Submitted"] == "no"
    assert sent.message()["List-Unsubscribe"] is None
    assert len(sent.message().get_payload()) == 2


def test_a_code_is_forgotten_as_soon_as_it_is_sent():
    send(EmailMessage("Your code", "ABC123", to=["a@example.org"]))

    run_pending()

    letter = Letter.objects.get()
    assert (letter.state, letter.text, letter.html) == (State.SENT, "", "")


def test_each_receiver_gets_a_letter_of_their_own():
    send(EmailMessage("Hello", "x", to=["a@example.org"], bcc=["b@example.org", "c@example.org"]))

    run_pending()

    assert sorted(message.to + message.bcc for message in outbox.outbox) == [
        ["a@example.org"], ["b@example.org"], ["c@example.org"]
    ]  # fmt: skip


def test_a_message_belongs_to_its_transaction():
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        send(EmailMessage("Hello", "x", to=["a@example.org"]))
        raise RuntimeError

    assert not Letter.objects.exists()


def test_a_message_with_a_file_goes_out_at_once():
    message = EmailMessage("Hello", "x", to=["a@example.org"])
    message.attach("a.txt", "words", "text/plain")

    send(message)

    assert len(outbox.outbox) == 1
    assert not Letter.objects.exists()


@pytest.mark.slow
def test_an_installation_sends_everything_through_the_queue(installation):
    assert installation.command("manage", "sendtestemail", "a@example.org").returncode == 0
    assert not list((installation.data / "mail").glob("*"))

    assert installation.command("worker", "--once").returncode == 0

    (file,) = (installation.data / "mail").glob("*")
    assert "To: a@example.org" in file.read_text()


def test_letters_leave_with_the_person():
    person, other = make.person(), make.person()
    send(EmailMessage("Your code", "x", to=[person.email]))
    send(EmailMessage("Your code", "x", to=[other.email]))

    verbs.erase_account(person, by=person)

    assert [letter.address for letter in Letter.objects.all()] == [other.email]
