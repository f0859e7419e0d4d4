"""What is asked of a matrix, and what it answers: plain values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kapok.insight.thresholds import Thresholds

Filters = Mapping[str, tuple[str, ...]]
NO_FILTERS: Filters = {}


@dataclass(frozen=True, slots=True)
class Question:
    """Which records count, told by which sides.

    Values of one facet are alternatives, facets narrow each other. `years` keeps what went on in one of them, and
    what has no years. `found`, when given, are the only records that count, by number (for words).
    `as_of` is a day of the past; None is the present. `earlier` tells that the register began after that day.
    `counted` leaves out what no cell counts.
    """

    rows: str = "country"
    cols: str = "theme"
    filters: Filters = field(default_factory=dict)
    years: tuple[int, int] | None = None
    as_of: date | None = None
    earlier: bool = False
    found: tuple[int, ...] | None = None
    counted: bool = False
    thresholds: Thresholds = field(default_factory=Thresholds)

    def key(self) -> tuple[object, ...]:
        """What tells two questions apart."""
        filters = tuple(sorted((name, tuple(sorted(ids))) for name, ids in self.filters.items() if ids))
        return self.rows, self.cols, filters, self.years, self.as_of, self.found, self.counted, self.thresholds


@dataclass(slots=True)
class Tally:
    """What a cell, a row, a column or the whole holds. `usd` is in cents, by kind of money."""

    needs: int = 0
    planned: int = 0
    ongoing: int = 0
    completed: int = 0
    ending: int = 0
    recent: int = 0
    rank: int | None = None
    horizon: str = ""
    confirmed: date | None = None
    usd: Mapping[str, int] = field(default_factory=dict)
    unconverted: int = 0
    state: str = "empty"

    @property
    def active(self) -> int:
        """Support that is planned or under way."""
        return self.planned + self.ongoing

    @property
    def all(self) -> int:
        """Every record that is counted."""
        return self.needs + self.active + self.completed

    def __bool__(self) -> bool:
        return self.all > 0


EMPTY = Tally()


Cells = dict[tuple[str, str], Tally]


@dataclass
class Matrix:
    """All of a matrix: rows and columns that hold anything, in the order of their lists.

    The cells are counted with all the rest; `made` puts them into plain values once somebody reads one.
    """

    question: Question
    rows: list[str]
    cols: list[str]
    by_row: dict[str, Tally]
    by_col: dict[str, Tally]
    total: Tally
    made: Callable[[], Cells]

    @cached_property
    def cells(self) -> Cells:
        """Every cell that holds anything."""
        return self.made()

    def cell(self, row: str, col: str) -> Tally:
        """What one cell holds."""
        return self.cells.get((row, col), EMPTY)
