"""The matrix as a page shows it: labels, order, cells with their state in words and shape."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import get_script_prefix
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kapok import vocab
from kapok.core.languages import current
from kapok.core.rules import Sentence
from kapok.insight import thresholds as rules
from kapok.insight.counting import Matrix, Tally
from kapok.insight.counting.dimensions import NOWHERE, dimension
from kapok.site.find.facets import LACKING, facets
from kapok.site.gaps.asked import Asked
from kapok.site.show import number

MOST_ROWS, MOST_COLUMNS = 220, 45
SIDES: dict[str, Sentence] = {
    "country": gettext_lazy("Country"),
    "region": gettext_lazy("Region"),
    "group": gettext_lazy("Group of countries"),
    "organisation": gettext_lazy("Organisation"),
    "funder": gettext_lazy("Funder"),
    "theme": gettext_lazy("Theme"),
    "method": gettext_lazy("Method"),
    "audience": gettext_lazy("For whom"),
    "level": gettext_lazy("Level"),
    "year": gettext_lazy("Year"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """A row or a column: its value, its words, a short sign of it, and all that it holds."""

    id: str
    label: str
    short: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure pair with its state; addresses are empty where there is nothing to open."""

    state: str
    tally: Tally
    needs_url: str
    active_url: str
    short: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table."""

    head: Head
    url: str
    whole: Cell
    cells: list[Cell]
    gaps: int


@dataclass(frozen=True, slots=True)
class Table:
    """All of it."""

    heads: list[Head]
    lines: list[Line]
    whole: Line
    hidden: int
    done: int
    cut: int


def labels(side: str, ids: Iterable[str]) -> dict[str, str]:
    """What the values of a side are called."""
    known = [one for one in ids if one != NOWHERE]
    named = facets()[side].named(known, current())
    return {**named, NOWHERE: str(LACKING[side])}


def table(question: Asked, matrix: Matrix) -> Table:
    """Rows in the order asked for; those with nothing open are folded unless they are asked for."""
    held = [one for one in matrix.rows if matrix.by_row[one]]
    rows, cols = shown_rows(question, matrix, held), shown(question, matrix, question.cols)
    cols = sorted(cols, key=lambda one: one == NOWHERE)[-MOST_COLUMNS:]
    heads = columns(question, matrix, cols)
    named = labels(question.rows, rows)
    maker = Maker(question, matrix, heads)
    lines = arranged(question, [maker.line(one, named[one]) for one in rows])
    return Table(
        heads=heads,
        lines=lines[:MOST_ROWS],
        whole=maker.line("", str(_("All together"))),
        hidden=max(0, len(dimension(question.rows).ids) - len(held)) if question.unfolded != "yes" else 0,
        done=len(held) - len(rows) if not question.unfolded else 0,
        cut=max(0, len(lines) - MOST_ROWS),
    )


def shown_rows(question: Asked, matrix: Matrix, held: list[str]) -> list[str]:
    """The rows with something open now; also those with completed support when asked for or when no other is there."""
    if question.unfolded == "yes":
        return shown(question, matrix, question.rows)
    return [one for one in held if not question.unfolded and is_open(matrix.by_row[one])] or held


def is_open(tally: Tally) -> bool:
    """Is there a need now, or support that is planned or under way?"""
    return bool(tally.needs or tally.active)


def shown(question: Asked, matrix: Matrix, side: str) -> list[str]:
    """The values of a side that stand in the table."""
    held = matrix.rows if side == question.rows else matrix.cols
    every = dimension(side).ids
    if not every or question.search.filters.get(side):
        return held
    return [*every, *(one for one in held if one == NOWHERE)]


def columns(question: Asked, matrix: Matrix, ids: list[str]) -> list[Head]:
    """The heads of the columns, each with a sign that fits above a narrow cell."""
    named = labels(question.cols, ids)
    signs = {one: one if len(one) < 5 else str(at) for at, one in enumerate(ids, 1)} | {NOWHERE: "–"}
    return [Head(one, named[one], signs[one], matrix.by_col.get(one, Tally())) for one in ids]


def arranged(question: Asked, lines: list[Line]) -> list[Line]:
    """Gaps first, then what has something open now; or by name; or by support. What names none comes last."""
    by_list = question.rows in {"region", "group"}

    def name(line: Line) -> tuple[bool, str]:
        return line.head.id == NOWHERE, "" if by_list else vocab.sort_key(line.head.label, current())

    lines = sorted(lines, key=name)
    if question.order == "gap":
        return sorted(lines, key=lambda line: (line.head.id == NOWHERE, -line.gaps, not is_open(line.head.tally)))
    if question.order == "support":
        return sorted(lines, key=lambda line: (line.head.id == NOWHERE, -line.head.tally.active))
    return lines


class Maker:
    """Makes rows of one table."""

    def __init__(self, question: Asked, matrix: Matrix, heads: list[Head]) -> None:
        self.question, self.matrix, self.heads = question, matrix, heads
        self.root = get_script_prefix()

    def line(self, row: str, label: str) -> Line:
        """One row; without a value, that of the whole."""
        tally = self.matrix.by_row.get(row, Tally()) if row else self.matrix.total
        cells = [self.cell(row, head) for head in self.heads]
        gaps = sum(cell.state == rules.GAP for cell in cells)
        url = f"{self.root}gaps/row{self.question.query(row=row)}" if row else ""
        return Line(Head(row, label, "", tally), url, self.made(tally, row, "", ""), cells, gaps)

    def cell(self, row: str, head: Head) -> Cell:
        """One cell of a row, or the foot of a column."""
        tally = self.matrix.cell(row, head.id) if row else head.tally
        return self.made(tally, row, head.id, head.short)

    def made(self, tally: Tally, row: str, col: str, short: str) -> Cell:
        needs = f"{self.root}search{self.question.figure('needs', row, col)}" if tally.needs else ""
        active = f"{self.root}search{self.question.figure('active', row, col)}" if tally.active else ""
        return Cell(tally.state, tally, needs, active, short)


def gap_count(matrix: Matrix) -> int:
    """How many cells hold a need that nothing meets."""
    return sum(tally.state == rules.GAP for tally in matrix.cells.values())


def described(matrix: Matrix) -> str:
    """The whole matrix in a sentence, for readers who do not see it and for pictures."""
    gaps = gap_count(matrix)
    crowds = sum(tally.state == rules.CROWDED for tally in matrix.cells.values())
    said = [
        ngettext("%(count)s open need", "%(count)s open needs", matrix.total.needs)
        % {"count": number(matrix.total.needs)},
        ngettext(
            "%(count)s initiative planned or under way",
            "%(count)s initiatives planned or under way",
            matrix.total.active,
        )
        % {"count": number(matrix.total.active)},
        ngettext("%(count)s cell is a gap", "%(count)s cells are gaps", gaps) % {"count": number(gaps)},
        ngettext("%(count)s cell is crowded", "%(count)s cells are crowded", crowds) % {"count": number(crowds)},
    ]
    return " · ".join(said)
