"""What every page knows beside its own matter: language, menu, the person, and whether this is the demo."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import LANGUAGES, current, direction
from kapok.core.waiting import waiting
from kapok.site.find.away import is_away

# (key for `active`, words, path): the main menu, in the order in which people ask.
MENU = (
    ("support", _("Find support"), "/search?type=opportunity&type=course&type=initiative"),
    ("registers", _("Registers"), "/registers"),
    ("gaps", _("Gaps"), "/gaps"),
    ("countries", _("Countries"), "/countries"),
    ("organisations", _("Organisations"), "/organisations"),
    ("reports", _("National reports"), "/reports"),
    ("calendar", _("Calendar"), "/calendar"),
    ("help", _("Help"), "/help"),
)


def switch(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page, with its query, in each of the six languages."""
    path = getattr(request, "bare_path", request.path_info)
    asked = request.META.get("QUERY_STRING", "")
    here = current()
    return [
        {
            "tag": language.tag,
            "autonym": language.autonym,
            "direction": language.direction,
            "url": f"/{language.tag}{path}" + (f"?{asked}" if asked else ""),
            "current": language.tag == here,
        }
        for language in LANGUAGES.values()
    ]


def shell(request: HttpRequest) -> dict[str, Any]:
    """The names that `site/base.html` uses."""
    tag = current()
    viewer = getattr(request, "user", None)
    root = get_script_prefix().rstrip("/")
    return {
        "demo": settings.DEMO,
        "language": tag,
        "text_direction": direction(tag),
        "switch": switch(request),
        "menu": [(key, label, root + path) for key, label, path in MENU],
        "viewer": viewer,
        "waiting": cache(lambda: sum(count(viewer) for count in waiting)),
        "index_is_away": cache(is_away),
        "page_address": settings.ADDRESS + request.get_full_path(),
    }
