"""The page that prints who may do what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kapok.people import rights

# Rooms whose acts are listed, in the words of a reader; a room not named here is shown by its own name.
ROOMS = {
    "records": _("Records"),
    "people": _("People and roles"),
    "insight": _("Gaps, overlaps and matches"),
    "surveys": _("National reports"),
    "exchange": _("Bringing in and taking along"),
    "files": _("Files"),
    "search": _("Search"),
    "workflow": _("Workflow"),
    "mail": _("Letters"),
    "site": _("The site"),
    "desk": _("The Secretariat's desk"),
}


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """A table of verbs and roles, asked of the rules themselves."""
    heads = [label for _column, label, _make in rights.COLUMNS]
    order = list(ROOMS)
    rooms = sorted(rights.table(), key=lambda room: order.index(room[0]) if room[0] in order else len(order))
    page = {"heads": heads, "rooms": rooms, "room_labels": ROOMS, "cells": rights.CELLS, "wide": True}
    return render(request, "people/rules.html", page)
