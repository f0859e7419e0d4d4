"""Drawings as files to take along: the picture as SVG or PNG, its table as CSV."""

import io
from collections.abc import Callable

from defusedcsv import csv
from django.http import HttpResponse

from kapok.charts.drawing import Drawing


def table_csv(drawing: Drawing) -> bytes:
    """The table, in UTF-8 with the mark that spreadsheets look for; formulas are made harmless."""
    file = io.StringIO()
    csv.writer(file).writerows(drawing.rows())
    return b"\xef\xbb\xbf" + file.getvalue().encode()


FILES: dict[str, tuple[str, Callable[[Drawing], bytes]]] = {
    "svg": ("image/svg+xml", lambda drawing: drawing.standalone()),
    "png": ("image/png", lambda drawing: drawing.png()),
    "csv": ("text/csv; charset=utf-8", table_csv),
}


def as_file(drawing: Drawing, ending: str, name: str) -> HttpResponse:
    """An answer that a browser keeps as a file; an SVG that is opened instead may run and load nothing."""
    kind, make = FILES[ending]
    response = HttpResponse(make(drawing), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
