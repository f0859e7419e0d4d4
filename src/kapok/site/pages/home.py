"""The front page and the registers: search, three doors, what closes soon, what is new, figures."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok import vocab
from kapok.formats.format import formats
from kapok.records.formats import ORDER
from kapok.site.gaps.asked import asked
from kapok.site.gaps.table import gap_count
from kapok.site.pages.counts import Counts, Figure, from_today, public

# What is worth telling on the front page when it is new; organisations come in with what they do.
TELLING = ("initiative", "opportunity", "course", "need", "resource")


SOME_THEMES = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where everybody comes in."""
    counts = Counts(request.user)
    page = {
        "figures": figures(counts),
        "themes": themes(counts),
        "gaps": gap_count(asked(QueryDict()).matrix()),
        "closing": counts.listed({"type": "opportunity", "window": "open"}, 5, "closing", (from_today("closes"),)),
        "newest": counts.listed({"type": TELLING}, 5),
        "news": counts.listed({"type": "news"}, 3),
        "no_search": True,
    }
    return public(render(request, "site/home.html", page), request)


def figures(counts: Counts) -> list[Figure]:
    """The counts on the front page."""
    return [
        counts.figure(_("initiatives"), {"type": "initiative"}),
        counts.figure(_("under way now"), {"type": "initiative", "status": "ongoing"}),
        counts.figure(_("open needs of countries"), {"type": "need", "need-state": "open"}),
        counts.figure(_("opportunities open now"), {"type": "opportunity", "window": "open"}),
        counts.figure(_("courses"), {"type": "course"}),
        counts.figure(_("resources in the library"), {"type": "resource"}),
    ]


def themes(counts: Counts) -> list[Figure]:
    """The themes on which most is registered, each the way to its list."""
    most = list(counts.tally("theme").items())[:SOME_THEMES]
    return [Figure(value, vocab.label("theme", one), counts.query({"theme": one})) for one, value in most]


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """All registers with what they hold."""
    counts = Counts(request.user)
    held = counts.tally("type")
    lines = [
        {"form": formats[code], "code": code, "count": held.get(code, 0), "query": counts.query({"type": code})}
        for code in ORDER
    ]
    return public(render(request, "site/registers.html", {"registers": lines}), request)
