"""Organisations: a body stands beside each organisation record, under the same identifier."""

from collections.abc import Iterable, Mapping

from kapok.people.models import Body, Kind


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
