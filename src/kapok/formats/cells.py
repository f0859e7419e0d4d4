"""Records as rows of a spreadsheet, and back without loss.

There are two ways. `to_row` gives each field of each repeated part a column of its own (`budget/1/amount`).
`steady_row` puts the parts of a field into one cell as JSON, so that the columns of a format never depend on its
records and a table can be sent while it is made. `from_row` reads both.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from kapok.core.languages import TAGS
from kapok.formats.format import Format, Values, shown
from kapok.formats.kinds import Kind, Parts, Text

Row = dict[str, str]
# What makes a spreadsheet take a text for a formula, half and full width, after any blanks; numbers are harmless.
FORMULA = re.compile(r"'*\s*[=+\-@%|＝＋－＠％｜\t\r\n\x00]")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def to_row(form: type[Format], values: Mapping[str, Any]) -> Row:
    """The public values as cells, from column name to text."""
    public = form.public(values)
    row: Row = {}
    for name, kind in shown(form.fields):
        row.update(kind.write(public.get(name), name))
    return row


def from_row(form: type[Format], row: Mapping[str, str]) -> Values:
    """Raw values from the cells of a row; `Format.clean` makes them proper."""
    return {name: kind.read(row, name) for name, kind in shown(form.fields)}


def columns(form: type[Format], rows: Iterable[Row]) -> list[str]:
    """All column heads that the rows need, in the order of the format."""
    used = {column for row in rows for column in row}
    order: list[str] = []
    for name, kind in shown(form.fields):
        first = kind.columns()
        more = sorted(column for column in used if belongs(column, name) and column not in first)
        order.extend([*first, *more])
    return order


def belongs(column: str, name: str) -> bool:
    """Does a column hold the field `name`, one of its languages, or one of its parts?"""
    return column == name or column.startswith(f"{name}/") or (column[:-3] == name and column[-3] == "_")


def steady_columns(form: type[Format]) -> list[str]:
    """The column heads of a format, whatever its records hold."""
    return [column for name, kind in shown(form.fields) for column in steady(kind, name)]


def steady(kind: Kind, name: str) -> list[str]:
    """The columns of one field: one, or one for each language."""
    return [f"{name}_{tag}" for tag in TAGS] if isinstance(kind, Text) else [name]


def steady_row(form: type[Format], values: Mapping[str, Any]) -> Row:
    """The public values as cells under `steady_columns`."""
    public = form.public(values)
    row: Row = {}
    for name, kind in shown(form.fields):
        if isinstance(kind, Parts):
            row.update(packed(name, public.get(name)))
        else:
            row.update(kind.write(public.get(name), name))
    return row


def packed(name: str, parts: Any) -> Row:
    """The parts of a field in one cell."""
    return {name: json.dumps(parts, ensure_ascii=False, separators=(",", ":"))} if parts else {}


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what could be one."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """A cell without the apostrophe of `guarded`."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) and not NUMBER.fullmatch(text[1:]) else text
