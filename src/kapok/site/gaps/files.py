"""The matrix as files: figures for spreadsheets, and pictures."""

import io
from collections.abc import Iterator
from datetime import date

import xlsxwriter
from defusedcsv import csv
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok import vocab
from kapok.charts import Drawing, Point, Series, heat
from kapok.core.languages import current
from kapok.insight import thresholds as rules
from kapok.insight.counting import Tally
from kapok.site.gaps.asked import Asked, asked
from kapok.site.gaps.maps import gap_map
from kapok.site.gaps.table import SIDES, described, labels, table
from kapok.site.pages.counts import public

PICTURED = 60  # rows of a picture; more do not fit on a page that anybody reads
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Line = list[str | int | float]


def lines(question: Asked) -> Iterator[Line]:
    """The head, then a line for each cell that holds anything."""
    matrix = question.matrix()
    kinds = [term.id for term in vocab.vocabulary("money-kind").terms]
    yield [
        str(SIDES[question.rows]),
        str(SIDES[question.cols]),
        _("State"),
        _("Open needs"),
        _("Highest rank"),
        _("By when"),
        vocab.label("status", "planned"),
        vocab.label("status", "ongoing"),
        vocab.label("status", "completed"),
        _("Last confirmed on"),
        *(f"{vocab.label('money-kind', kind)} (USD)" for kind in kinds),
        _("Address of the open needs"),
        _("Address of the support"),
    ]
    rows, cols = labels(question.rows, matrix.rows), labels(question.cols, matrix.cols)
    for row in matrix.rows:
        for col in matrix.cols:
            tally = matrix.cell(row, col)
            if tally:
                yield [rows[row], cols[col], *figures(tally, kinds), *addresses(question, row, col, tally)]


def figures(tally: Tally, kinds: list[str]) -> Line:
    """What a cell holds, in columns."""
    return [
        str(rules.LABELS[tally.state]),
        tally.needs,
        tally.rank or "",
        vocab.label("horizon", tally.horizon) if tally.horizon else "",
        tally.planned,
        tally.ongoing,
        tally.completed,
        tally.confirmed.isoformat() if tally.confirmed else "",
        *(tally.usd.get(kind, 0) / 100 if kind in tally.usd else "" for kind in kinds),
    ]


def addresses(question: Asked, row: str, col: str, tally: Tally) -> Line:
    """The lists behind the figures."""
    root = f"{settings.ADDRESS}/search"
    return [
        f"{root}{question.figure('needs', row, col)}" if tally.needs else "",
        f"{root}{question.figure('active', row, col)}" if tally.active else "",
    ]


def sent(request: HttpRequest, content: bytes, kind: str, ending: str) -> HttpResponse:
    """A file with a name that tells its day."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="kapok-gaps-{date.today():%Y-%m-%d}.{ending}"'
    return public(response, request)


@require_safe
def csv_file(request: HttpRequest) -> HttpResponse:
    """A line for each cell that holds anything."""
    out = io.StringIO()
    csv.writer(out).writerows(lines(asked(request.GET, request.user)))
    return sent(request, out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "csv")


@require_safe
def xlsx_file(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(lines(asked(request.GET, request.user))):
            sheet.write_row(at, 0, line, book.add_format({"bold": True}) if at == 0 else None)
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 1, 32)
    return sent(request, out.getvalue(), XLSX, "xlsx")


def drawing(question: Asked) -> Drawing:
    """The map, when it is asked for; else the table: a sign for each state, and how many needs there are."""
    if question.look:
        return gap_map(question)
    matrix = question.matrix()
    made = table(question, matrix)
    rows = [
        Series(
            line.head.id,
            line.head.label,
            [
                Point(head.id, head.label, cell.tally.needs or None, state=cell.state)
                for head, cell in zip(made.heads, line.cells, strict=True)
            ],
        )
        for line in made.lines[:PICTURED]
    ]
    states = {one: str(rules.LABELS[one]) for one in rules.STATES if one != rules.EMPTY}
    return heat(_("Gaps and overlaps"), rows, summary=described(matrix), states=states, head=str(SIDES[question.rows]))


@require_safe
def svg_file(request: HttpRequest) -> HttpResponse:
    """The picture in lines."""
    return sent(request, drawing(asked(request.GET, request.user)).standalone(), "image/svg+xml", "svg")


@require_safe
def png_file(request: HttpRequest) -> HttpResponse:
    """The picture in dots."""
    assert current()
    return sent(request, drawing(asked(request.GET, request.user)).png(), "image/png", "png")
