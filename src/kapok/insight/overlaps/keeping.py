"""Keeping sketches and overlaps true to what is published: for one record at once, for all every night."""

import time
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q

from kapok.formats.kinds import knowing
from kapok.insight.models import Overlap, Sketch
from kapok.insight.overlaps import facts, held
from kapok.insight.overlaps.finding import Found, near
from kapok.records.models import Record, Stage

BATCH = 500
Pair = tuple[int, int]


def sketch(records: Iterable[Record]) -> None:
    """Note what of these initiatives is compared; those no longer before the public are taken off the shelf."""
    records = list(records)
    linked = {target for record in records for _field, target in record.form.references(record.values)}
    with knowing(linked):
        made = [
            Sketch(
                record=record,
                facts=facts.of(record.values, record.pk).plain(),
                alive=record.stage == Stage.PUBLISHED,
                turn=time.time_ns() + number,
            )
            for number, record in enumerate(records)
        ]
    Sketch.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["record"], update_fields=["facts", "alive", "turn", "made_at"]
    )


def look(record: Record) -> list[Found]:
    """Find the overlaps of one initiative anew, and keep them."""
    with transaction.atomic():
        sketch([record])
    shelf = held.shelf()
    found, keys = near(shelf, shelf.seek(facts.of(record.values, record.pk))) if is_shown(record) else ([], set())
    with transaction.atomic():
        known = Overlap.objects.filter(Q(first=record) | Q(second=record))
        gone = [pk for pk, first, second in known.values_list("pk", "first_id", "second_id")
                if (second if first == record.pk else first) not in keys]  # fmt: skip
        Overlap.objects.filter(pk__in=gone).delete()
        write(row(record.pk, one) for one in found)
    return found


def is_shown(record: Record) -> bool:
    """Only what the public sees overlaps with anything."""
    return record.format == "initiative" and record.stage == Stage.PUBLISHED


def row(key: int, found: Found) -> Overlap:
    """An overlap as a row."""
    first, second = sorted((key, found.key))
    places = "".join(f" {country}" for country in found.shared["countries"]) + " "
    return Overlap(
        first_id=first,
        second_id=second,
        kind=found.kind,
        reasons=found.reasons,
        alike=found.alike,
        shared=found.shared,
        places=places,
    )


def write(rows: Iterable[Overlap]) -> None:
    """Put rows into the table; a pair that is there already is put right."""
    Overlap.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["kind", "reasons", "alike", "shared", "places"],
    )


def look_at_all() -> int:
    """Sketch what changed, then find the overlaps of all initiatives anew; the number of overlaps there are."""
    for some in batches(stale()):
        with transaction.atomic():
            sketch(some)
    wanted = all_pairs()
    with transaction.atomic():
        rows = Overlap.objects.values_list("pk", "first_id", "second_id")
        gone = [pk for pk, first, second in rows if (first, second) not in wanted]
        for start in range(0, len(gone), BATCH):
            Overlap.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    made = list(wanted.values())
    for start in range(0, len(made), BATCH):
        with transaction.atomic():
            write(made[start : start + BATCH])
    return len(made)


def stale() -> Iterator[Record]:
    """The initiatives whose sketch is missing or older than they are."""
    known = dict(Sketch.objects.values_list("pk", "made_at"))
    shown = Record.objects.filter(format="initiative", number__gte=1).values_list("pk", "changed_at", "stage")
    alive = dict(Sketch.objects.values_list("pk", "alive"))
    pks = [
        pk
        for pk, changed, stage in shown
        if pk not in known or (changed and changed > known[pk]) or alive[pk] != (stage == Stage.PUBLISHED)
    ]
    for start in range(0, len(pks), BATCH):
        yield from Record.objects.filter(pk__in=pks[start : start + BATCH])


def batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    """Several at a time."""
    some: list[Record] = []
    for record in records:
        some.append(record)
        if len(some) == BATCH:
            yield some
            some = []
    if some:
        yield some


def all_pairs() -> dict[Pair, Overlap]:
    """The nearest of each initiative, each pair once."""
    shelf, found = held.shelf(), dict[Pair, Overlap]()
    rows: Any = Sketch.objects.filter(alive=True).values_list("pk", "facts")
    for key, said in rows.iterator(chunk_size=2000):
        for one in near(shelf, shelf.seek(facts.from_plain(key, said)))[0]:
            made = row(key, one)
            found[made.first_id, made.second_id] = made
    return found


def in_order(first: Record, second: Record) -> tuple[Record, Record]:
    """Two records in the order in which a pair is kept."""
    return (first, second) if first.pk < second.pk else (second, first)
