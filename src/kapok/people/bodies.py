"""Organisations: a body stands beside each organisation record, under the same identifier."""

from collections.abc import Callable, Iterable, Mapping

from kapok.people.models import Body, Kind

# Rooms above that know bodies by further words, such as an acronym, add what gives the codes for them.
known_as: list[Callable[[str], Iterable[str]]] = []


def ensure(code: str, names: Mapping[str, str], *, country: str = "", domains: Iterable[str] = ()) -> Body:
    """The organisation with this code, made or brought up to date. Call it inside the verb that changes the record."""
    body, _made = Body.objects.update_or_create(
        code=code,
        defaults={
            "kind": Kind.ORGANISATION,
            "names": dict(names),
            "country": country,
            "domains": sorted({domain.lower() for domain in domains}),
        },
    )
    return body
