"""Records as rows of a spreadsheet, and back without loss."""

from collections.abc import Iterable, Mapping
from typing import Any

from kapok.formats.format import Format, Values, shown

Row = dict[str, str]


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
