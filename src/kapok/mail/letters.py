"""Writing a letter: rendered in the language of its receiver, kept in the queue, sent by a job."""

import re
from collections.abc import Mapping
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from kapok.core.languages import code_of, direction
from kapok.mail.blocks import blocks
from kapok.mail.jobs import deliver
from kapok.mail.links import stop_link
from kapok.mail.models import Letter
from kapok.people.models import Person


def send(
    to: Person | str,
    letter: str,
    context: Mapping[str, Any] | None = None,
    *,
    key: str,
    kind: str = "",
    language: str = "",
    reply_to: str = "",
) -> Letter | None:
    """Put a letter into the queue, within the present transaction; none when it is there already or not wanted.

    `letter` names the template without its ending (`records/letters/confirm`); its first line is the subject.
    `kind` is one of those a person can turn off (`people.letters.KINDS`); without a kind it always comes.
    """
    person = to if isinstance(to, Person) else None
    if person and not (person.wants(kind) if kind else person.is_active):
        return None
    if Letter.objects.filter(key=key).exists():
        return None
    tag = language or (person.language if person else "en")
    subject, text, html = render(letter, {"person": person, **(context or {})}, tag, stop_link(person, kind))
    made, new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "name": letter,
            "kind": kind,
            "person": person,
            "address": person.email if person else str(to),
            "reply_to": reply_to,
            "language": tag,
            "subject": subject,
            "text": text,
            "html": html,
            "message_id": make_msgid(domain=urlsplit(settings.ADDRESS).hostname),
        },
    )
    if not new:
        return None
    deliver.using(key=str(made.pk)).enqueue(made.pk)
    return made


def render(letter: str, context: Mapping[str, Any], tag: str, stop: str = "") -> tuple[str, str, str]:
    """Subject, text and HTML of a letter in a language; the HTML is made of the same text."""
    with translation.override(code_of(tag)):
        facts = {**context, "address": settings.ADDRESS, "stop": stop}
        written = render_to_string(f"{letter}.txt", facts)
        subject, _line, body = re.sub(r"\n{3,}", "\n\n", written.strip()).partition("\n\n")
        text = body.strip() + "\n\n" + render_to_string("mail/foot.txt", facts).strip() + "\n"
        subject = " ".join(subject.split())[:300]
        page = {"subject": subject, "blocks": blocks(text), "tag": tag, "text_direction": direction(tag)}
        return subject, text, render_to_string("mail/letter.html", page)
