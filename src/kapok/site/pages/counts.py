"""Questions that pages ask of the index, as the public sees the registers. Each figure knows the list it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from kapok.core.languages import current
from kapok.search import index
from kapok.search.documents import PUBLIC
from kapok.search.questions import Answer, Question, Sort, Span
from kapok.site.find.answers import past
from kapok.site.find.asked import Asked
from kapok.site.find.results import Result, result

Values = str | tuple[str, ...]
Filters = Mapping[str, Values]
EVERYTHING: Filters = {}


@dataclass(frozen=True, slots=True)
class Figure:
    """A count and the query that opens exactly what it counts."""

    value: int
    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The first few of a list, how many there are in all, and the query that opens them all."""

    results: list[Result]
    total: int
    query: str


class Counts:
    """The questions of one page, about the present or about a day of the past."""

    def __init__(self, who: Any, as_of: date | None = None) -> None:
        self.as_of = as_of
        self.signed_in = bool(getattr(who, "is_authenticated", False))
        self.language = current()

    def query(self, filters: Filters, sort: str = "") -> str:
        """The query of a list. A signed-in person's search shows drafts as well, so theirs names the stage."""
        stage = {"stage": "published"} if self.signed_in and "stage" not in filters else {}
        day = {"as_of": self.as_of.isoformat()} if self.as_of else {}
        pairs = {**filters, **stage, **({"sort": sort} if sort else {}), **day}
        return "?" + urlencode([(name, value) for name, given in pairs.items() for value in several(given)])

    def ask(
        self,
        filters: Filters,
        *,
        most: int = 1,
        page: int = 1,
        sort: Sort = "newest",
        spans: tuple[Span, ...] = (),
        facets: tuple[str, ...] = (),
        keep: tuple[str, ...] = (),
    ) -> Answer:
        """Ask as a visitor would; the values to `keep` of the facets are counted however small they are."""
        if self.as_of is not None:
            named = {name: several(value) for name, value in filters.items()}
            return past(Asked("", named, sort, page, per_page=most, as_of=self.as_of), self.as_of)
        return index.ask(
            Question(
                filters={name: several(value) for name, value in filters.items()},
                ranges=spans,
                viewer=(PUBLIC,),
                language=self.language,
                sort=sort,
                page=page,
                per_page=most,
                facets=facets,
                keep=dict.fromkeys(facets, keep) if keep else {},
            )
        )

    def figure(self, label: str, filters: Filters) -> Figure:
        """A count with its label and the query of its list."""
        return Figure(self.ask(filters).total, label, self.query(filters))

    def listed(self, filters: Filters, most: int, sort: Sort = "newest", spans: tuple[Span, ...] = ()) -> Listing:
        """The first few of a list."""
        answer = self.ask(filters, most=most, sort=sort, spans=spans)
        found = [result(hit, self.language) for hit in answer.hits]
        return Listing(found, answer.total, self.query(filters, "" if sort == "newest" else sort))

    def tally(self, facet: str, filters: Filters = EVERYTHING, keep: tuple[str, ...] = ()) -> dict[str, int]:
        """How many records there are under each value of a facet, the commonest first.

        Where there are thousands of values these are the largest, and those to `keep`.
        """
        return dict(self.ask(filters, facets=(facet,), keep=keep).facets.get(facet, ()))

    def figures(self, facet: str, named: Mapping[str, str], filters: Filters) -> list[Figure]:
        """The values of a facet that something holds, in the order of `named`."""
        counts = self.tally(facet, filters)
        return [
            Figure(counts[one], label, self.query({**filters, facet: one}))
            for one, label in named.items()
            if counts.get(one)
        ]


def several(value: Values) -> tuple[str, ...]:
    """One value or several, as several."""
    return (value,) if isinstance(value, str) else value


def from_today(name: str) -> Span:
    """Days of a kind that are still to come."""
    return Span(name, date.today().toordinal())


def public(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Let a page for visitors be kept in front of Django."""
    if not request.user.is_authenticated and response.status_code == 200:
        response["Kapok-Cache"] = "public"
    return response
