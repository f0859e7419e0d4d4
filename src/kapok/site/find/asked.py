"""What an address asks: `/search?q=seeds&type=need&country=KEN&country=UGA&sort=newest&page=2`."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from kapok.core.languages import current
from kapok.formats.format import formats
from kapok.people.access import tokens
from kapok.search.questions import SORTS, Question, Sort
from kapok.site.find.facets import facets, kinds

PER_PAGE = 20
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

    def question(self, who: Any, counted: tuple[str, ...] = ()) -> Question:
        """The question for the index, seen with the eyes of this person."""
        return Question(
            q=self.q,
            filters=self.filters,
            viewer=tokens(who),
            language=current(),
            sort=self.sort,
            page=self.page,
            per_page=self.per_page,
            facets=counted,
        )

    def address(self, **changes: Any) -> str:
        """The query of the address with some parameters set anew, from page one."""
        lists: MultiValueDict[str, Any] = MultiValueDict()
        if self.q:
            lists["q"] = self.q
        for name, ids in self.filters.items():
            lists.setlist(name, list(ids))
        if self.given.get("sort") in SORTS:
            lists["sort"] = self.sort
        for name, value in changes.items():
            lists.setlist(name, [value] if isinstance(value, str) else list(value or ()))
        made = QueryDict(mutable=True)
        for name, values in lists.lists():
            made.setlist(name, [one for one in values if one])
        return f"?{made.urlencode()}"

    def counted(self, who: Any) -> tuple[str, ...]:
        """The facets whose counts this page shows."""
        own = [name for name in facets() if name in self.filters]
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
    )


def whole(text: str | None, otherwise: int, most: int) -> int:
    """A whole number from an address, within bounds."""
    return min(max(int(text), 1), most) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise
