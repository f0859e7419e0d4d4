"""Writing the trail and proving that nobody changed it."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from kapok.core.models import Entry

CHAIN_LOCK = 7_305_441


def reference(thing: Any) -> str:
    """The short name of a thing in the trail and in news: `record:INI-000123`."""
    own = getattr(thing, "reference", None)
    if own:
        return str(own)
    if isinstance(thing, str):
        return thing
    return f"{thing._meta.label_lower}:{thing.pk}"


def write(verb: str, thing: Any, by: Any, details: dict[str, Any] | None = None) -> Entry:
    """Add an entry at the end of the chain. Writers queue for the chain until their transaction ends."""
    return write_all(verb, [(thing, details or {})], by)[0]


def write_all(verb: str, acts: Iterable[tuple[Any, dict[str, Any]]], by: Any) -> list[Entry]:
    """Add an entry for each of many things at once: pairs of the thing and its details."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    previous = Entry.objects.order_by("-id").values_list("digest", flat=True).first() or ""
    entries = []
    for thing, details in acts:
        entry = Entry(
            verb=verb,
            thing=reference(thing),
            by=by if getattr(by, "pk", None) else None,
            capacity=str(getattr(by, "capacity", "") or ("" if getattr(by, "pk", None) else "system")),
            at=timezone.now(),
            details=plain(details),
            previous=previous,
        )
        entry.digest = previous = entry.compute()
        entries.append(entry)
    return Entry.objects.bulk_create(entries)


def plain(details: dict[str, Any]) -> dict[str, Any]:
    """The details as the database will give them back: the hash is taken over nothing else."""
    said: dict[str, Any] = json.loads(json.dumps(details, cls=DjangoJSONEncoder))
    return said


def about(thing: Any) -> QuerySet[Entry]:
    """Everything that was done to a thing, newest first."""
    return Entry.objects.filter(thing=reference(thing)).select_related("by")


def broken_links() -> list[int]:
    """The ids of entries that do not fit the chain: an empty list proves the trail whole."""
    broken, previous = [], ""
    for entry in Entry.objects.order_by("id").iterator():
        if entry.previous != previous or entry.digest != entry.compute():
            broken.append(entry.pk)
        previous = entry.digest
    return broken
