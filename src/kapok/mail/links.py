"""The signed link that stops letters of a kind, in one click and without signing in."""

from django.conf import settings
from django.core import signing

from kapok.people.letters import KINDS
from kapok.people.models import Person

SALT = "mail.stop"


def stop_link(person: Person | None, kind: str) -> str:
    """Where letters of this kind are stopped; nothing for those that always come."""
    if person is None or kind not in KINDS:
        return ""
    return f"{settings.ADDRESS}/letters/stop/{signing.dumps({'p': person.pk, 'k': kind}, salt=SALT)}"


def read_stop(token: str) -> tuple[Person, str] | None:
    """The person and the kind of letters that a link names; nothing when it is not ours."""
    try:
        said = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(pk=said["p"], is_active=True).first()
    return (person, said["k"]) if person and said["k"] in KINDS else None
