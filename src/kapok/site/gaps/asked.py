"""What an address of the matrix asks: `/gaps?rows=region&cols=theme&status=ongoing&from=2005&as_of=2012-06-30`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

from kapok.insight.counting import Matrix, Question, shelf
from kapok.insight.counting.dimensions import COLUMNS, NOWHERE, ROWS
from kapok.insight.queries import thresholds
from kapok.site.find.answers import to_count
from kapok.site.find.asked import Asked as Search
from kapok.site.find.asked import asked as search

ACTIVE = ("planned", "ongoing")
ORDERS = ("gap", "name", "support")
# Which rows stand in the table: those with something open now, also those with completed support only, or all.
UNFOLDED = ("", "done", "yes")
LOOKS = ("", "map", "tiles")
Filters = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """The parameters, understood. `search` holds those that the search page knows as well."""

    search: Search
    rows: str
    cols: str
    order: str
    unfolded: str
    look: str
    signed_in: bool

    @cached_property
    def question(self) -> Question:
        """The question for the columns of numbers."""
        return to_count(self.search, rows=self.rows, cols=self.cols, thresholds=thresholds())

    def matrix(self) -> Matrix:
        """The answer."""
        return shelf().matrix(self.question)

    def query(self, **changes: Any) -> str:
        """The query of this matrix with some parameters changed; those that are as usual are left out."""
        asked_of = {"q": self.search.q, **self.search.filters, **self.search.period}
        return written({**asked_of, **self.shape, **changes})

    @property
    def shape(self) -> dict[str, str]:
        """How the answer is laid out, as an address says it."""
        return {
            "rows": "" if self.rows == ROWS[0] else self.rows,
            "cols": "" if self.cols == COLUMNS[0] else self.cols,
            "order": "" if self.order == ORDERS[0] else self.order,
            "all": self.unfolded,
            "as": self.look,
        }

    def figure(self, what: str, row: str = "", col: str = "") -> str:
        """The query of the search that opens exactly what a figure of a cell, a row, a column or the whole counts."""
        filters: Filters = dict(self.search.filters) | self.kinds(what)
        for name, value in ((self.rows, row), (self.cols, col)):
            if value == NOWHERE:
                filters["lacks"] = tuple(dict.fromkeys((*filters.get("lacks", ()), name)))
            elif value:
                filters[name] = (value,)
        if self.signed_in:
            filters["stage"] = ("published",)
        counted = {"counted": "yes"} if what == "all" else {}
        return written({"q": self.search.q, **filters, **self.search.period, **counted})

    def kinds(self, what: str) -> Filters:
        """What one kind of figure counts, within the filters of the question."""
        if what == "all":
            return {}
        if what == "needs":
            return {"type": ("need",), "need-state": ("open",)}
        wanted = ACTIVE if what == "active" else (what,)
        chosen = self.search.filters.get("status")
        return {"type": ("initiative",), "status": tuple(one for one in wanted if not chosen or one in chosen)}


def written(said: dict[str, Any]) -> str:
    """A query; what is empty is left out."""
    pairs = [
        (name, one)
        for name, given in said.items()
        for one in ([given] if isinstance(given, str) else given)
        if one not in ("", None)
    ]
    return f"?{urlencode(pairs)}" if pairs else "?"


def one_of(given: str, known: Iterable[str]) -> str:
    """A known word, else the first of those known."""
    words = tuple(known)
    return given if given in words else words[0]


def asked(given: QueryDict, who: Any = None) -> Asked:
    """Read an address. What is not understood is left out."""
    return Asked(
        search=search(given),
        rows=one_of(given.get("rows", ""), ROWS),
        cols=one_of(given.get("cols", ""), COLUMNS),
        order=one_of(given.get("order", ""), ORDERS),
        unfolded=one_of(given.get("all", ""), UNFOLDED),
        look=one_of(given.get("as", ""), LOOKS),
        signed_in=bool(getattr(who, "is_authenticated", False)),
    )
