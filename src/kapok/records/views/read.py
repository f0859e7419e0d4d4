"""A record before the public: its page, its data, its files."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kapok.core.cache import public
from kapok.core.languages import current
from kapok.core.verbs import may
from kapok.formats.format import by_prefix, format_of
from kapok.formats.kinds import knowing
from kapok.people.access import tokens
from kapok.records import access, besides, verbs
from kapok.records.letters import addresses
from kapok.records.linked import script
from kapok.records.models import Record, Stage
from kapok.records.payload import address_of, payload
from kapok.records.queries import known_as, merged_into, open_to_visitors, pointing_to, survivor
from kapok.records.showing import bibtex, blocks, citation, sums, targets
from kapok.records.views.parts import open_record, page, see_trail
from kapok.search import index

SIMILAR = 4
DAYS = ("opens", "closes", "starts", "ends")


@public
@require_safe
def read(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The page of a record, or where it went."""
    if identifier != identifier.upper():
        return redirect("records:read", identifier.upper())
    record = to_read(request, identifier)
    if record is None:
        return missing(request, identifier)
    if record.stage == Stage.MERGED:
        return redirect(survivor(record), permanent=True)
    if record.stage == Stage.WITHDRAWN:
        return page(request, "withdrawn", record, "read", status=410, **acts(request, record))
    if record.stage == Stage.UNPUBLISHED:
        return redirect("records:draft" if record.working else "records:history", identifier)
    return published(request, record)


def to_read(request: HttpRequest, identifier: str) -> Record | None:
    """The record, if this person may open it."""
    if request.user.is_authenticated:
        return access.visible_to(request.user).filter(identifier=identifier).first()
    return next(iter(open_to_visitors(identifier)), None)


def published(request: HttpRequest, record: Record) -> HttpResponse:
    """The page itself. The records it names are looked up once for all that stands on it."""
    with knowing(target for _field, target in record.form.references(record.values)):
        return whole(request, record)


def whole(request: HttpRequest, record: Record) -> HttpResponse:
    """All that stands on the page."""
    values = record.form.public(record.values)
    refs = targets(record.form, values)
    address = address_of(record)
    return page(
        request,
        "read",
        record,
        "read",
        blocks=blocks(record.form, values),
        refs=refs,
        files=reverse("records:file", args=[record.identifier, "x"])[:-1],
        sums=sums(values.get("budget", [])),
        summary=summary(record),
        referring=referring(record),
        similar=similar(request, record),
        besides=besides.of_page(request, record),
        citation=citation(record, address),
        bibtex=bibtex(record, address),
        address=address,
        linked=script(record),
        has_letter=bool(addresses(record)),
        insider=request.user.is_authenticated and see_trail(request, record),
        **acts(request, record),
    )


def acts(request: HttpRequest, record: Record) -> dict[str, Any]:
    """What this person may do with the published record."""
    names = ("revise", "confirm", "withdraw", "restore", "merge", "write")
    who = request.user
    if not who.is_authenticated:
        return {"may": dict.fromkeys([*names, "duplicate"], False)}
    return {"may": {**{name: may(who, getattr(verbs, name), record) for name in names}, "duplicate": True}}


def summary(record: Record) -> dict[str, Any]:
    """The facts for the box beside the text."""
    form, values = record.form, record.values
    days = form.days(values)
    # A day that was given as a month or a year is shown as it was given.
    return {
        "days": {name: values.get(name) or days[name] for name in DAYS if days.get(name)},
        "languages": form.languages(values),
        "aliases": known_as(record.pk),
    }


def referring(record: Record) -> list[tuple[str, list[Record]]]:
    """The published records that point to this one or to one merged into it, by type."""
    found = pointing_to([record.pk, *merged_into(record.pk)], record.pk)
    return [(str(format_of(code).plural), list(group)) for code, group in groupby(found, lambda one: one.format)]


def similar(request: HttpRequest, record: Record) -> list[Any]:
    """Records like this one; none while the index is away."""
    viewer = tokens(request.user)
    return index.similar(key=record.reference, viewer=viewer, kind=record.format, language=current(), limit=SIMILAR)


def missing(request: HttpRequest, identifier: str) -> HttpResponse:
    """404 that tells what an identifier looks like, and what could be meant."""
    form = by_prefix(identifier)
    facts = {"identifier": identifier[:40], "form": form, "no_search": True}
    return render(request, "records/missing.html", facts, status=404)


@public
@require_safe
def data(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The record as JSON, the same as the API gives."""
    record = open_record(request, identifier)
    if not record.number:
        raise Http404(identifier)
    return JsonResponse(payload(record, request.user), json_dumps_params={"ensure_ascii": False, "indent": 1})
