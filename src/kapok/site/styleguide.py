"""Every part of the look on one page, for those who build pages and for the tests; served only in debug and tests."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
    return render(request, "site/styleguide.html", context, using="jinja2")
