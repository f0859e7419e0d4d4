"""Small questions to the index that several pages ask. Each figure knows the list it counts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.http import urlencode

from kapok.core.languages import current
from kapok.people.access import tokens
from kapok.search import index
from kapok.search.questions import Question, Sort, Span
from kapok.site.find.results import Result, result


@dataclass(frozen=True, slots=True)
class Figure:
    """A count and the address that opens exactly what it counts."""

    value: int
    label: str
    query: str


def count(who: Any, **filters: str) -> int:
    """How many records a person finds under these filters."""
    return index.ask(question(who, 1, "newest", filters)).total


def figure(who: Any, label: str, **filters: str) -> Figure:
    """A count with its label and the query of its list."""
    return Figure(count(who, **filters), label, f"?{urlencode(filters)}")


def listed(who: Any, most: int, sort: Sort = "newest", spans: tuple[Span, ...] = (), **filters: str) -> list[Result]:
    """The first few of a list."""
    language = current()
    return [result(hit, language) for hit in index.ask(question(who, most, sort, filters, spans)).hits]


def question(
    who: Any,
    most: int,
    sort: Sort,
    filters: dict[str, str],
    spans: tuple[Span, ...] = (),
    counted: tuple[str, ...] = (),
) -> Question:
    """One value for each facet is enough for pages."""
    chosen = {name: (value,) for name, value in filters.items()}
    return Question(
        filters=chosen,
        ranges=spans,
        viewer=tokens(who)[:1],
        language=current(),
        sort=sort,
        per_page=most,
        facets=counted,
    )


def tally(who: Any, facet: str, **filters: str) -> dict[str, int]:
    """How many records there are under each value of a facet."""
    return dict(index.ask(question(who, 1, "newest", filters, counted=(facet,))).facets[facet])


def from_today(name: str) -> Span:
    """Days of a kind that are still to come."""
    return Span(name, date.today().toordinal())
