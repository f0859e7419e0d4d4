"""Governments: one body for each country of the vocabulary."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from kapok.people.models import Body, Kind


@transaction.atomic
def ensure(countries: Iterable[tuple[str, Mapping[str, str]]]) -> int:
    """Make a government for each `(ISO code, names by language)`, put changed names right, and count what changed.

    Doing it twice changes nothing.
    """
    known = {body.code: body for body in Body.objects.filter(kind=Kind.GOVERNMENT)}
    new, changed = [], []
    for code, names in countries:
        held = known.get(code)
        if held is None:
            new.append(Body(kind=Kind.GOVERNMENT, code=code, country=code, names=dict(names)))
        elif held.names != dict(names):
            held.names = dict(names)
            changed.append(held)
    Body.objects.bulk_create(new)
    Body.objects.bulk_update(changed, ["names"])
    return len(new) + len(changed)
