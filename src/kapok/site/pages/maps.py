"""What is registered for each country as a map or a grid of tiles, with the same figures as the table of countries."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok import vocab
from kapok.charts import Drawing, Point, tiles, world
from kapok.charts.downloads import FILES, as_file
from kapok.site.jinja import to
from kapok.site.pages.countries import Column, columns
from kapok.site.pages.counts import Counts, public

# The European Union is a Party, but no place on a map of States.
NOT_DRAWN = {"EUR"}
KINDS = {"map": world, "tiles": tiles}


@require_safe
def countries_map(request: HttpRequest, ending: str = "") -> HttpResponse:
    """The map, on a page or as a file."""
    chosen = chosen_column(request.GET.get("show", ""))
    kind = request.GET.get("as", "map")
    kind = kind if kind in KINDS else "map"
    drawing = drawn(Counts(request.user), chosen, kind)
    if ending:
        if ending not in FILES:
            raise Http404
        return public(as_file(drawing, ending, f"kapok-countries-{chosen.name}"), request)
    page = {
        "drawing": drawing,
        "columns": columns(),
        "chosen": chosen,
        "kind": kind,
        "active": "countries",
    }
    return public(render(request, "site/countries-map.html", page), request)


def chosen_column(name: str) -> Column:
    """The column of the table that is drawn; initiatives when none is named."""
    shown = {column.name: column for column in columns()}
    return shown.get(name, shown["initiatives"])


def drawn(counts: Counts, column: Column, kind: str) -> Drawing:
    """The map of one column; each country opens its page."""
    tally = counts.tally(column.facet, column.filters)
    everywhere = tally.get("all", 0) if column.facet == "open-to" else 0
    points = [
        Point(one.id, one.label, tally.get(one.id, 0) + everywhere, to(f"/countries/{one.id}"))
        for one in vocab.countries(counts.language)
        if one.id not in NOT_DRAWN
    ]
    return KINDS[kind](_("%(what)s by country") % {"what": column.label}, points, head=_("Country"))
