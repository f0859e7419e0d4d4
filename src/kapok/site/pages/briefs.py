"""The briefs of a country and of an organisation: gathered once, shown as a page, in Word and as PDF."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from markupsafe import Markup

from kapok import vocab
from kapok.core.languages import words
from kapok.documents import to_docx, to_pdf
from kapok.insight.briefs import Brief, Figure, Line, Section, crowded, document, gaps
from kapok.insight.counting import Question, Tally, shelf
from kapok.insight.counting.dimensions import NOWHERE
from kapok.insight.overlaps.queries import Asked, listed, with_records
from kapok.records.models import Record
from kapok.site import show
from kapok.site.find.results import Result
from kapok.site.jinja import to
from kapok.site.pages.counts import Counts, Listing, public
from kapok.site.pages.counts import Figure as Counted

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITERS = {"docx": (WORD, to_docx), "pdf": ("application/pdf", to_pdf)}
AT_WORK = ("ongoing", "planned")
FEW, NEEDS = 4, 6
TONGUE = re.compile(r'<small class="tongue">.*?</small>')


def answered(request: HttpRequest, brief: Brief, ending: str, name: str) -> HttpResponse:
    """The brief as a page or as a file."""
    if not ending:
        page = {"brief": brief, "active": name, "dated": name == "countries"}
        return public(render(request, "site/brief.html", page), request)
    if ending not in WRITERS:
        raise Http404
    kind, write = WRITERS[ending]
    response = HttpResponse(write(document(brief)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="kapok-{brief.back.rsplit("/", 1)[1]}.{ending}"'
    return public(response, request)


def of_country(counts: Counts, about: dict[str, Any], lists: dict[str, Any]) -> Brief:
    """One country: what it needs, what is missing, what is done, what doubles, whom to write to."""
    code, back = about["code"], f"/countries/{about['code']}"
    needed, helped = by_theme(counts, {"country": (code,)})
    needs = lists["needs"]
    now = counts.as_of is None
    return Brief(
        name=about["name"],
        title=_("%(name)s in brief") % {"name": about["name"]},
        facts=facts(about),
        figures=[figure(one) for one in lists["figures"]],
        sections=[
            Section(
                _("What it needs, in its own order"),
                [need_line(one, at) for at, one in enumerate(needs[:NEEDS], 1)],
                _("No need is registered yet."),
                max(0, len(needs) - NEEDS),
            ),
            gap_section(
                needed, helped, to(f"/gaps/row?row={code}") + (f"&as_of={counts.as_of}" if counts.as_of else "")
            ),
            of_listing(_("Initiatives under way"), lists["ongoing"], _("None is under way.")),
            of_listing(_("Planned"), lists["planned"]),
            overlap_section(Asked(country=code) if now else None, needed, helped),
            of_listing(_("Open to its people now"), lists["applying"], _("Nothing just now.") if now else ""),
            of_listing(_("Experts it nominated"), lists["experts"]),
            whom(about, lists["organisations"]),
        ],
        day=counts.as_of or date.today(),
        address=settings.ADDRESS + to(f"{back}/brief"),
        back=back,
        past=not now,
    )


def of_organisation(counts: Counts, about: dict[str, Any], held: dict[str, Any]) -> Brief:
    """One organisation: what it does and where, which needs near its work nobody meets, what doubles."""
    code, back = about["code"], f"/organisations/{about['code']}"
    roles = [figure(one["total"]) for one in held["roles"]] or [figure(held["total"])]
    kind = " · ".join(filter(None, [about["kind"], about["country_name"], code]))
    fitting = held["fitting"]
    return Brief(
        name=about["name"],
        title=_("%(name)s in brief") % {"name": about["name"]},
        facts=[kind],
        figures=[*roles, Figure(len(held["countries"]), _("Countries"))],
        sections=[
            of_listing(_("Initiatives under way"), held["ongoing"], _("None is under way.")),
            of_listing(_("Planned"), held["planned"]),
            Section(_("Themes"), [Line(one.label, show.number(one.value)) for one in held["themes"][:FEW]]),
            Section(
                _("Open needs that fit"),
                [fitting_line(one.match.need) for one in fitting["lines"]],
                _("Nothing just now."),
                fitting["total"] - len(fitting["lines"]),
            ),
            places_without(counts, held),
            overlap_section(Asked(organisation=code), {}, {}),
            of_listing(_("Open for applications"), held["applying"]),
            Section(
                _("Works with"),
                [Line(one["figure"].label, show.number(one["figure"].value)) for one in held["partners"][:FEW]],
                more=max(0, len(held["partners"]) - FEW),
            ),
            Section(
                _("Whom to write to"),
                [Line(about["name"], about["web"] or settings.ADDRESS + to(back), url=to(f"/bodies/{code}/letter"))],
            ),
        ],
        day=date.today(),
        address=settings.ADDRESS + to(f"{back}/brief"),
        back=back,
    )


def facts(about: dict[str, Any]) -> list[str]:
    """The groups of a country, each with the day since when."""
    said = [
        f"{one['label']} ({_('since %(day)s') % {'day': one['since']}})" if one["since"] else one["label"]
        for one in about["groups"]
    ]
    return said if about["is_party"] else [*said, _("Not a Party to the Cartagena Protocol")]


def figure(counted: Counted) -> Figure:
    """A count of a page as a figure of a brief."""
    return Figure(counted.value, counted.label, to(f"/search{counted.query}"))


def by_theme(counts: Counts, filters: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, int], dict[str, int]]:
    """Open needs, and initiatives under way or planned, by theme, as the matrix counts them on the day of the brief."""
    matrix = shelf().matrix(Question(filters=filters, as_of=counts.as_of))
    return of_tallies(matrix.by_col)


def of_tallies(tallies: Mapping[str, Tally]) -> tuple[dict[str, int], dict[str, int]]:
    """Needs and support by value."""
    named = {one: tally for one, tally in tallies.items() if one != NOWHERE}
    return {one: tally.needs for one, tally in named.items() if tally.needs}, {
        one: tally.active for one, tally in named.items() if tally.active
    }


def gap_section(needed: dict[str, int], helped: dict[str, int], row: str) -> Section:
    """The themes with a need and no support; each leads to the row of the matrix."""
    found = gaps(needed, helped)
    return Section(
        _("Gaps: needs that no initiative under way or planned takes up"),
        [Line(vocab.label("theme", one.term), show.number(one.needs), url=row) for one in found[:FEW]],
        _("None: each theme with an open need has an initiative.") if needed else "",
        max(0, len(found) - FEW),
    )


def overlap_section(asked: Asked | None, needed: dict[str, int], helped: dict[str, int]) -> Section:
    """Pairs of initiatives that come near each other now, and themes on which many are at work on the day."""
    found = listed(None, asked) if asked else None
    pairs, count = ([], 0) if found is None else (with_records(found[:FEW]), found.count())
    held = [
        Line(
            f"{words(one.first.titles)} ↔ {words(one.second.titles)}",
            str(one.get_kind_display()),
            url=to(f"/overlaps/{one.first.identifier}/with/{one.second.identifier}"),
        )
        for one in pairs
    ]
    busy = [
        Line(vocab.label("theme", one.term), _("%(count)s at once") % {"count": show.number(one.support)})
        for one in crowded(needed, helped)[: FEW - 1]
    ]
    return Section(_("Overlaps: who could work together"), [*held, *busy], more=max(0, count - FEW))


def places_without(counts: Counts, held: dict[str, Any]) -> Section:
    """Countries with open needs on the themes of an organisation where nobody is at work on them."""
    themes = held["main_themes"]
    if not themes:
        return Section("", [])
    needs, support = of_tallies(shelf().matrix(Question(filters={"theme": tuple(themes)}, as_of=counts.as_of)).by_row)
    found = gaps(needs, support)
    return Section(
        _("Gaps: countries with needs on its main themes and no initiative"),
        [
            Line(vocab.label("country", one.term), show.number(one.needs), url=to(f"/gaps/row?row={one.term}"))
            for one in found[:NEEDS]
        ],
        _("None: each such country has an initiative.") if needs else "",
        max(0, len(found) - NEEDS),
    )


def whom(about: dict[str, Any], organisations: Listing) -> Section:
    """The focal point, by the address of its letter box, and the bodies at work."""
    found = [Line(bare(one), one.identifier, url=one.address) for one in organisations.results]
    if about["focal_points"]:
        letter = to(f"/bodies/{about['code']}/letter")
        said = _("Focal point of %(name)s") % {"name": about["name"]}
        found.insert(0, Line(said, settings.ADDRESS + letter, url=letter))
    return Section(
        _("Whom to write to"),
        found,
        _("No focal point is designated here yet. The Secretariat designates one on a letter of the government."),
        organisations.total - len(organisations.results),
    )


def need_line(one: Result, at: int) -> Line:
    """A need with its rank and its state."""
    rank = int(one.extra.get("rank") or at)
    return Line(bare(one), " · ".join(label for _kind, label in one.badges), rank, one.address)


def fitting_line(need: Record) -> Line:
    """A need with the government that has it."""
    return Line(words(need.titles), need.owner.label() if need.owner else "")


def bare(one: Result) -> str:
    """The title of a result alone, without the mark of its language."""
    return str(Markup(TONGUE.sub("", one.title)).striptags())  # noqa: S704 - it was escaped, and becomes plain text


def of_listing(title: str, listing: Listing, otherwise: str = "") -> Section:
    """The first few of a list."""
    found = [Line(bare(one), " · ".join([one.identifier, *one.meta[-1:]]), url=one.address) for one in listing.results]
    return Section(title, found, otherwise, listing.total - len(found))
