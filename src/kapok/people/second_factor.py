"""Which roles need a second factor, and who has one."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.checks import Error

from kapok.people.models import Person, Role

COUNTED = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def roles() -> frozenset[str]:
    """The roles that may act only with a second factor (setting KAPOK_SECOND_FACTOR_ROLES)."""
    return frozenset(settings.KAPOK_SECOND_FACTOR_ROLES)


def is_needed_by(person: Person) -> bool:
    """Does one of the person's roles ask for a second factor?"""
    return bool(person.roles & roles())


def is_held_by(person: Person) -> bool:
    """Has the person set up a passkey or an authenticator app? Sign-in then asks for it."""
    return bool(Authenticator.objects.filter(user=person, type__in=COUNTED).exists())


def is_missing(person: Any) -> bool:
    """Must the person set up a second factor before going on?"""
    return isinstance(person, Person) and is_needed_by(person) and not is_held_by(person)


def check_roles(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse to start with a role that does not exist, which would protect nobody."""
    unknown = sorted(roles() - set(Role.values))
    if not unknown:
        return []
    return [
        Error(
            f"KAPOK_SECOND_FACTOR_ROLES names {', '.join(unknown)}; the roles are {', '.join(Role.values)}.",
            id="people.E001",
        )
    ]
