"""Readings of designations, requests and bodies."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kapok.core.languages import LANGUAGES
from kapok.people.bodies import known_as
from kapok.people.models import Body, Designation, Request, Role


def names_like(words: str, prefix: str = "") -> Q:
    """Bodies with these words in their code or in a name in any of the six languages."""
    found = Q(**{f"{prefix}code__iexact": words})
    for tag in LANGUAGES:
        found |= Q(**{f"{prefix}names__{tag}__icontains": words})
    return found


def bodies_like(words: str, limit: int = 8) -> QuerySet[Body]:
    """Bodies to suggest while somebody types, by code, by name, or by what else they are known as."""
    codes = [code for look in known_as for code in look(words)]
    return Body.objects.filter(names_like(words) | Q(code__in=codes)).order_by("kind", "code")[:limit]


def designations_with(
    given: QuerySet[Designation], *, words: str = "", role: str = "", ended: bool = False
) -> QuerySet[Designation]:
    """Designations of these words, role and state, newest first, with what a list shows of them."""
    found = given.filter(ended_at__isnull=not ended)
    if role:
        found = found.filter(role=role)
    if words:
        of_person = Q(person__name__icontains=words) | Q(person__email__icontains=words)
        found = found.filter(of_person | names_like(words, "body__"))
    return found.select_related("person", "body", "designated_by", "ended_by").order_by("-id")


def has_focal_point(body: str) -> Exists:
    """Has the body that a row names in `body` a focal point today?"""
    held = Designation.objects.in_force().filter(body=OuterRef(body), role=Role.FOCAL_POINT, person__is_active=True)
    return Exists(held)


def waiting(given: QuerySet[Request], who: Any) -> QuerySet[Request]:
    """Open requests of other people, oldest first."""
    return given.filter(answered_at=None).exclude(person=who).select_related("person", "body").order_by("id")
