"""What can be done about letters: stop a kind, let it come again, send a failed one again."""

from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.mail.access import may_choose_letters, may_send_again
from kapok.mail.jobs import deliver
from kapok.mail.models import Letter, State
from kapok.people.letters import KINDS
from kapok.people.models import Person


@verb("mail.stop", _("Stop letters of a kind"), may_choose_letters)
def stop(person: Person, *, by: Person, kind: str) -> Person:
    """Turn a kind of letters off; those already waiting are not sent any more."""
    return choose(person, kind, wanted=False)


@verb("mail.resume", _("Get letters of a kind again"), may_choose_letters)
def resume(person: Person, *, by: Person, kind: str) -> Person:
    """Turn a kind of letters on again."""
    return choose(person, kind, wanted=True)


def choose(person: Person, kind: str, *, wanted: bool) -> Person:
    """Keep the choice with the person."""
    if kind not in KINDS:
        raise Refused(_("There are no letters of this kind."))
    person.letters = person.letters | {kind: wanted}
    person.save(update_fields=["letters"])
    remember(kind=kind)
    return person


@verb("mail.send_again", _("Send a letter again"), may_send_again)
def send_again(letter: Letter, *, by: Person) -> Letter:
    """Put a letter that could not be sent back into the queue."""
    letter.state, letter.attempts, letter.error = State.WAITING, 0, ""
    letter.save(update_fields=["state", "attempts", "error"])
    deliver.using(key=str(letter.pk)).enqueue(letter.pk)
    return letter
