"""What a person does with their own account."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import LANGUAGES
from kapok.core.models import Entry
from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.people.access import is_oneself
from kapok.people.models import Designation, Person, Request
from kapok.people.sessions import end_sessions
from kapok.people.verbs.designations import is_last_administrator

Part = Callable[[Person], Any]
# Rooms that hold something of a person add what to export here, and what to forget.
exported: dict[str, Part] = {}
forgotten: list[Callable[[Person], None]] = []


@verb("people.update_profile", _("Change one's profile"), is_oneself)
def update_profile(
    person: Person, *, by: Person, name: str, language: str, letters: dict[str, Any] | None = None
) -> Person:
    """Change how one is shown, the language one reads, and which letters come."""
    if not name.strip():
        raise Refused(_("Give a name: it is shown beside what you write."))
    if language not in LANGUAGES:
        raise Refused(_("Choose one of the six languages."))
    person.name, person.language = name.strip(), language
    if letters is not None:
        person.letters = person.letters | letters
    person.save(update_fields=["name", "language", "letters"])
    return person


@verb("people.export_own_data", _("Export one's own data"), is_oneself)
def export_own_data(person: Person, *, by: Person) -> dict[str, Any]:
    """Everything Kapok keeps about a person, as one document for them to take away."""
    return {
        "account": account_of(person),
        "addresses": list(EmailAddress.objects.filter(user=person).values("email", "verified", "primary")),
        "second_factors": [
            {"kind": kept.type, "added": _iso(kept.created_at), "used": _iso(kept.last_used_at)}
            for kept in Authenticator.objects.filter(user=person)
        ],
        "sessions": [
            {"from": kept.ip, "browser": kept.user_agent, "since": _iso(kept.created_at)}
            for kept in UserSession.objects.filter(user=person)
        ],
        "designations": [
            {
                "role": held.role,
                "body": held.body.code if held.body else "",
                "proof": held.proof,
                "begins_on": _iso(held.begins_on),
                "ended_at": _iso(held.ended_at),
                "reason": held.reason,
            }
            for held in Designation.objects.filter(person=person).select_related("body")
        ],
        "requests": [
            {"role": asked.role, "body": asked.body.code, "proof": asked.proof, "asked_at": _iso(asked.asked_at)}
            for asked in Request.objects.filter(person=person).select_related("body")
        ],
        "acts": [
            {"verb": entry.verb, "thing": entry.thing, "at": _iso(entry.at)}
            for entry in Entry.objects.filter(by=person)
        ],
    } | {name: part(person) for name, part in exported.items()}


def account_of(person: Person) -> dict[str, Any]:
    """The row of the person itself."""
    return {
        "email": person.email,
        "name": person.name,
        "language": person.language,
        "letters": person.letters,
        "joined_at": _iso(person.joined_at),
        "agreed_at": _iso(person.agreed_at),
        "last_login": _iso(person.last_login),
    }


def _iso(moment: Any) -> str:
    return moment.isoformat() if moment else ""


@verb("people.erase_account", _("Erase one's account"), is_oneself)
def erase_account(person: Person, *, by: Person) -> Person:
    """Close the account and forget the person: address, name, password, second factors, sessions, requests, proofs.

    What they published for a body stays, by "a former member"; the acts in the trail stay without a name.
    """
    if person.is_administrator and is_last_administrator(person):
        raise Refused(_("You are the last administrator. Designate another one before you leave."))
    remember(roles=person.capacity)
    now = timezone.now()
    Designation.objects.filter(person=person, ended_at=None).update(
        ended_at=now, reason=str(_("The account was erased."))
    )
    Designation.objects.filter(person=person).update(proof="", proof_file="", proof_digest="")
    Request.objects.filter(person=person).delete()
    forget_sign_in(person)
    for forget in forgotten:
        forget(person)
    person.email = f"erased-{person.pk}@erased.invalid"
    person.name, person.letters = "", {}
    person.is_active, person.erased_at, person.last_login, person.agreed_at = False, now, None, None
    person.set_unusable_password()
    person.save()
    return person


def forget_sign_in(person: Person) -> None:
    """Delete addresses and second factors and end every session."""
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
