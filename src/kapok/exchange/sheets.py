"""How a record type lies in a workbook: one sheet for the records, one for each kind of part, a column for each field.

The writer and the reader of workbooks share this. The first row of a sheet holds the names of columns and is hidden;
the second holds their labels; records begin in the third.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kapok.core.languages import LANGUAGES, TAGS
from kapok.core.rules import Sentence
from kapok.formats.format import Format
from kapok.formats.kinds import Files, Kind, Parts, Text

# The sheets that hold no records: what the workbook is, the terms of its lists, and what each column means.
ABOUT, TERMS = "kapok", "kapok-terms"
VERSION = "1"
ID, KEY, RECORD, NUMBER = "id", "key", "record", "no"
NAMES, LABELS, FIRST = 0, 1, 2
LONGEST_TITLE = 31
FORBIDDEN = str.maketrans("[]:*?/\\", "-------")


@dataclass(frozen=True, slots=True)
class Column:
    """A field, or one language of it."""

    name: str
    label: Sentence
    kind: Kind
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The records, or the parts found by a path of field names such as `results`, `indicators`."""

    title: str
    path: tuple[str, ...]
    labels: tuple[Sentence, ...]
    columns: tuple[Column, ...]

    @property
    def leading(self) -> list[str]:
        """The columns before those of fields: what a row is and to what it belongs."""
        if not self.path:
            return [ID, RECORD]
        return [KEY, RECORD, *self.path[:-1], NUMBER]


def sheets_of(form: type[Format], language: str, *, private: bool = False) -> list[Sheet]:
    """The sheets of a type, in the order of its fields."""
    titles: set[str] = {ABOUT, TERMS}
    found = [Sheet(title(str(form.plural), titles), (), (), columns(form.fields, language, private))]
    for path, labels, kind in parts(form.fields):
        found.append(Sheet(title(str(kind.label), titles), path, labels, columns(kind.part.fields, language, private)))
    return found


def parts(
    fields: Mapping[str, Kind], path: tuple[str, ...] = (), labels: tuple[Sentence, ...] = ()
) -> Iterator[tuple[tuple[str, ...], tuple[Sentence, ...], Parts]]:
    """Every kind of part, those within parts included, with the words for one of each."""
    for name, kind in fields.items():
        if isinstance(kind, Parts) and not kind.private:
            here, words = (*path, name), (*labels, kind.one)
            yield here, words, kind
            yield from parts(kind.part.fields, here, words)


def columns(fields: Mapping[str, Kind], language: str, private: bool) -> tuple[Column, ...]:
    """A column for each field; for texts one for each language, the reader's first. Files stay where they are."""
    found: list[Column] = []
    for name, kind in fields.items():
        if isinstance(kind, Parts | Files) or (kind.private and not private):
            continue
        if isinstance(kind, Text):
            tags = (language, *(tag for tag in TAGS if tag != language))
            found += [Column(f"{name}_{tag}", f"{kind.label} ({LANGUAGES[tag].autonym})", kind, tag) for tag in tags]
        else:
            found.append(Column(name, kind.label, kind))
    return tuple(found)


def title(wanted: str, taken: set[str]) -> str:
    """A title that spreadsheets accept, unlike those already given."""
    plain = wanted.translate(FORBIDDEN).strip("' ")[:LONGEST_TITLE] or "Sheet"
    found, number = plain, 2
    while found.casefold() in {one.casefold() for one in taken}:
        end = f" {number}"
        found, number = plain[: LONGEST_TITLE - len(end)] + end, number + 1
    taken.add(found)
    return found
