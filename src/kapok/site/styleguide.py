"""Every part of the look on one page, for those who build pages and for the tests; served only in debug and tests."""

import datetime as dt
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kapok.charts import Drawing, Point, Series, bars, heat, lines
from kapok.site import show

TEXT = {"en": "Training of trainers in detection", "fr": "Formation de formateurs en détection", "ar": "تدريب المدربين"}
ONLY_RUSSIAN = {"ru": "Семинар по оценке рисков"}


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all parts with sample matter; `?show=errors` shows a form that was refused."""
    if "message" in request.GET:
        messages.success(request, "The record is published.")
    countries = [(code, name) for code, name in sorted(show.locale().territories.items()) if code.isalpha()][:60]
    context = {
        "text": TEXT,
        "only_russian": ONLY_RUSSIAN,
        "when": dt.datetime(2026, 11, 3, 14, 5, tzinfo=dt.UTC),
        "day": dt.date(2026, 11, 3),
        "countries": countries,
        "snippet": show.highlight(TEXT["en"] + " of living modified organisms in grain shipments", [(0, 8), (24, 33)]),
        "prose": show.markdown(
            "## A heading\n\nSome *words* and a [link](https://example.org/a/long/address).\n\n- one\n- two"
        ),
        "errors": [("id_title", "Give the record a title."), ("id_kind", "Choose what kind it is.")]
        if request.GET.get("show") == "errors"
        else [],
        "country_facets": [
            {"label": name, "count": 90 - 7 * at, "url": f"?country={code}", "chosen": at == 1}
            for at, (code, name) in enumerate(countries[:12])
        ],
    }
    context["drawings"] = drawings()
    return render(request, "site/styleguide.html", context, using="jinja2")


def drawings() -> list[Drawing]:
    """A chart of each kind, with sample figures."""
    themes = ["Risk assessment", "Detection and identification of living modified organisms", "Public awareness"]
    states = {
        "gap": "Gap: a need and no support",
        "covered": "Covered",
        "crowded": "Crowded",
        "unstated": "No need filed",
    }
    needs = sample("Open needs", themes, [128, 87, None])
    support = sample("Initiatives", themes, [44, 91, 12])
    years = [str(year) for year in range(2003, 2013)]
    grants = sample("Grants", years, [33, 40, 34, 17, 8, 12, None, 5, 6, 9])
    shares = sample("Co-financing", years, [3, 10, 24, 37, 38, 2, 13, 25, 16, 9])
    rows = [
        Series(name, name, [replace(point, state=state) for point, state in zip(row.points, states, strict=False)])
        for name, row in (("Kenya", needs), ("Peru", support))
    ]
    return [
        bars("Needs by theme", [needs]),
        bars("Needs and support by theme", [needs, support]),
        bars("All records by theme", [needs, support], stacked=True),
        lines("Money by year", [grants], unit="USD m"),
        lines("Kinds of money by year", [grants, shares], unit="USD m"),
        heat("Gaps", rows, states=states),
    ]


def sample(name: str, labels: list[str], figures: list[int | None]) -> Series:
    """Sample figures in a series whose points open a search."""
    return Series(
        name,
        name,
        [
            Point(one, one, figure, f"/search?q={at}")
            for at, (one, figure) in enumerate(zip(labels, figures, strict=True))
        ],
    )
