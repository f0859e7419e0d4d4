"""The nightly dump: everything public as a database, as tables and as lines, each file with its hash."""

import gzip
import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from kapok.core.cache import renew
from kapok.exchange.exporting import plain, table
from kapok.exchange.exporting.envelope import ENVELOPE, STATE
from kapok.exchange.exporting.rows import Taken, registered
from kapok.exchange.exporting.shape import Taking
from kapok.formats.cells import steady_columns, unguarded
from kapok.formats.format import Format, formats

MANIFEST = "manifest.json"
DATABASE, TABLES, LINES = "kapok.sqlite3", "kapok-csv.zip", "kapok.jsonl.gz"
KINDS = {
    DATABASE: "application/vnd.sqlite3",
    TABLES: "application/zip",
    LINES: "application/gzip",
    MANIFEST: "application/json",
}
PIECE = 1024 * 1024


def folder() -> Path:
    """Where the dumps lie."""
    return Path(settings.DATA) / "dump"


@dataclass(frozen=True, slots=True)
class Dump:
    """A finished dump: its folder, and what its manifest says."""

    place: Path
    manifest: dict[str, Any]


def newest() -> Dump | None:
    """The newest finished dump, if there is one. A folder without a manifest is not finished."""
    for place in sorted(folder().glob("2*"), reverse=True):
        try:
            return Dump(place, json.loads((place / MANIFEST).read_text()))
        except (FileNotFoundError, ValueError):
            continue
    return None


def make() -> Dump:
    """Write a new dump beside the old one, put it in place at once, and let the older ones go."""
    now = timezone.now()
    folder().mkdir(parents=True, exist_ok=True)
    place = folder() / f"{now:%Y%m%dT%H%M%S}"
    beside = folder() / f".{place.name}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    try:
        counts = write(beside)
        files = [facts(beside / name, kind) for name, kind in KINDS.items() if name != MANIFEST]
        manifest = {
            "title": "Kapok: registers of capacity-building for biosafety",
            "url": settings.ADDRESS,
            "made_at": now.isoformat(timespec="seconds"),
            "records": counts,
            "files": files,
        }
        (beside / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
        beside.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    for old in sorted(folder().glob("2*"))[:-1]:
        shutil.rmtree(old, ignore_errors=True)
    renew()
    return Dump(place, manifest)


def facts(path: Path, kind: str) -> dict[str, Any]:
    """Name, size and hash of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return {"name": path.name, "type": kind, "bytes": path.stat().st_size, "sha256": digest.hexdigest()}


def write(place: Path) -> dict[str, int]:
    """The three files, type by type; how many records each type has."""
    counts = {}
    with (
        closing(sqlite3.connect(place / DATABASE)) as database,
        zipfile.ZipFile(place / TABLES, "w", zipfile.ZIP_DEFLATED) as tables,
        gzip.open(place / LINES, "wb", compresslevel=6) as lines,
    ):
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("CREATE TABLE record (id TEXT PRIMARY KEY, type TEXT, changed_at TEXT, data TEXT)")
        for form in formats.values():
            with tables.open(f"{form.code}.csv", "w", force_zip64=True) as rows:
                counts[form.code] = write_type(form, database, rows, lines)
        database.commit()
        database.execute("VACUUM")
    return counts


def write_type(form: type[Format], database: sqlite3.Connection, rows: Any, lines: Any) -> int:
    """The records of one type, a stretch at a time, into all three files."""
    columns = [*ENVELOPE, *steady_columns(form), *STATE]
    named = ", ".join(f'"{column}" TEXT' for column in columns)
    database.execute(f'CREATE TABLE "{form.code}" ({named}, PRIMARY KEY (id))')
    marks = ", ".join("?" * len(columns))
    rows.write(table.MARK.encode() + table.lines([columns]))
    count = 0
    for some in registered(form.code):
        taking = taking_of(form, some)
        cells = [table.line(one, taking, columns) for one in some]
        rows.write(table.lines(cells))
        bare = [[unguarded(cell) or None for cell in row] for row in cells]
        database.executemany(f'INSERT INTO "{form.code}" VALUES ({marks})', bare)  # noqa: S608 - names of our own
        told = [one for stretch in plain.payloads(taking_of(form, some)) for one in stretch]
        texts = [plain.text(one) for one in told]
        lines.write("".join(f"{text}\n" for text in texts).encode())
        pairs = [(one["id"], form.code, one["changed_at"], text) for one, text in zip(told, texts, strict=True)]
        database.executemany("INSERT INTO record VALUES (?, ?, ?, ?)", pairs)
        count += len(some)
    return count


def taking_of(form: type[Format], some: list[Taken]) -> Taking:
    """A stretch as the writers of the shapes take it."""

    def rows() -> Iterator[list[Taken]]:
        yield some

    return Taking(rows(), form, "en")
