"""Tables on the way to records: their heads are found and matched, then each row is understood."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from django.utils.translation import gettext_noop

from kapok.exchange.importing import hxl
from kapok.exchange.importing.matching import Column, Match, match, table_language
from kapok.exchange.importing.organisations import Organisations
from kapok.exchange.importing.rows import Assembler
from kapok.exchange.importing.said import Note
from kapok.exchange.importing.source import Place, Sheet, Told, broken_off, some
from kapok.exchange.importing.understanding import Reader
from kapok.formats.format import Format

SAMPLED = 240
NO_HEADS = gettext_noop("No column of “%(sheet)s” could be matched, so it was left out. Say what its columns hold.")
SKIPPED = gettext_noop("Lines above the heads that were left out: %(count)s.")
SCHEMES = ("GEF", "IATI", "BCH", "GCF", "UNDP", "UNEP", "FAO")


class Table:
    """One table and how it is read."""

    def __init__(self, sheet: Sheet, form: type[Format], remembered: dict[str, str], given: Mapping[str, Any]) -> None:
        self.sheet, self.form = sheet, form
        self.first, broken = some(sheet.rows, SAMPLED)
        if broken and not self.first:
            raise broken
        self.rest = broken_off(broken) if broken else sheet.rows
        self.notes: list[Note] = [*sheet.notes.found]
        self.tags = hxl.tags_in(self.first)
        self.match = match(form, self.first, remembered) if self.first and self.tags < 0 else Match(0, [])
        self.correct(given)
        above = sum(1 for line, cells in self.first if line < self.match.line and any(cells))
        if above:
            self.notes.append({"weight": "remark", "say": SKIPPED, "with": {"count": above}})
        if self.first and self.tags < 0 and not self.match.keys():
            self.notes.append({"weight": "remark", "say": NO_HEADS, "with": {"sheet": sheet.name or sheet.file}})

    @property
    def key(self) -> str:
        """Its name among the tables of the import."""
        return f"{self.sheet.file}/{self.sheet.name}"

    def correct(self, given: Mapping[str, Any]) -> None:
        """Take over what a person said about the columns."""
        said = {one["number"]: one for one in given.get("columns", ())}
        for column in self.match.columns:
            if column.number in said:
                column.key, column.why = said[column.number]["key"], said[column.number]["why"]
        self.match.line = given.get("line") or self.match.line

    def plain(self) -> dict[str, Any]:
        """The match as it is kept."""
        columns = [column.plain() for column in self.match.columns if column.head or column.samples]
        return {"line": self.match.line, "columns": columns, "sheet": self.sheet.name, "file": self.sheet.file}

    def told(self, organisations: Organisations, options: Mapping[str, Any]) -> Iterator[Told]:
        """Each row as a record; rows under HXL tags together as the activities they tell of."""
        if self.tags >= 0:
            rows = chain(self.first[self.tags + 1 :], self.rest)
            reader = Reader(organisations, options.get("language") or "en")
            yield from hxl.told(self.sheet, rows, self.first[self.tags][1], reader)
            return
        if not self.match.keys():
            return
        language = options.get("language") or table_language(self.form, self.match)
        scheme = options.get("scheme") or scheme_of(self.match.columns) or options.get("source") or "ID"
        chosen = options.get("currency") or ""
        made = Assembler(self.form, self.match.columns, Reader(organisations, language), scheme[:40], chosen)
        for line, cells in chain(self.first, self.rest):
            if line > self.match.line and any(cells):
                yield made.told(Place(self.sheet.file, self.sheet.name, line), cells)


def scheme_of(columns: list[Column]) -> str:
    """Whose identifiers these are, where the heads name somebody well known."""
    words = {word for column in columns for word in column.head.replace("-", " ").split()}
    return next((scheme for scheme in SCHEMES if scheme in words), "")
