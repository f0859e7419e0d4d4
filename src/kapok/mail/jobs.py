"""The jobs of the room: send what waits, forget what is old."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.utils import timezone

from kapok.core.jobs import every, task
from kapok.mail.composing import compose
from kapok.mail.models import MESSAGE, Letter, State

# With the growing delays of the queue: some four days of a mail server that is away.
ATTEMPTS = 20
KEEP_TEXT = timedelta(days=30)
KEEP = timedelta(days=400)


@task("mail.deliver", attempts=ATTEMPTS + 1)
def deliver(pk: int) -> None:
    """Send one letter that waits. Its Message-ID is fixed, so that a receiver can tell a repetition."""
    letter = Letter.objects.select_related("person").filter(pk=pk, state=State.WAITING).first()
    if letter is None:
        return
    if not letter.is_wanted:
        end(letter, State.DROPPED)
        return
    letter.attempts += 1
    try:
        compose(letter).send()
    except Exception as error:
        last = letter.attempts >= ATTEMPTS or is_final(error)
        end(letter, State.FAILED if last else State.WAITING, f"{type(error).__name__}: {error}"[:1000])
        if not last:
            raise
    else:
        end(letter, State.SENT)


def end(letter: Letter, state: State, error: str = "") -> None:
    """Write down how it went."""
    letter.state, letter.error = state, error
    letter.sent_at = timezone.now() if state == State.SENT else None
    if state == State.SENT and letter.name == MESSAGE:
        # It may hold a code or a link for signing in: nobody needs it here any more.
        letter.text = letter.html = ""
    letter.save(update_fields=["state", "error", "sent_at", "attempts", "text", "html"])


def is_final(error: Exception) -> bool:
    """Did the mail server say that it will never take this letter?"""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _said in error.recipients.values())
    return isinstance(error, SMTPResponseException) and 500 <= error.smtp_code < 600


@every("50 3 * * *", "mail.tidy")
def tidy() -> None:
    """Forget the words of letters after a month, and that they were sent after thirteen."""
    now = timezone.now()
    past = Letter.objects.exclude(state=State.WAITING)
    past.filter(made_at__lt=now - KEEP).delete()
    past.filter(made_at__lt=now - KEEP_TEXT).exclude(text="", html="").update(text="", html="")
