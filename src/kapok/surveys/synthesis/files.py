"""A counted question as a file: CSV, XLSX, SVG."""

import csv
import io

import xlsxwriter
from django.utils.translation import gettext as _

from kapok.core.languages import current, direction
from kapok.surveys.synthesis.showing import Table

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
}


def content(table: Table, kind: str) -> bytes:
    """The bytes of a file of one kind."""
    if kind == "svg":
        return table.chart().standalone()
    return to_csv(table) if kind == "csv" else to_xlsx(table)


def to_csv(table: Table) -> bytes:
    """A line for each answer and group."""
    out = io.StringIO()
    csv.writer(out).writerows(table.lines())
    return ("\ufeff" + out.getvalue()).encode()


def to_xlsx(table: Table) -> bytes:
    """The same lines as a sheet, figures as numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("Question %(key)s") % {"key": table.made.question})
        if direction(current()) == "rtl":
            sheet.right_to_left()
        bold = book.add_format({"bold": True})
        for number, line in enumerate(table.lines()):
            sheet.write_row(number, 0, line, None if number else bold)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return out.getvalue()
