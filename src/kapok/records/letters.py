"""Letters that a reader sends to the contact of a record, who stays unknown to them."""

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import best, code_of
from kapok.core.rules import Refused, is_anyone
from kapok.core.verbs import remember, verb
from kapok.people.models import Person
from kapok.records.models import Record, Stage

HOUR = 3600
# Letters an hour from one sender, and to one record.
FROM_ONE, TO_ONE = 5, 20


def addresses(record: Record) -> list[str]:
    """The private addresses behind a record: those of its contacts, or of the expert."""
    contacts = [item["mail"] for item in record.values.get("contact", ()) if item.get("mail")]
    own = record.values.get("mail")
    return list(dict.fromkeys([*contacts, *([own] if own else [])]))


@verb("records.write_to", _("Write to the contact"), is_anyone)
def write_to(record: Record, *, by: Any, name: str, mail: str, text: str, place: str) -> Record:
    """Pass a letter on; its answer goes straight to the sender. The trail keeps that one was sent, not what it says."""
    to = addresses(record)
    if record.stage != Stage.PUBLISHED or not to:
        raise Refused(_("This record has no contact that letters can be sent to."))
    if not within(f"letters:from:{place}", FROM_ONE) or not within(f"letters:to:{record.pk}", TO_ONE):
        raise Refused(_("Many letters were sent this hour. Please try again in an hour."))
    letter = compose(record, to, name, mail, text)
    transaction.on_commit(letter.send, robust=True)
    remember(to=len(to))
    return record


def within(key: str, most: int) -> bool:
    """Take one of the places of this hour; no when all are taken. Adding is exact among several processes."""
    hour = int(time.time()) // HOUR
    return any(cache.add(f"{key}:{hour}:{place}", 1, HOUR) for place in range(most))


def compose(record: Record, to: list[str], name: str, mail: str, text: str) -> EmailMessage:
    """The letter in the first language of the record, since nobody knows the reader's."""
    language = next(iter(record.form.languages(record.values)), "en")
    reader = Person.objects.filter(email__in=to).values_list("language", flat=True).first()
    with translation.override(code_of(reader or language)):
        facts = {"record": record, "title": best(record.titles)[0], "name": name, "mail": mail, "text": text}
        whole = render_to_string("records/letters/contact.txt", facts | {"address": settings.ADDRESS})
    subject, _line, body = whole.strip().partition("\n")
    headers = {"Auto-Submitted": "no", "X-Kapok-Record": record.identifier}
    return EmailMessage(" ".join(subject.split())[:200], body.strip() + "\n", bcc=to, reply_to=[mail], headers=headers)
