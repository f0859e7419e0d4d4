"""Records as a workbook: typed cells, vocabularies as drop-downs, a codebook. The same workbook is the offline form."""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kapok.core.languages import best, direction
from kapok.exchange.exporting import codebook
from kapok.exchange.exporting.envelope import ENVELOPE, GENERAL, STATE, envelope, general
from kapok.exchange.exporting.rows import Taken
from kapok.exchange.exporting.shape import Shape, Taking
from kapok.exchange.exporting.table import TITLES
from kapok.exchange.sheets import ABOUT, FIRST, ID, KEY, LABELS, NAMES, NUMBER, RECORD, TERMS, VERSION, Column, Sheet
from kapok.exchange.sheets import sheets_of as sheets_of_form
from kapok.formats.cells import FORMULA
from kapok.formats.format import Format
from kapok.formats.kinds import (
    Amount,
    Choice,
    Day,
    Lines,
    Number,
    Ref,
    Refs,
    Shares,
    Terms,
    Text,
    YesNo,
    knowing,
    resolve,
)
from kapok.formats.kinds.base import joined
from kapok.formats.kinds.terms import cell_of_share

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
# So many empty rows below the records can be filled in with the same drop-downs.
EMPTY_ROWS = 500
PIECE = 65_536
ACCENT, SOFT, PAPER = "#0B5D53", "#5B6B70", "#F6F9F8"
WIDE, NARROW = 34, 16


def write(taking: Taking) -> Iterator[bytes]:
    """The workbook; it is made in a file of its own before the first piece can be sent."""
    yield from Workbook(taking).pieces()


def form_workbook(form: type[Format], language: str, rows: list[Taken]) -> bytes:
    """The form of a type to fill in offline, with records in it or empty; private fields can be filled in too."""
    return b"".join(Workbook(Taking(iter([rows] if rows else []), form, language), private=True).pieces())


