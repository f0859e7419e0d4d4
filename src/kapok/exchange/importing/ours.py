"""Forms and workbooks that Kapok wrote and people filled in: they say what they are, so only their answers are read."""

from collections.abc import Iterator, Mapping
from typing import Any

from kapok.documents import wordform
from kapok.exchange import wordforms, workbooks
from kapok.exchange.importing.organisations import Organisations
from kapok.exchange.importing.reading import File
from kapok.exchange.importing.said import Notes
from kapok.exchange.importing.source import Place, Told, Unreadable
from kapok.exchange.importing.workbooks import looked_into
from kapok.exchange.importing.written import mended
from kapok.exchange.merging import emptied
from kapok.formats.format import Format, formats
from kapok.formats.kinds import Kind, Parts, Ref
from kapok.formats.kinds.references import IDENTIFIER
from kapok.formats.problems import ERROR, Problem

SAID = "%(words)s"


def form(file: File, organisations: Organisations) -> Iterator[Told]:
    """The record of a Word form."""
    told = wordforms.values_of(wordform.read(file.whole()))
    if told.format not in formats or not told.values:
        raise Unreadable(told.problems[-1].sentence)
    made = record(told.format, told.identifier, told.values, told.problems, Place(file.name, "", 1), organisations)
    made.number = told.number
    yield made


def workbook(file: File, organisations: Organisations) -> Iterator[Told] | None:
    """The records of a workbook of ours; None for one of somebody else's."""
    looked_into(file.whole())
    book = workbooks.opened(file.whole())
    if book is None:
        return None
    return rows(file, book, organisations)


def rows(file: File, book: workbooks.Book, organisations: Organisations) -> Iterator[Told]:
    """Each record of a workbook of ours."""
    for row in workbooks.rows_of(book):
        place = Place(file.name, row.sheet, row.row)
        made = record(row.format, row.identifier, row.values, row.problems, place, organisations)
        made.made_at = book.made_at
        yield made


def record(
    code: str,
    identifier: str,
    values: Mapping[str, Any],
    problems: list[Problem],
    place: Place,
    organisations: Organisations,
) -> Told:
    """One record as the form tells it, organisations found by their names."""
    kind: type[Format] = formats[code]
    notes = Notes()
    for problem in problems:
        add = notes.drop if problem.weight == ERROR else notes.remark
        # A sentence is kept as it is marked, so that each reader has it in their own language.
        if marked := getattr(problem.sentence, "_args", None):
            add(marked[0], problem.path)
        else:
            add(SAID, problem.path, words=str(problem.sentence))
    raw = {
        name: named(kind.fields[name], value, name, organisations, notes)
        for name, value in values.items()
        if not kind.fields[name].is_empty(value)
    }
    raw = mended(kind.fields, raw, notes)
    return Told(place, code, raw, identifier=identifier, notes=notes, cleared=emptied(kind, values))


def named(kind: Kind, value: Any, path: str, organisations: Organisations, notes: Notes) -> Any:
    """A raw value with the names of organisations as identifiers; other names of records are left to be refused."""
    if isinstance(kind, Parts) and isinstance(value, list):
        fields = kind.part.fields
        return [
            {
                name: named(fields[name], inner, f"{path}-{at}-{name}", organisations, notes)
                if name in fields and not fields[name].is_empty(inner)
                else inner
                for name, inner in part.items()
            }
            for at, part in enumerate(value)
        ]
    if not isinstance(kind, Ref) or kind.formats != ("organisation",):
        return value
    texts = value if isinstance(value, list) else [value]
    found = [text if IDENTIFIER.search(text.upper()) else organisations.one(text, notes, path) for text in texts]
    return [one for one in found if one] if kind.several else found[0]
