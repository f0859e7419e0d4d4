"""Letters to members about their roles: short plain texts in the language of the reader."""

import re
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import code_of
from kapok.people.models import Person

# The letters a person may turn off (`Person.wants`); those about one's own rights always come.
KINDS = {
    "reminders": _("Reminders about records I keep: confirmations and reports that are due"),
    "review": _("What waits for me: records to review, answers to what I submitted"),
    "digests": _("Digests of my saved searches"),
    "matches": _("Needs that fit my bodies, offers to my country, and what others do jointly with my initiatives"),
}


def send(name: str, person: Person, **about: Any) -> None:
    """Write the letter `people/letters/NAME.txt` now and send it once the change is safe.

    A mail server that is away does not undo the change; the failure is logged.
    """
    letter = write(name, person, **about)
    transaction.on_commit(letter.send, robust=True)


def write(name: str, person: Person, **about: Any) -> EmailMessage:
    """The letter in the language of its reader. The first line of the template is the subject."""
    with translation.override(code_of(person.language)):
        text = render_to_string(f"people/letters/{name}.txt", {"person": person, "address": settings.ADDRESS, **about})
    subject, _line, body = re.sub(r"\n{3,}", "\n\n", text.strip()).partition("\n")
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": person.language}
    return EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[person.email], headers=headers)
