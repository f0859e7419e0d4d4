"""What a reader gives: the rows of a table, or whole records."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from kapok.core.rules import Refused
from kapok.exchange.importing.said import Notes

MOST_COLUMNS = 2000
MOST_ROWS = 200_000
Thing = TypeVar("Thing")


class Unreadable(Refused):
    """The file cannot be read; its text says what would help."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the files something stands: the line is the one a person sees in the program they wrote it with."""

    file: str = ""
    sheet: str = ""
    line: int = 0


@dataclass(slots=True)
class Sheet:
    """One table: its name and its rows, each with the number it has in the file."""

    file: str
    name: str
    rows: Iterator[tuple[int, list[str]]]
    # Sentences about the whole sheet, such as that formulas were read by their results.
    notes: Notes = field(default_factory=Notes)


@dataclass(slots=True)
class Told:
    """One record as a source tells it: values in the shape of its format, names of organisations still in words.

    `identifiers` are pairs of scheme and identifier; `cells` what stood in the row, by column.
    """

    place: Place
    format: str
    raw: dict[str, Any]
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    identifier: str = ""
    notes: Notes = field(default_factory=Notes)
    cells: dict[str, str] = field(default_factory=dict)
    # Who tells it, where the file says so: a name for the source.
    publisher: str = ""
    # What a form of ours left empty, and the version or the moment it was made from.
    cleared: dict[str, list[str]] = field(default_factory=dict)
    number: int = -1
    made_at: datetime | None = None


def some(things: Iterator[Thing], size: int) -> tuple[list[Thing], Refused | None]:
    """The next rows or records, and what keeps the reader from going on after them."""
    found: list[Thing] = []
    try:
        found.extend(islice(things, size))
    except Refused as refused:
        return found, refused
    return found, None


def broken_off(refused: Refused) -> Iterator[Any]:
    """The rest of a table that cannot be read further."""
    yield from ()
    raise refused
