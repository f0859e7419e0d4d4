"""Django's way out for mail, so that letters of every room and of signing in wait in the queue too.

A message belongs to the transaction that sent it, and a mail server that is away only makes it wait.
"""

from collections.abc import Sequence
from email.utils import make_msgid
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from kapok.core.languages import TAGS, current
from kapok.mail.jobs import deliver
from kapok.mail.models import MESSAGE, Letter


class Queue(BaseEmailBackend):
    """Puts messages into the queue; those with files go out at once."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message, once for each receiver, and count the messages."""
        with transaction.atomic():
            for message in email_messages:
                if is_simple(message):
                    keep(message)
                else:
                    get_connection(settings.KAPOK_MAIL_BACKEND).send_messages([message])
        return len(email_messages)


def is_simple(message: EmailMessage) -> bool:
    """Text, and at the most an HTML version of it."""
    others = [str(one[1]) for one in getattr(message, "alternatives", ())]
    return not message.attachments and message.content_subtype == "plain" and others in ([], ["text/html"])


def keep(message: EmailMessage) -> None:
    """A letter to each receiver, so that nobody sees the others and one refusal stops nobody's."""
    headers = {name: str(value) for name, value in message.extra_headers.items() if name.lower() != "message-id"}
    if message.from_email != settings.DEFAULT_FROM_EMAIL:
        headers["From"] = message.from_email
    tag = headers.get("Content-Language", current())
    html = message.alternatives[0][0] if isinstance(message, EmailMultiAlternatives) and message.alternatives else ""
    for address in message.recipients():
        letter = Letter.objects.create(
            key=f"{MESSAGE}:{uuid4().hex}",
            name=MESSAGE,
            address=address,
            reply_to=message.reply_to[0] if message.reply_to else "",
            language=tag if tag in TAGS else "en",
            subject=" ".join(str(message.subject).split())[:300],
            text=str(message.body),
            html=str(html),
            headers=headers,
            message_id=make_msgid(domain=urlsplit(settings.ADDRESS).hostname),
        )
        deliver.using(key=str(letter.pk), priority=1).enqueue(letter.pk)
