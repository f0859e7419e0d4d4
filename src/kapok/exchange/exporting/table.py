"""Records as a table of comma-separated values, sent while it is made; no cell of it is ever run as a formula."""

import io
from collections.abc import Iterator

from defusedcsv import csv
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import TAGS
from kapok.exchange.exporting.envelope import ENVELOPE, GENERAL, STATE, envelope, general
from kapok.exchange.exporting.rows import Taken
from kapok.exchange.exporting.shape import Shape, Taking
from kapok.formats.cells import Row, guarded, steady_columns, steady_row

# Excel knows by it that the text is UTF-8.
MARK = "\ufeff"
TITLES = ("title", *(f"title_{tag}" for tag in TAGS), "summary")


def write(taking: Taking) -> Iterator[bytes]:
    """The head, then the rows of each stretch."""
    fields = steady_columns(taking.form) if taking.form else [*TITLES, *GENERAL]
    columns = [*ENVELOPE, *fields, *STATE]
    yield MARK.encode() + lines([columns])
    for some in taking.rows:
        yield lines([line(one, taking, columns) for one in some])


def line(one: Taken, taking: Taking, columns: list[str]) -> list[str]:
    """One record under the columns."""
    cells: Row = envelope(one, taking)
    cells |= steady_row(taking.form, one.values) if taking.form else general(one, taking)
    return [guarded(cells.get(column, "")) for column in columns]


def lines(rows: list[list[str]]) -> bytes:
    """Rows as text, by RFC 4180."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


CSV = Shape(
    "csv",
    _("CSV, for spreadsheets and statistics"),
    "text/csv; charset=utf-8",
    write,
    hint=_("One row for each record; every list of parts, such as a budget, in one cell."),
    drafts=True,
)
