"""All organisations from A to Z, and the portfolio of one: what it does, with whom, and what it could do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok import vocab
from kapok.core.languages import words
from kapok.insight.matches import finding
from kapok.insight.matches.queries import lines
from kapok.records.models import Record, Stage
from kapok.records.queries import survivor
from kapok.site import errors
from kapok.site.find.asked import whole
from kapok.site.find.facets import facets
from kapok.site.find.results import result
from kapok.site.pages import briefs
from kapok.site.pages.counts import Counts, Figure, Filters, public

PER_PAGE = 60
ROLES = ("lead", "funder", "implementing", "partner", "country-driven-by", "other")
PAST = ("completed", "cancelled", "suspended", "unknown")


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The list from A to Z."""
    counts = Counts(request.user)
    letters = alphabet(counts)
    letter = request.GET.get("initial", "")[:2]
    kinds = {one.id: one.label for one in vocab.choices("organisation-kind")}
    kind = request.GET.get("kind", "")
    filters: dict[str, Any] = {"type": "organisation"}
    if letter in letters:
        filters["initial"] = f"{counts.language}:{letter}"
    if kind in kinds:
        filters["organisation-kind"] = kind
    answer = counts.ask(filters, most=PER_PAGE, page=whole(request.GET.get("page"), 1, 10_000), sort="title")
    found = [result(hit, counts.language) for hit in answer.hits]
    parts = counts.tally("organisation", {"type": "initiative"}, keep=tuple(one.identifier for one in found))
    page = {
        "lines": [(one, parts.get(one.identifier, 0), part_query(counts, one.identifier)) for one in found],
        "total": answer.total,
        "page": answer.page,
        "pages": -(-answer.total // PER_PAGE),
        "letters": letters,
        "letter": letter if letter in letters else "",
        "kinds": counts.figures("organisation-kind", kinds, {"type": "organisation"}),
        "kind": kinds.get(kind, ""),
        "active": "organisations",
    }
    return public(render(request, "site/organisations.html", page), request)


def alphabet(counts: Counts) -> dict[str, int]:
    """The letters under which organisations stand in the reader's language, each with how many."""
    held = counts.tally("initial", {"type": "organisation"})
    mine = {one.partition(":")[2]: count for one, count in held.items() if one.startswith(f"{counts.language}:")}
    return dict(sorted(mine.items(), key=lambda pair: (pair[0] == "#", pair[0])))


def part_query(counts: Counts, identifier: str) -> str:
    """The list of the initiatives in which an organisation takes part."""
    return counts.query({"type": "initiative", "organisation": identifier})


@require_safe
def organisation(request: HttpRequest, identifier: str, brief: bool = False, ending: str = "") -> HttpResponse:
    """The portfolio of one organisation, on a page, or as a brief to print or to take along."""
    record = Record.objects.select_related("merged_into").filter(identifier=identifier.upper()).first()
    known = survivor(record) if record else None
    if known is None or known.format != "organisation" or known.stage != Stage.PUBLISHED:
        return unknown(request, identifier)
    if known.identifier != identifier:
        name = "pages:organisation-brief" if brief else "pages:organisation"
        return HttpResponsePermanentRedirect(reverse(name, args=[known.identifier]))
    counts = Counts(request.user)
    said, held = about(known), portfolio(counts, known, brief)
    if brief:
        return briefs.answered(request, briefs.of_organisation(counts, said, held), ending, "organisations")
    return public(render(request, "site/organisation.html", {**said, **held, "active": "organisations"}), request)


def unknown(request: HttpRequest, identifier: str) -> HttpResponse:
    """No organisation has this identifier."""
    return errors.page(
        request,
        404,
        _("No organisation has the identifier “%(identifier)s”") % {"identifier": identifier[:40]},
        _("Organisations have identifiers such as ORG-000012. It may have been withdrawn, or not be published yet."),
        advice=_("Choose it from the list of organisations, or search for it here:"),
    )


def about(record: Record) -> dict[str, Any]:
    """What the record says of the organisation itself."""
    said = record.values
    return {
        "record": record,
        "code": record.identifier,
        "names": record.titles,
        "name": words(record.titles),
        "kind": vocab.label("organisation-kind", said.get("kind", "")),
        "country": said.get("country", ""),
        "country_name": vocab.label("country", said.get("country", "")),
        "acronym": said.get("acronym", ""),
        "text": said.get("about"),
        "web": said.get("web", ""),
    }


def portfolio(counts: Counts, record: Record, brief: bool) -> dict[str, Any]:
    """All it takes part in, from the index."""
    code, few = record.identifier, 4 if brief else 5
    whole_: Filters = {"type": "initiative", "organisation": code}
    wanted = ("status", "country", "theme", "method")
    tallies = {name: dict(pairs) for name, pairs in counts.ask(whole_, facets=wanted).facets.items()}
    return {
        "total": counts.figure(_("initiatives"), whole_),
        "roles": roles(counts, code),
        "ongoing": counts.listed({**whole_, "status": "ongoing"}, few),
        "planned": counts.listed({**whole_, "status": "planned"}, few),
        "past": counts.listed({**whole_, "status": PAST}, few),
        "statuses": named(counts, "status", tallies["status"], whole_),
        "countries": named(counts, "country", tallies["country"], whole_),
        "themes": named(counts, "theme", tallies["theme"], whole_),
        "main_themes": tuple(tallies["theme"])[:3],
        "partners": partners(counts, code),
        "reports": reports(counts, code),
        "applying": counts.listed({"type": ("opportunity", "course"), "organisation": code, "window": "open"}, few),
        "resources": counts.listed({"type": "resource", "organisation": code}, few),
        "fitting": fitting(record, few),
        "everything": counts.query({"organisation": code}),
    }


def roles(counts: Counts, code: str) -> list[dict[str, Any]]:
    """For each role it has: how many initiatives, by status."""
    statuses = {one.id: one.label for one in vocab.choices("status")}
    found = []
    for role in ROLES:
        filters: Filters = {"type": "initiative", "role": f"{role}|{code}"}
        figures = counts.figures("status", statuses, filters)
        if figures:
            total = Figure(
                sum(one.value for one in figures), vocab.label("organisation-role", role), counts.query(filters)
            )
            found.append({"total": total, "figures": figures})
    return found


def named(counts: Counts, facet: str, tally: dict[str, int], filters: Filters, most: int = 60) -> list[Figure]:
    """The commonest values of a facet as figures, the largest first."""
    ids = list(tally)[:most]
    labels = facets()[facet].named(ids, counts.language)
    return [Figure(tally[one], labels[one], counts.query({**filters, facet: one})) for one in ids]


def partners(counts: Counts, code: str) -> list[dict[str, Any]]:
    """The organisations beside it in its initiatives, with how many they share."""
    shared: Filters = {"type": "initiative", "role": tuple(f"{role}|{code}" for role in ROLES)}
    tally = counts.tally("organisation", shared)
    tally.pop(code, None)
    ids = list(tally)[:40]
    labels = facets()["organisation"].named(ids, counts.language)
    return [
        {
            "code": one,
            "figure": Figure(tally[one], labels[one], counts.query({**shared, "organisation": one})),
        }
        for one in ids
    ]


def reports(counts: Counts, code: str) -> dict[str, Any]:
    """How many of the initiatives that it led and that have ended left a report, and those that could still."""
    ended: dict[str, Any] = {"type": "initiative", "role": f"lead|{code}", "status": "completed"}
    return {
        "ended": counts.figure(_("ended initiatives"), ended),
        "given": counts.figure(_("with a report"), {**ended, "reported": "yes"}),
        "missing": counts.listed({**ended, "reported": "no"}, 5),
    }


def fitting(record: Record, few: int) -> dict[str, Any]:
    """Unmet needs that fit its themes, places and kinds of help, each with its reasons."""
    found = finding.fitting_needs(record)
    return {"lines": lines(finding.needs_of(record, found[:few])), "total": len(found)}
