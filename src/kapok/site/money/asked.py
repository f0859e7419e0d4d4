"""What an address about money asks: `/money?by=funder&prices=2022&region=africa`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import QueryDict

from kapok.insight import rates
from kapok.insight.counting import Money, Question, shelf
from kapok.insight.counting.dimensions import NOWHERE
from kapok.insight.counting.money import SIDES
from kapok.records.models import Record
from kapok.site.find.answers import to_count
from kapok.site.find.asked import Asked as Search
from kapok.site.find.asked import asked as search
from kapok.site.gaps.asked import one_of, written

Sums = dict[tuple[str, ...], int]


@dataclass(frozen=True)
class Asked:
    """The parameters, understood. `where` names what a list of rows is about."""

    search: Search
    by: str
    prices: int | None
    where: Mapping[str, str]

    @cached_property
    def question(self) -> Question:
        """Whose money counts."""
        return to_count(self.search)

    @cached_property
    def money(self) -> Money:
        """Which of it, at which prices."""
        plain = Money({}, self.prices)
        sources = self.sources() if "source" in (self.by, *self.where) else {}
        return replace(plain, where=self.where, source_of=sources)

    def sources(self) -> dict[int, str]:
        """What kind of organisation each funder is, by number."""
        funders = [one for (one,) in shelf().money(self.question, Money(), "funder") if one != NOWHERE]
        found = Record.objects.filter(identifier__in=funders).values_list("identifier", "values__kind")
        return {int(one.rpartition("-")[2]): str(kind or NOWHERE).partition(":")[0] for one, kind in found}

    def sums(self, *sides: str) -> Sums:
        """Cents by the values of some sides."""
        return shelf().money(self.question, self.money, *sides)

    def left_out(self) -> dict[tuple[str, str], int]:
        """Cents by currency and kind of money that none of these sums holds."""
        return shelf().left_out(self.question, self.money)

    def query(self, **changes: Any) -> str:
        """The query of this page with some parameters changed."""
        return written(self.said() | {"by": "" if self.by == SIDES[0] else self.by} | changes)

    def rows(self, value: str = "", kind: str = "") -> str:
        """The query of the list of rows behind a figure."""
        return written(self.said() | {"rows": self.by if value else "", "row": value, "money": kind})

    def said(self) -> dict[str, Any]:
        """What every address of this question says."""
        prices = str(self.prices) if self.prices else ""
        return {"q": self.search.q, **self.search.filters, **self.search.period, "prices": prices}


def asked(given: QueryDict) -> Asked:
    """Read an address. What is not understood is left out."""
    prices = given.get("prices", "")
    known = prices.isascii() and prices.isdigit() and int(prices) in rates.deflator()
    where: dict[str, str] = {}
    for side, value in (("rows", "row"), ("cols", "col")):
        if given.get(value):
            default = "country" if side == "rows" else "theme"
            where[one_of(given.get(side) or default, (default, *SIDES))] = str(given.get(value))[:40]
    if given.get("money"):
        where["kind"] = str(given.get("money"))[:20]
    return Asked(search(given), one_of(given.get("by", ""), SIDES), int(prices) if known else None, where)
