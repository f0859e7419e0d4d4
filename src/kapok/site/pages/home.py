"""The front page: search, three doors, what closes soon, what is new, and figures that open their lists."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok.formats.format import formats
from kapok.site.pages.counts import Figure, figure, from_today, listed, tally

ORDER = ("initiative", "opportunity", "course", "need", "organisation", "resource", "expert", "news")


def public(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Let a page for visitors be kept in front of Django."""
    if not request.user.is_authenticated:
        response["Kapok-Cache"] = "public"
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where everybody comes in."""
    who = request.user
    page = {
        "figures": figures(request),
        "closing": listed(who, 5, "closing", (from_today("closes"),), type="opportunity"),
        "newest": listed(who, 6, "newest"),
        "news": listed(who, 3, "newest", type="news"),
        "no_search": True,
    }
    return public(render(request, "site/home.html", page), request)


def figures(request: HttpRequest) -> list[Figure]:
    """The counts on the front page."""
    who = request.user
    return [
        figure(who, _("initiatives"), type="initiative"),
        figure(who, _("under way now"), type="initiative", status="ongoing"),
        figure(who, _("open needs of countries"), type="need", **{"need-state": "open"}),
        figure(who, _("opportunities open now"), type="opportunity", window="open"),
        figure(who, _("courses"), type="course"),
        figure(who, _("resources in the library"), type="resource"),
    ]


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """All registers with what they hold."""
    counts = tally(request.user, "type")
    lines = [{"form": formats[code], "code": code, "count": counts.get(code, 0)} for code in ORDER]
    return public(render(request, "site/registers.html", {"registers": lines}), request)