class Workbook:
    """One workbook on its way."""

    def __init__(self, taking: Taking, *, private: bool = False) -> None:
        self.taking = taking
        self.form = taking.form
        self.language = taking.language
        self.sheets = sheets_of_form(taking.form, taking.language, private=private) if taking.form else []
        self.at: dict[tuple[str, ...], int] = {}
        self.lists: dict[str, dict[str, str]] = {}

    def pieces(self) -> Iterator[bytes]:
        """The file in pieces."""
        with tempfile.TemporaryDirectory(prefix="kapok-xlsx-") as folder, tempfile.TemporaryFile() as file:
            with xlsxwriter.Workbook(file, {**OPTIONS, "tmpdir": folder}) as self.book:
                self.book.set_properties({"title": self.taking.title or "Kapok", "company": "Kapok"})
                self.make_typed() if self.form else self.make_general()
            file.seek(0)
            while piece := file.read(PIECE):
                yield piece

    @cached_property
    def looks(self) -> dict[str, Any]:
        """The formats of cells."""
        plain = {"valign": "top", "text_wrap": True}
        given: dict[str, dict[str, Any]] = {
            "head": {"bold": True, "font_color": "white", "bg_color": ACCENT, "valign": "top", "text_wrap": True},
            "required": {"bold": True, "font_color": "white", "bg_color": ACCENT, "bottom": 5, "text_wrap": True},
            "soft": {"font_color": SOFT, "bg_color": PAPER, "valign": "top"},
            "text": {**plain, "num_format": "@"},
            "danger": {**plain, "num_format": "@", "quote_prefix": True},
            "day": {"valign": "top", "num_format": "yyyy-mm-dd"},
            "whole": {"valign": "top", "num_format": "0"},
            "amount": {"valign": "top", "num_format": "#,##0.######"},
            "bold": {"bold": True, "font_size": 14, "font_color": ACCENT},
        }
        return {name: self.book.add_format(facts) for name, facts in given.items()}

    # Lists of several types: one sheet to read, with what can be said of any record.
    def make_general(self) -> None:
        """The same columns as the table of comma-separated values."""
        sheet = self.new_sheet(_("Records"))
        columns = [*ENVELOPE, *TITLES, *GENERAL, *STATE]
        for at, name in enumerate(columns):
            sheet.write_string(0, at, name, self.looks["head"])
        sheet.set_column(0, len(columns) - 1, NARROW)
        sheet.freeze_panes(1, 1)
        for row, one in enumerate(self.taking, 1):
            cells = envelope(one, self.taking) | general(one, self.taking)
            for at, name in enumerate(columns):
                self.put_text(sheet, row, at, cells.get(name, ""))

    # Lists of one type: what can be filled in and brought back.
    def make_typed(self) -> None:
        """A sheet for the records and one for each kind of part, then codebook, terms and the hidden sheet."""
        assert self.form is not None
        made = {sheet.path: self.begin(sheet) for sheet in self.sheets}
        for some in self.taking.rows:
            with knowing(named for one in some for _field, named in self.form.references(one.values)):
                for one in some:
                    self.put_record(made, one)
        for sheet in self.sheets:
            self.finish(made[sheet.path], sheet)
        codebook.write(self.book, self.new_sheet(_("Codebook")), self.form, self.sheets, self.language, self.looks)
        self.put_terms()
        self.put_about()

    def new_sheet(self, title: str) -> Any:
        """An empty sheet in the direction of the language."""
        sheet = self.book.add_worksheet(title)
        if direction(self.language) == "rtl":
            sheet.right_to_left()
        return sheet

    def begin(self, sheet: Sheet) -> Any:
        """A sheet with its two rows of heads."""
        made = self.new_sheet(sheet.title)
        leading = sheet.leading
        words = {ID: "", KEY: "", RECORD: _("Record"), NUMBER: sheet.labels[-1] if sheet.path else ""}
        words |= dict(zip(sheet.path, sheet.labels, strict=False))
        heads = [(name, str(words.get(name, name)), False) for name in leading]
        heads += [(one.name, str(one.label), one.kind.required and not one.tag) for one in sheet.columns]
        for at, (name, _label, _required) in enumerate(heads):
            made.write_string(NAMES, at, name, self.looks["soft"])
        made.set_row(NAMES, None, None, {"hidden": True})
        for at, (_name, label, required) in enumerate(heads):
            made.write_string(LABELS, at, f"{label} *" if required else label, self.looks["head"])
        made.set_row(LABELS, 32)
        self.arrange(made, sheet, leading)
        self.at[sheet.path] = FIRST
        return made

    def arrange(self, made: Any, sheet: Sheet, leading: list[str]) -> None:
        """Widths, the hidden column of keys, and languages other than the reader's and English folded away."""
        made.freeze_panes(FIRST, 2)
        made.set_column(0, 0, 2, None, {"hidden": True})
        made.set_column(1, len(leading) - 1, NARROW, self.looks["soft"])
        for at, one in enumerate(sheet.columns, len(leading)):
            folded = one.tag not in {"", "en", self.language}
            wide = WIDE if one.kind.is_long or isinstance(one.kind, Text | Terms | Refs | Lines) else NARROW
            made.set_column(at, at, wide, self.looks["text"], {"level": 1, "hidden": True} if folded else {})
        made.set_tab_color(ACCENT if not sheet.path else SOFT)

    def put_record(self, made: Mapping[tuple[str, ...], Any], one: Taken) -> None:
        """A record in its sheet, its parts in theirs."""
        head = self.sheets[0]
        leading = [one.record.identifier, one.record.identifier]
        self.put_row(made[()], head, leading, one.values)
        for sheet in self.sheets[1:]:
            if len(sheet.path) == 1:
                self.put_parts(made, sheet, one.record.identifier, one.values.get(sheet.path[0]) or [], [])

    def put_parts(
        self, made: Mapping[tuple[str, ...], Any], sheet: Sheet, record: str, items: list[Any], above: list[str]
    ) -> None:
        """The parts of one record or part, and what is within them."""
        inner = [one for one in self.sheets if one.path[:-1] == sheet.path and one.path]
        for number, item in enumerate(items, 1):
            leading = [str(item.get(KEY, "")), record, *above, str(number)]
            self.put_row(made[sheet.path], sheet, leading, item)
            for one in inner:
                self.put_parts(made, one, record, item.get(one.path[-1]) or [], [*above, str(number)])

    def put_row(self, made: Any, sheet: Sheet, leading: list[str], values: Mapping[str, Any]) -> None:
        """One row."""
        row = self.at[sheet.path]
        self.at[sheet.path] += 1
        for at, text in enumerate(leading):
            made.write_string(row, at, text, self.looks["soft"])
        for at, column in enumerate(sheet.columns, len(leading)):
            name = column.name[:-3] if column.tag else column.name
            self.put(made, row, at, column, values.get(name))

    def put(self, made: Any, row: int, at: int, column: Column, value: Any) -> None:
        """One cell, of the type of its field."""
        kind = column.kind
        if column.tag:
            value = (value or {}).get(column.tag)
        if kind.is_empty(value):
            return
        if isinstance(kind, Day) and len(value) == 10:
            made.write_datetime(row, at, date.fromisoformat(value), self.looks["day"])
        elif isinstance(kind, Number):
            made.write_number(row, at, value, self.looks["whole"])
        elif isinstance(kind, Amount) and Decimal(repr(float(value))) == Decimal(value):
            made.write_number(row, at, float(value), self.looks["amount"])
        else:
            self.put_text(made, row, at, self.words(column, value))

    def put_text(self, made: Any, row: int, at: int, text: str) -> None:
        """Text that stays text, even when somebody edits the cell."""
        if text:
            made.write_string(row, at, text, self.looks["danger" if FORMULA.match(text) else "text"])

    def words(self, column: Column, value: Any) -> str:
        """What stands in a cell of text."""
        kind = column.kind
        match kind:
            case YesNo():
                return str(_("Yes") if value else _("No"))
            case Shares():
                return joined(self.share(kind, one) for one in value)
            case Terms():
                return joined(self.term(kind, one) for one in value)
            case Choice():
                return self.term(kind, value)
            case Refs():
                return joined(map(self.named, value))
            case Ref():
                return self.named(value)
            case Lines():
                return "\n".join(value)
            case _:
                return str(value)

    def term(self, kind: Choice, value: str) -> str:
        """A term by its label; one in words of one's own as it is kept."""
        return value if ":" in value else self.labels(kind).get(value, value)

    def share(self, kind: Choice, one: Mapping[str, str]) -> str:
        """`Kenya=25%`, as `formats` writes shares in cells."""
        return cell_of_share({**one, "id": self.term(kind, one["id"])})

    def labels(self, kind: Choice) -> dict[str, str]:
        """The labels of a vocabulary by id, each once."""
        known = self.lists.get(kind.vocabulary)
        if known is None:
            taken: set[str] = set()
            known = {}
            for one in Choice.choices(Choice("", kind.vocabulary), self.language):
                label = one.label if one.label not in taken else f"{one.label} ({one.id})"
                taken.add(label)
                known[one.id] = label
            self.lists[kind.vocabulary] = known
        return known

    def named(self, identifier: str) -> str:
        """A record by its title and identifier."""
        target = resolve([identifier]).get(identifier)
        title = best(target.title, self.language)[0] if target else ""
        return f"{title} ({identifier})" if title else identifier

    def finish(self, made: Any, sheet: Sheet) -> None:
        """Drop-downs and checks for the rows that are there and those that may be added."""
        last = self.at[sheet.path] + EMPTY_ROWS
        for at, column in enumerate(sheet.columns, len(sheet.leading)):
            if rule := self.rule(column):
                made.data_validation(FIRST, at, last, at, rule)
        made.autofilter(LABELS, 0, max(self.at[sheet.path] - 1, FIRST), len(sheet.leading) + len(sheet.columns) - 1)

    def rule(self, column: Column) -> dict[str, Any]:
        """What a cell accepts. A list warns and does not forbid: “other” is written in one's own words."""
        kind = column.kind
        title, hint = str(column.label)[:32], str(kind.hint)[:255]
        said = {"input_title": title, "input_message": hint} if hint else {}
        if isinstance(kind, YesNo):
            return {"validate": "list", "source": [str(_("Yes")), str(_("No"))], **said}
        if isinstance(kind, Choice) and not kind.several:
            return {"validate": "list", "source": f"={self.range_of(kind)}", "error_type": "warning", **said}
        if isinstance(kind, Number):
            return {"validate": "integer", "criteria": "between", "minimum": kind.least, "maximum": kind.most, **said}
        if hint:
            return {"validate": "any", **said}
        return {}

    def range_of(self, kind: Choice) -> str:
        """Where the labels of a vocabulary stand."""
        count = len(self.labels(kind))
        at = xlsxwriter.utility.xl_col_to_name(2 * list(self.lists).index(kind.vocabulary))
        return f"'{TERMS}'!${at}$2:${at}${count + 1}"

    def put_terms(self) -> None:
        """The hidden sheet of lists: labels and ids of each vocabulary beside each other."""
        made = self.book.add_worksheet(TERMS)
        columns = [
            [(code, "id"), *((label, one) for one, label in known.items())] for code, known in self.lists.items()
        ]
        for row, pairs in enumerate(zip_longest(*columns)):
            for at, pair in enumerate(pairs):
                if pair:
                    made.write_string(row, 2 * at, pair[0])
                    made.write_string(row, 2 * at + 1, pair[1])
        made.hide()

    def put_about(self) -> None:
        """The hidden sheet that tells what the workbook is and which sheet holds what."""
        assert self.form is not None
        made = self.book.add_worksheet(ABOUT)
        facts = [
            ("kapok", VERSION),
            ("format", self.form.code),
            ("format_version", str(self.form.version)),
            ("language", self.language),
            ("made_at", self.taking.made_at.isoformat(timespec="seconds")),
            *((f"sheet:{sheet.title}", "/".join(sheet.path)) for sheet in self.sheets),
        ]
        for row, pair in enumerate(facts):
            for at, text in enumerate(pair):
                made.write_string(row, at, text)
        made.very_hidden()


XLSX = Shape(
    "xlsx",
    lazy("Excel workbook, to read or to fill in offline"),
    KIND,
    write,
    hint=lazy("With lists to choose from and a codebook, when the list is of one type. Bring it back under “Import”."),
    drafts=True,
)
