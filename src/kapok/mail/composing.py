"""From a letter in the queue to the message that goes out."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from kapok.mail.links import stop_link
from kapok.mail.models import Letter

LARGEST = 20_000


def compose(letter: Letter) -> EmailMultiAlternatives:
    """The message as it goes out: text first, then HTML while the whole stays small."""
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[letter.person.email if letter.person else letter.address],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers(letter),
        connection=get_connection(settings.KAPOK_MAIL_BACKEND),
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
        if len(message.message().as_bytes()) > LARGEST:
            message.alternatives.clear()
    return message


def headers(letter: Letter) -> dict[str, str]:
    """Marked as automatic, with a way out in one click (RFC 8058) where the receiver can turn it off."""
    found = {
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": letter.language,
    }
    if stop := stop_link(letter.person, letter.kind):
        found["List-Id"] = f"<{letter.kind}.{urlsplit(settings.ADDRESS).hostname}>"
        found["List-Unsubscribe"] = f"<{stop}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    own: dict[str, str] = letter.headers
    return found | own
