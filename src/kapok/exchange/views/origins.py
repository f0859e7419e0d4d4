"""The page that tells where each answer of a record comes from, and the line on the record that leads to it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kapok.core.languages import current
from kapok.core.shortening import shorten
from kapok.exchange.importing.access import imports_visible_to
from kapok.exchange.models import Import, Row
from kapok.exchange.origins import Origin, origins, pages, tellings
from kapok.people.models import Person
from kapok.records.besides import Beside
from kapok.records.models import Record
from kapok.records.views.history import open_history
from kapok.records.views.parts import about

LONGEST = 160
MOST_IMPORTS = 20


@require_safe
def of_record(request: HttpRequest, identifier: str) -> HttpResponse:
    """Field by field: who told it, since when it stands, who says otherwise."""
    record, insider = open_history(request, identifier)
    said = tellings(record.pk)
    lines = [line(one) for one in origins(record, said)]
    facts: dict[str, Any] = {
        "insider": insider,
        "lines": lines,
        "tellings": said,
        "pages": pages(said),
        "disagreeing": sum(bool(one["otherwise"]) for one in lines),
        "imports": imports_of(request, record),
    }
    return render(request, "exchange/origins.html", about(request, record, "history", **facts))


def line(one: Origin) -> dict[str, Any]:
    """One field in words."""
    return {
        "label": one.kind.label,
        "value": words(one, one.value),
        "since": one.since,
        "told": one.told,
        "otherwise": [(said, words(one, said.value)) for said in one.otherwise],
    }


def words(one: Origin, value: Any) -> str:
    """A value in words, cut where it is long."""
    return shorten(one.kind.show(value, current()), LONGEST) if not one.kind.is_empty(value) else ""


def imports_of(request: HttpRequest, record: Record) -> list[Import]:
    """The imports that brought or changed it, as far as this person may see them."""
    if not isinstance(request.user, Person):
        return []
    rows = Row.objects.filter(result=record).exclude(applied_at=None).values("imported")
    return list(imports_visible_to(request.user).filter(pk__in=rows).order_by("-pk")[:MOST_IMPORTS])


def on_page(request: HttpRequest, record: Record) -> Beside | None:
    """On the record itself: how many sources tell of it, and how many of its answers they doubt."""
    said = tellings(record.pk)
    if not said:
        return None
    doubted = sum(bool(one.otherwise) for one in origins(record, said))
    gone = all(telling.gone_at for telling in said)
    facts = {"record": record, "sources": len(said), "doubted": doubted, "gone": gone}
    return Beside("exchange/parts/origins.html", facts)
