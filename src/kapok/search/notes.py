"""Reading the outbox in the order in which changes became real.

SQLite lets one transaction write at a time, so ids follow the order of commit. PostgreSQL hands out ids while
transactions are still open: a row with a lower id may appear after one with a higher. There a row carries the
number of its transaction, and only rows of transactions older than every one still open are read, in the order
(transaction, id); whatever appears later is of a younger transaction and comes after the cursor.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from kapok.core.models import Outbox

TOPIC = "search"
KEPT_DAYS = 7
_looked: dict[tuple[str, int], int] = {}  # by reader, in our own open transaction: the last note read


class Cursor(NamedTuple):
    """How far the outbox was applied, and in which kind of store."""

    vendor: str
    transaction: int
    id: int


class Notes(NamedTuple):
    """Keys to describe anew, and the cursor to write with them."""

    keys: list[str]
    cursor: Cursor


def _horizon() -> tuple[int, int | None]:
    """On PostgreSQL: the oldest transaction still open, and our own if we are in one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT txid_snapshot_xmin(txid_current_snapshot()), txid_current_if_assigned()")
        oldest, own = cursor.fetchone()
    return int(oldest), own


def now() -> Cursor:
    """A cursor before everything that may still become visible, after everything that is."""
    if connection.vendor == "postgresql":
        return Cursor("postgresql", _horizon()[0], 0)
    return Cursor("sqlite", 0, Outbox.objects.aggregate(last=Max("id"))["last"] or 0)


def is_behind(cursor: Cursor) -> bool:
    """Is the store older than the cursor says, as after a restored backup or a change of database?"""
    if cursor.vendor != connection.vendor:
        return True
    if connection.vendor == "postgresql":
        return _horizon()[0] < cursor.transaction
    with connection.cursor() as db:
        db.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [Outbox._meta.db_table])
        row = db.fetchone()
    return (row[0] if row else 0) < cursor.id


def after(cursor: Cursor, most: int, reader: str = TOPIC) -> Notes:
    """The next notes in order, each key once. Each reader keeps a cursor of its own.

    Rows of our own open transaction are read too, so that a test or an import can look at its own work; the
    cursor stays before them, and they are applied again once they are settled.
    """
    if connection.vendor != "postgresql":
        rows = list(_later(cursor).order_by("id").values_list("id", "key")[:most])
        return Notes(_once(key for _, key in rows), Cursor("sqlite", 0, rows[-1][0] if rows else cursor.id))
    oldest, own = _horizon()
    settled = list(
        _later(cursor)
        .filter(transaction__lt=oldest)
        .order_by("transaction", "id")
        .values_list("transaction", "id", "key")[:most]
    )
    keys = [key for _, _, key in settled]
    if own is not None and len(settled) < most:
        keys.extend(_unsettled(own, reader))
    if settled:
        cursor = Cursor("postgresql", settled[-1][0] or 0, settled[-1][1])
    return Notes(_once(keys), cursor)


def _unsettled(own: int, reader: str) -> list[str]:
    """Keys noted in our own open transaction since we last looked."""
    seen = _looked.get((reader, own), 0)
    rows = list(_all().filter(transaction=own, id__gt=seen).order_by("id").values_list("id", "key"))
    if rows:
        for known in [one for one in _looked if one[1] != own]:
            del _looked[known]
        _looked[reader, own] = rows[-1][0]
    return [key for _, key in rows]


def waiting(cursor: Cursor) -> int:
    """How many notes come after the cursor."""
    return _later(cursor).count()


def _later(cursor: Cursor) -> "QuerySet[Outbox]":
    """The notes after a cursor, as far as they are visible."""
    if connection.vendor != "postgresql":
        return _all().filter(id__gt=cursor.id)
    return _all().filter(Q(transaction__gt=cursor.transaction) | Q(transaction=cursor.transaction, id__gt=cursor.id))


def prune(cursor: Cursor) -> int:
    """Delete applied notes after a week; a rebuilding index may need them until then."""
    old = _all().filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    if connection.vendor == "postgresql":
        old = old.filter(transaction__lt=cursor.transaction)
    else:
        old = old.filter(id__lte=cursor.id)
    return old.delete()[0]


def _all() -> "QuerySet[Outbox]":
    return Outbox.objects.filter(topic=TOPIC)


def _once(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(keys))
