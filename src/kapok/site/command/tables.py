"""Every table as lines of JSON and back, the same on SQLite and on PostgreSQL."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connections, models

Model = type[models.Model]
# Who is signed in stays behind; the index and the allocations are derived anew, so their notes are not needed.
DERIVED = frozenset(f"insight.{name}" for name in ("spell", "allocation", "commitment", "change", "place"))
LEFT_OUT = frozenset({"sessions.session", "core.outbox", "usersessions.usersession"})
BATCH = 500
MODULUS = 1 << 256


def tables(apps: Apps, without: frozenset[str] = LEFT_OUT | DERIVED) -> list[Model]:
    """All tables that a backup holds, links between many included, in a steady order."""
    found = apps.get_models(include_auto_created=True)
    kept = [each for each in found if each._meta.managed and not each._meta.proxy and label(each) not in without]
    return sorted(kept, key=label)


def label(model: Model) -> str:
    return model._meta.label_lower


def columns(model: Model) -> list[Any]:
    """The fields that are columns, without those the database works out by itself."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def plain(value: Any) -> Any:
    """A value of a column as JSON; nothing is lost, not even the microseconds that the trail's hashes cover."""
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
    return value


def value_of(field: Any, said: Any) -> Any:
    """What `plain` wrote, as the field holds it."""
    if said is None:
        return None
    if isinstance(field, models.JSONField):
        return said
    if isinstance(field, models.BinaryField):
        return base64.b64decode(said)
    if isinstance(field, models.DurationField):
        return timedelta(seconds=said)
    target = field.target_field if field.is_relation else field
    return target.to_python(said)


class Digest:
    """A hash of a set of lines that does not depend on their order: databases sort words differently."""

    def __init__(self) -> None:
        self.sum = 0
        self.count = 0

    def add(self, line: bytes) -> None:
        self.sum = (self.sum + int.from_bytes(hashlib.sha256(line).digest())) % MODULUS
        self.count += 1

    def __str__(self) -> str:
        return f"{self.sum:064x}"


def write_table(model: Model, alias: str, path: Path) -> Digest:
    """One row a line; the first line names the columns."""
    fields = columns(model)
    names = [field.attname for field in fields]
    digest = Digest()
    with path.open("wb") as file:
        file.write(line_of(names))
        rows = model._base_manager.using(alias).order_by("pk").values_list(*names)
        for row in rows.iterator(chunk_size=2000):
            line = line_of([plain(value) for value in row])
            digest.add(line)
            file.write(line)
    return digest


def line_of(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def empty(found: Iterable[Model], alias: str) -> None:
    """Delete every row, those that migrations made included; the constraints wait for the end of the transaction."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for model in found:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def read_table(model: Model, alias: str, lines: Iterator[bytes]) -> Digest:
    """Put the rows of a file into a table just as they were, past defaults and automatic dates."""
    connection = connections[alias]
    by_name = {field.attname: field for field in columns(model)}
    fields = [by_name[name] for name in json.loads(next(lines))]
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(quote(field.column) for field in fields)})"
    statement = f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
    digest = Digest()
    with connection.cursor() as cursor:
        while batch := list(islice(lines, BATCH)):
            rows = []
            for line in batch:
                digest.add(line)
                said = zip(fields, json.loads(line), strict=True)
                rows.append([field.get_db_prep_save(value_of(field, value), connection) for field, value in said])
            cursor.executemany(statement, rows)
    return digest


def reset_sequences(found: list[Model], alias: str) -> None:
    """New rows are numbered after those that were read."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)
