"""Keeping the allocations true to the registers.

Verbs note what they change in the outbox. `drain` reads the notes after its own place, derives the records named
there anew, and writes rows and place in one transaction: killed at any instant, it has done all of it or nothing.
It runs right after each piece of news, and in the worker for whatever a dying process left.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from kapok.insight import rates
from kapok.insight.models import Allocation, Change, Commitment, Place, Spell
from kapok.insight.spells import Derived, derive
from kapok.records.models import Record
from kapok.search import notes
from kapok.search.notes import Cursor

READER = "insight"
DERIVED = 3  # raise it when something else is derived: all is then allocated anew
BATCH = 200
ROWS = 2_000
# What is told of each part of a budget line, in the order of its table.
MONEY = ("line", "kind", "state", "funder", "year", "country", "theme", "currency", "cents", "usd_cents")
Progress = Callable[[int], None]
Row = tuple[Any, ...]


def drain() -> int:
    """Apply all notes; allocate everything when nothing is allocated yet. The number of records looked at."""
    place = Place.objects.first()
    if place is None or notes.is_behind(Cursor(*place.cursor)) or place.rates != made_with():
        return rebuild()
    done = 0
    while notes.after(Cursor(*place.cursor), 1, READER).keys:
        with transaction.atomic():
            place = Place.objects.select_for_update().get(pk=place.pk)
            said = notes.after(Cursor(*place.cursor), BATCH, f"{READER}-held")
            keys = [key.partition(":")[2] for key in said.keys if key.startswith("record:")]
            refresh(keys)
            done += len(keys)
            stuck = list(said.cursor) == place.cursor
            place.cursor = list(said.cursor)
            place.save(update_fields=["cursor"])
        if stuck:  # only notes of our own open transaction were left
            break
    return done


def made_with() -> str:
    """By which rules and which rates the rows are derived."""
    return f"{DERIVED}:{rates.digest()}"[:24]


def refresh(identifiers: Iterable[str]) -> int:
    """Derive some records anew and write what differs; the number of records that differed."""
    wanted = list(dict.fromkeys(identifiers))
    today = timezone.now().date()
    held: dict[str, list[Spell]] = defaultdict(list)
    for spell in Spell.objects.filter(identifier__in=wanted).order_by("valid_from"):
        held[spell.identifier].append(spell)
    records = Record.objects.filter(identifier__in=wanted)
    should = {record.identifier: (record, spells) for record, spells in derive(records, today)}
    changed = [one for one in wanted if differs(held[one], should[one][1] if one in should else [])]
    if changed:
        Spell.objects.filter(identifier__in=changed).delete()
        write([should[one] for one in changed if one in should])
    told = [*changed, *(one for one in wanted if one not in should and one not in changed)]
    Change.objects.bulk_create(Change(identifier=one) for one in told)
    return len(changed)


def differs(held: list[Spell], should: list[Derived]) -> bool:
    """Do the rows say something else than what they are derived from?"""
    rows = [(one.number, one.valid_from, one.valid_until, one.digest) for one in held]
    return rows != [(one.number, one.valid_from, one.valid_until, one.digest()) for one in should]


def write(found: Iterable[tuple[Record, list[Derived]]]) -> int:
    """Write the rows of some records; the number of allocations."""
    pairs = [(record, one) for record, spells in found for one in spells]
    kept = Spell.objects.bulk_create(
        (
            Spell(
                record=record,
                identifier=record.identifier,
                format=record.format,
                number=one.number,
                valid_from=one.valid_from,
                valid_until=one.valid_until,
                facts=one.facts,
                digest=one.digest(),
            )
            for record, one in pairs
        ),
        batch_size=ROWS,
    )
    spells = [(spell, one) for spell, (_record, one) in zip(kept, pairs, strict=True)]
    insert(Commitment, ((spell.pk, spell.record_id, *row) for spell, one in spells for row in commitments(one)))
    return insert(Allocation, (row for spell, one in spells for row in allocations(spell, one)))


def allocations(spell: Spell, one: Derived) -> Iterator[Row]:
    """The rows of shares of one spell."""
    year = next((int(year) for year in one.facts["facets"].get("year", ())), None)
    for (country, theme), share in one.shares.items():
        yield spell.pk, spell.record_id, spell.format, country, theme, year, share


def commitments(one: Derived) -> Iterator[Row]:
    """The parts of the budget lines of one spell: the columns of `MONEY`."""
    for line, parts in one.money:
        said = (line.key, line.kind, line.state, line.funder, line.year)
        for pair, cents in parts.items():
            yield *said, *pair, line.currency, *cents


def insert(model: type[Model], rows: Iterator[Row]) -> int:
    """Write plain rows, in the order of the model's fields; the number of rows.

    There are many times as many as records: made as objects first, they would take twice the time of all the rest.
    """
    quoted = connection.ops.quote_name
    columns = [quoted(str(field.column)) for field in model._meta.concrete_fields if not field.primary_key]
    places = ", ".join(["%s"] * len(columns))
    # Names of our own tables and columns; what is written stands apart from them.
    sql = f"INSERT INTO {quoted(model._meta.db_table)} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
    written = 0
    with connection.cursor() as cursor:
        while some := list(islice(rows, ROWS)):
            cursor.executemany(sql, some)
            written += len(some)
    return written


def rebuild(progress: Progress | None = None) -> int:
    """Allocate everything anew in one transaction; readers keep what they have until it is done."""
    today = timezone.now().date()
    done = 0
    with transaction.atomic():
        start = notes.now()
        for model in (Commitment, Allocation, Spell, Change, Place):
            model._default_manager.all()._raw_delete(connection.alias)
        numbers = iter(Record.objects.filter(number__gte=1).order_by("pk").values_list("pk", flat=True))
        while some := list(islice(numbers, BATCH)):
            found = list(derive(Record.objects.filter(pk__in=some).order_by("pk"), today))
            write(found)
            done += len(found)
            if progress:
                progress(done)
        Place.objects.create(epoch=uuid.uuid4().hex, cursor=list(start), rates=made_with())
    return done


def wrong(repair: bool = False) -> list[str]:
    """The identifiers of records whose allocations are not what the registers say, after the notes were applied."""
    drain()
    found: list[str] = []
    today = timezone.now().date()
    numbers = iter(Record.objects.order_by("pk").values_list("pk", flat=True))
    while some := list(islice(numbers, BATCH)):
        held: dict[int, list[Spell]] = defaultdict(list)
        for spell in Spell.objects.filter(record__in=some).order_by("valid_from"):
            held[spell.record_id].append(spell)
        rows = rows_of(some)
        for record, spells in derive(Record.objects.filter(pk__in=some).order_by("pk"), today):
            below = [rows.get(spell.pk, set()) for spell in held[record.pk]]
            if differs(held[record.pk], spells) or below != [set(rows_for(one)) for one in spells]:
                found.append(record.identifier)
    if repair and found:
        with transaction.atomic():
            Spell.objects.filter(identifier__in=found).delete()
            refresh(found)
    return found


def rows_of(records: list[int]) -> dict[int, set[Row]]:
    """The rows kept below each spell of some records."""
    found: dict[int, set[Row]] = defaultdict(set)
    shares = Allocation.objects.filter(record__in=records).values_list("spell", "country", "theme", "share")
    for spell, *said in shares:
        found[spell].add(tuple(said))
    for spell, *said in Commitment.objects.filter(record__in=records).values_list("spell", *MONEY):
        found[spell].add(tuple(said))
    return found


def rows_for(one: Derived) -> Iterator[Row]:
    """The rows that should stand below a spell."""
    for pair, share in one.shares.items():
        yield (*pair, share)
    yield from commitments(one)
