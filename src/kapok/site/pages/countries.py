"""All countries with their figures, and the page of one: what it needs, who is there, what its people may apply for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok import vocab
from kapok.charts.locator import locator
from kapok.core.languages import current
from kapok.people.models import Designation, Role
from kapok.site import errors, show
from kapok.site.find.asked import asked as search
from kapok.site.find.results import Result, result
from kapok.site.pages import briefs
from kapok.site.pages.counts import Counts, Figure, Filters, public
from kapok.vocab.terms import Term

OPEN_NEED: Filters = {"type": "need", "need-state": "open"}
PAST = ("completed", "cancelled", "suspended", "unknown")
# No country's own list of needs is longer in practice; what would be beyond is found by search.
ALL_NEEDS = 100


@dataclass(frozen=True, slots=True)
class Column:
    """A figure in the table of countries: its filters, and the facet that tells the country."""

    name: str
    label: str
    filters: Filters
    facet: str = "country"

    def of(self, country: str) -> Filters:
        """The filters of the list behind the figure of one country."""
        return {**self.filters, self.facet: (country, "all") if self.facet == "open-to" else country}


@dataclass(frozen=True, slots=True)
class Line:
    """A country with its figures."""

    code: str
    label: str
    figures: list[Figure]


def columns() -> list[Column]:
    """What is counted for each country."""
    return [
        Column("needs", _("Open needs"), OPEN_NEED),
        Column("now", _("Initiatives now"), {"type": "initiative", "status": "ongoing"}),
        Column("initiatives", _("All initiatives"), {"type": "initiative"}),
        Column("open", _("Can apply for now"), {"type": "opportunity", "window": "open"}, "open-to"),
        Column("experts", _("Experts"), {"type": "expert"}),
        Column("resources", _("Resources"), {"type": "resource"}),
    ]


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """Every country with what is registered for it."""
    group = request.GET.get("group", "")
    known = vocab.term("group", group)
    members = set(vocab.members(group)) if known else None
    counts, shown = Counts(request.user), columns()
    lines = table(counts, shown, members)
    order = request.GET.get("sort", "")
    at = next((number for number, column in enumerate(shown) if column.name == order), None)
    if at is not None:
        place = at
        lines.sort(key=lambda line: -line.figures[place].value)
    page = {
        "lines": lines,
        "columns": shown,
        "order": order if at is not None else "",
        "group": group if known else "",
        "group_name": vocab.group_label(group) if known else "",
        "groups": [(one.id, one.label) for one in vocab.choices("group")],
        "active": "countries",
    }
    return public(render(request, "site/countries.html", page), request)


def table(counts: Counts, shown: list[Column], members: set[str] | None) -> list[Line]:
    """The figures of the countries, in the alphabetical order of the reader's language."""
    tallies = [counts.tally(column.facet, column.filters) for column in shown]
    return [
        Line(
            one.id,
            one.label,
            [
                Figure(
                    tally.get(one.id, 0) + (tally.get("all", 0) if column.facet == "open-to" else 0),
                    column.label,
                    counts.query(column.of(one.id)),
                )
                for column, tally in zip(shown, tallies, strict=True)
            ],
        )
        for one in vocab.countries(counts.language)
        if members is None or one.id in members
    ]


@require_safe
def country(request: HttpRequest, code: str, brief: bool = False, ending: str = "") -> HttpResponse:
    """One country, on a page, or as a brief to print or to take along."""
    found = vocab.find("country", code.replace("-", " ").replace("_", " "), current())
    if found is None:
        return unknown(request, code)
    if found.id != code:
        return HttpResponsePermanentRedirect(reverse("pages:brief" if brief else "pages:country", args=[found.id]))
    day = search(request.GET).as_of if brief else None
    counts, known = Counts(request.user, day), about(found, day or date.today())
    if brief:
        made = briefs.of_country(counts, known, lists(counts, found.id, brief))
        return briefs.answered(request, made, ending, "countries")
    page = {
        **known,
        **lists(counts, found.id, brief),
        "active": "countries",
        "locator": locator(found.id, found.label()),
    }
    return public(render(request, "site/country.html", page), request)


def unknown(request: HttpRequest, code: str) -> HttpResponse:
    """No country is called so."""
    return errors.page(
        request,
        404,
        _("No country is called “%(code)s”") % {"code": code[:40]},
        _("Countries are called by the three letters of ISO 3166, such as KEN, or by their name in any language."),
        advice=_("Choose it from the list of countries, or search for it here:"),
    )


def about(term: Term, day: date) -> dict[str, Any]:
    """What is known of the country itself, as of a day."""
    groups = vocab.groups_of(term.id, day)
    since = {"cpb-parties": "cpb_entry_into_force", "ldc": "ldc_since"}
    return {
        "code": term.id,
        "name": term.label(),
        "groups": [
            {
                "id": one,
                "label": _("Party to the Cartagena Protocol") if one == "cpb-parties" else vocab.group_label(one),
                "since": show.date(term.facts.get(since.get(one, ""), "")),
            }
            for one in groups
        ],
        "is_party": "cpb-parties" in groups,
        "focal_points": focal_points(term.id).count(),
    }


def focal_points(code: str) -> Any:
    """The designations in force of the focal points of a government."""
    held = Designation.objects.in_force().filter(role=Role.FOCAL_POINT, body__code=code, person__is_active=True)
    return held.select_related("person", "body")


def lists(counts: Counts, code: str, brief: bool) -> dict[str, Any]:
    """What is registered for the country, by what a reader would do with it."""
    few = 4 if brief else 5
    initiatives: Filters = {"type": "initiative", "country": code}
    applying: Filters = {"type": "opportunity", "window": "open", "open-to": (code, "all")}
    statuses = {one.id: one.label for one in vocab.choices("status")}
    marks = {one.id: one.label for one in vocab.choices("freshness")}
    return {
        "figures": [Figure(counts.ask(one.of(code)).total, one.label, counts.query(one.of(code))) for one in columns()],
        "needs": needs(counts, code),
        "needs_query": counts.query({"type": "need", "country": code}),
        "ongoing": counts.listed({**initiatives, "status": "ongoing"}, few),
        "planned": counts.listed({**initiatives, "status": "planned"}, few),
        "past": counts.listed({**initiatives, "status": PAST}, few),
        "statuses": counts.figures("status", statuses, initiatives),
        "applying": counts.listed(applying, few, "closing"),
        "courses": counts.listed({"type": "course", "country": code}, few),
        "experts": counts.listed({"type": "expert", "country": code}, few, "title"),
        "resources": counts.listed({"type": "resource", "country": code}, few),
        "organisations": counts.listed({"type": "organisation", "country": code}, few, "title"),
        "freshness": counts.figures("freshness", marks, {"country": code}),
        "everything": counts.query({"country": code}),
    }


def needs(counts: Counts, code: str) -> list[Result]:
    """The needs of the country in the order that it gave them itself."""
    answer = counts.ask({"type": "need", "country": code}, most=ALL_NEEDS)
    ranked = sorted(answer.hits, key=lambda hit: (hit.extra.get("rank") or ALL_NEEDS * 10, str(hit.extra.get("id"))))
    return [result(hit, counts.language) for hit in ranked]
