"""The pages about money."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kapok import vocab
from kapok.charts import Drawing, Point, Series, bars
from kapok.core.languages import current, words
from kapok.core.rules import Sentence
from kapok.insight import rates
from kapok.insight.counting import shelf
from kapok.insight.counting.dimensions import NOWHERE
from kapok.insight.counting.money import SIDES
from kapok.records.models import Record
from kapok.records.search import identifier_of
from kapok.site import show
from kapok.site.find.answers import remark
from kapok.site.find.facets import LACKING, facets
from kapok.site.find.views import chips
from kapok.site.money.asked import Asked, asked
from kapok.site.pages.counts import public
from kapok.vocab import Choice

MOST, CHARTED, HALF = 80, 30, 0.5
LABELS: dict[str, Sentence] = {
    "year": gettext_lazy("Year"),
    "period": gettext_lazy("Period of the Global Environment Facility"),
    "funder": gettext_lazy("Funder"),
    "source": gettext_lazy("Kind of source"),
    "region": gettext_lazy("Region"),
    "country": gettext_lazy("Country"),
    "theme": gettext_lazy("Theme"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: its sums by kind of money, each with the list behind it."""

    id: str
    label: str
    sums: dict[str, tuple[int, str]]


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """Who committed how much, when and for whom; kinds of money stand apart."""
    question = asked(request.GET)
    sums = question.sums(question.by, "kind")
    kinds = [term for term in vocab.choices("money-kind") if any(kind == term.id for _value, kind in sums)]
    lines = lines_of(question, sums)
    page = {
        "asked": question,
        "remark": remark(question.search.as_of),
        "lines": lines[:MOST],
        "cut": max(0, len(lines) - MOST),
        "kinds": kinds,
        "totals": {kind.id: (total(sums, kind.id), question.rows(kind=kind.id)) for kind in kinds},
        "sides": [(one, LABELS[one]) for one in SIDES],
        "label": LABELS[question.by],
        "years": sorted(rates.deflator(), reverse=True),
        "chips": chips(question.search, current()),
        "chart": chart(question, lines, kinds).figure(table=False, level=2) if lines else "",
        "trend": trend(question),
        "left_out": left_out(question),
        "depends": depends(question) if question.by == "country" else [],
        "active": "gaps",
    }
    return public(render(request, "site/money.html", page), request)


def total(sums: dict[tuple[str, ...], int], kind: str) -> int:
    """All cents of one kind."""
    return sum(cents for (_value, one), cents in sums.items() if one == kind)


def lines_of(question: Asked, sums: dict[tuple[str, ...], int]) -> list[Line]:
    """Years and periods in their order, all else with the largest sum first."""
    by_value: dict[str, dict[str, int]] = defaultdict(dict)
    for (value, kind), cents in sums.items():
        by_value[value][kind] = cents
    named = labels(question.by, list(by_value))
    lines = [
        Line(value, named[value], {kind: (cents, question.rows(value, kind)) for kind, cents in held.items()})
        for value, held in by_value.items()
    ]
    if question.by in {"year", "period"}:
        return sorted(lines, key=lambda line: (line.id == NOWHERE, line.id))
    return sorted(lines, key=lambda line: (line.id == NOWHERE, -max(cents for cents, _url in line.sums.values())))


def labels(side: str, values: list[str]) -> dict[str, str]:
    """What the values of a side are called."""
    known = [one for one in values if one != NOWHERE]
    nothing = {NOWHERE: str(LACKING.get(side) or _("Not said"))}
    if side == "source":
        return {one: vocab.label("organisation-kind", one) for one in known} | nothing
    if side == "kind":
        return {one: vocab.label("money-kind", one) for one in known} | nothing
    return ({one: one for one in known} if side == "period" else facets()[side].named(known, current())) | nothing


def left_out(question: Asked) -> list[str]:
    """What no sum holds, in the currency in which it was registered."""
    return [
        f"{show.cents(cents)} {currency} ({vocab.label('money-kind', kind)})"
        for (currency, kind), cents in sorted(question.left_out().items())
    ]


def chart(question: Asked, lines: list[Line], kinds: Sequence[Choice]) -> Drawing:
    """The kind of money of which there is most, as bars; kinds are never stacked on each other."""
    kind = max(kinds, key=lambda one: sum(line.sums.get(one.id, (0, ""))[0] for line in lines))
    held = [line for line in lines if kind.id in line.sums]
    shown = held[-CHARTED:] if question.by == "year" else held[:CHARTED]
    series = [Series(kind.id, kind.label, [point(line, kind.id) for line in shown])]
    return bars(_("Money by %(side)s") % {"side": f"{LABELS[question.by]} ({kind.label})"}, series, unit="USD")


def point(line: Line, kind: str) -> Point:
    """One bar, in whole USD."""
    cents, rows_behind = line.sums.get(kind, (0, ""))
    return Point(
        line.id, line.label, cents // 100, url=f"{get_script_prefix()}money/rows{rows_behind}" if cents else ""
    )


def trend(question: Asked) -> str:
    """The grants of the last five full years beside those of the five before, in a sentence."""
    grants = {year: cents for (year, kind), cents in question.sums("year", "kind").items() if kind == "grant"}
    by_year = {int(year): cents for year, cents in grants.items() if year.isdigit()}
    if not by_year:
        return ""
    last = date.today().year - 1
    now, before = (sum(by_year.get(year, 0) for year in range(end - 4, end + 1)) for end in (last, last - 5))
    if not before and not now:
        return ""
    said = {
        "years": f"{last - 4}–{last}",
        "now": show.money(now // 100),
        "then": f"{last - 9}–{last - 5}",
        "before": show.money(before // 100),
    }
    if before and now < before:
        return _("Grants fell by %(share)s: %(now)s in %(years)s, after %(before)s in %(then)s.") % {
            **said,
            "share": show.percent(1 - now / before),
        }
    return _("Grants: %(now)s in %(years)s, after %(before)s in %(then)s.") % said


def depends(question: Asked) -> list[tuple[str, str, str, str]]:
    """Countries for which one funder gives more than half of all grants, in alphabetical order."""
    by_country: dict[str, dict[str, int]] = defaultdict(dict)
    for (country, funder, kind), cents in question.sums("country", "funder", "kind").items():
        if kind == "grant" and NOWHERE not in (country, funder):
            by_country[country][funder] = cents
    shares = []
    for country, held in by_country.items():
        funder, most = max(held.items(), key=lambda one: one[1])
        if most and most > HALF * sum(held.values()):
            shares.append((country, funder, show.percent(most / sum(held.values()))))
    countries = labels("country", [one for one, _f, _s in shares])
    funders = labels("funder", [one for _c, one, _s in shares])
    found = [(one, countries[one], funders[funder], share) for one, funder, share in shares]
    return sorted(found, key=lambda one: vocab.sort_key(one[1], current()))


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The records behind a sum, each with its part; the parts make up the sum to the cent."""
    question = asked(request.GET)
    found = shelf().payers(question.question, question.money)
    shown = [(identifier_of(number), cents) for number, cents in found[:200]]
    records = Record.objects.in_bulk([one for one, _cents in shown], field_name="identifier")
    about = [
        (LABELS.get(side, _("Kind of money")), labels(side, [value]).get(value, value))
        for side, value in question.where.items()
    ]
    page = {
        "asked": question,
        "entries": [(one, words(records[one].titles) if one in records else one, cents) for one, cents in shown],
        "total": sum(cents for _number, cents in found),
        "count": len(found),
        "about": about,
        "active": "gaps",
    }
    return public(render(request, "site/money-rows.html", page), request)
