"""What an address asks: `/search?q=seeds&type=need&country=KEN&country=UGA&sort=newest&page=2`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote_plus

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from kapok.core.languages import current
from kapok.formats.format import formats
from kapok.people.access import tokens
from kapok.search.documents import EVERY
from kapok.search.questions import SORTS, Alternatives, Question, Sort
from kapok.site.find.facets import facets, kinds

PER_PAGE = 20
FIRST_YEAR, LAST_YEAR = 1900, 2100
# What a matrix counts of initiatives, besides the open needs.
COUNTED_STATUS = ("planned", "ongoing", "completed")
# Facets counted for everyone; the others only where a type that has them is chosen.
ALWAYS = (
    "type",
    "window",
    "status",
    "country",
    "region",
    "group",
    "theme",
    "method",
    "audience",
    "level",
    "organisation",
    "funder",
    "language",
    "year",
    "freshness",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a search address, understood."""

    q: str
    filters: dict[str, tuple[str, ...]]
    sort: Sort
    page: int
    per_page: int = PER_PAGE
    given: QueryDict = field(default_factory=QueryDict)
    years: tuple[int, int] | None = None
    as_of: date | None = None
    only_counted: bool = False

    def question(self, who: Any, counted: tuple[str, ...] = ()) -> Question:
        """The question for the index, seen with the eyes of this person."""
        return Question(
            q=self.q,
            filters=self.filters,
            alternatives=self.alternatives,
            viewer=tokens(who),
            language=current(),
            sort=self.sort,
            page=self.page,
            per_page=self.per_page,
            facets=counted,
        )

    @property
    def alternatives(self) -> Alternatives:
        """What went on in one of the years asked for and what has no years; only what a matrix counts."""
        groups: Alternatives = ()
        if self.years is not None:
            first, last = self.years
            years = tuple(str(year) for year in range(first, last + 1))
            groups = ((("year", years), ("lacks", ("year",))),)
        return (*groups, (("status", COUNTED_STATUS), ("need-state", ("open",)))) if self.only_counted else groups

    @property
    def period(self) -> dict[str, str]:
        """The years and the day asked for, as the address says them."""
        said = {}
        if self.years:
            said = {"from": str(self.years[0]), "to": str(self.years[1])}
        said |= {"as_of": self.as_of.isoformat()} if self.as_of else {}
        return said | ({"counted": "yes"} if self.only_counted else {})

    def address(self, **changes: Any) -> str:
        """The query of the address with some parameters set anew, from page one."""
        lists: MultiValueDict[str, Any] = MultiValueDict()
        if self.q:
            lists["q"] = self.q
        for name, ids in self.filters.items():
            lists.setlist(name, list(ids))
        for name, said in self.period.items():
            lists[name] = said
        if self.given.get("sort") in SORTS:
            lists["sort"] = self.sort
        for name, value in changes.items():
            lists.setlist(name, [value] if isinstance(value, str) else list(value or ()))
        made = QueryDict(mutable=True)
        for name, values in lists.lists():
            made.setlist(name, [one for one in values if one])
        return f"?{made.urlencode()}"

    def opener(self, name: str) -> Callable[[str], str]:
        """The address with one value of a facet chosen, as `address` makes it: put together once for all values."""
        before, mark, after = self.address(**{name: ["\0"]}).partition(f"{name}=%00")
        return lambda value: f"{before}{mark[:-3]}{quote_plus(value)}{after}"

    def counted(self, who: Any) -> tuple[str, ...]:
        """The facets whose counts this page shows."""
        own = [name for name in facets() if name in self.filters and name not in EVERY]
        declared = facets_of_types(self.filters.get("type", ()))
        staff = ("stage",) if getattr(who, "is_authenticated", False) else ()
        return tuple(dict.fromkeys((*ALWAYS, *own, *declared, *staff)))


def facets_of_types(types: tuple[str, ...]) -> list[str]:
    """The facets that the chosen types declare on their fields."""
    chosen = [formats[one] for one in types if one in formats]
    return [kind.facet for form in chosen for kind in kinds(form.fields.values()) if kind.facet]


def asked(given: QueryDict) -> Asked:
    """Read an address. What is not understood is left out; nothing in it can be an error."""
    sort = given.get("sort", "")
    filters = {
        name: tuple(dict.fromkeys(value[:120] for value in given.getlist(name) if value))[:50]
        for name in facets()
        if any(given.getlist(name))
    }
    return Asked(
        q=" ".join(given.get("q", "")[:300].replace("\0", "").split()),
        filters=filters,
        sort=sort if sort in SORTS else "relevance",
        page=whole(given.get("page"), 1, 10_000),
        per_page=whole(given.get("per_page"), PER_PAGE, 100),
        given=given,
        years=years_of(given.get("from", ""), given.get("to", "")),
        as_of=day_of(given.get("as_of", "")),
        only_counted=given.get("counted") == "yes",
    )


def years_of(first: str, last: str) -> tuple[int, int] | None:
    """The years from and to; one alone leaves the other end open."""
    known = [int(one) if one.isascii() and one.isdigit() and len(one) == 4 else None for one in (first, last)]
    if known == [None, None]:
        return None
    begin, end = known[0] or FIRST_YEAR, known[1] or LAST_YEAR
    begin, end = min(begin, end), max(begin, end)
    return max(begin, FIRST_YEAR), min(end, LAST_YEAR)


def day_of(said: str) -> date | None:
    """A day of the past; today and later days are the present."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if day < date.today() else None


def whole(text: str | None, otherwise: int, most: int) -> int:
    """A whole number from an address, within bounds."""
    return min(max(int(text), 1), most) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise
