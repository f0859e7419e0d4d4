"""What a record was before: its versions, what differs between them, and what was done to it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kapok.core import trail
from kapok.core.cache import public
from kapok.core.languages import current
from kapok.core.models import Entry
from kapok.core.verbs import label_of, may
from kapok.formats.differences import differences
from kapok.formats.format import shown
from kapok.formats.kinds import knowing
from kapok.records import verbs
from kapok.records.models import Record, Stage, Version
from kapok.records.showing import blocks, sums, targets
from kapok.records.verbs.bin import discarded
from kapok.records.views.parts import open_record, page, person_of, see_trail
from kapok.records.views.review import rows

MOST = 200


def open_history(request: HttpRequest, identifier: str) -> tuple[Record, bool]:
    """A record whose past this person may read, and whether as one of its people."""
    record = open_record(request, identifier)
    insider = see_trail(request, record)
    if not insider and record.stage != Stage.PUBLISHED:
        raise Http404(identifier)
    return record, insider


@public
@require_safe
def history(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """All versions; for the people of the record also who did what."""
    record, insider = open_history(request, identifier)
    versions = list(record.versions.select_related("by")) if record.number else []
    more: dict[str, Any] = {
        "insider": insider,
        "versions": versions,
        "entries": [line(entry) for entry in trail.about(record)[:MOST]] if insider else [],
        "may_revise": may(request.user, verbs.return_version, record),
        "may": {name: may(request.user, getattr(verbs, name), record) for name in ("unmerge", "restore")},
        "bin": discarded(record) if insider and record.working is None else None,
    }
    return page(request, "history", record, "history", **more)


def line(entry: Entry) -> dict[str, Any]:
    """One act of the trail in words."""
    details = entry.details
    note = details.get("reason") or details.get("note") or ""
    who = entry.by.label if entry.by else (_("Kapok itself") if entry.capacity == "system" else _("A former member"))
    return {"what": label_of(entry.verb), "who": who, "when": entry.at, "note": note}


def version_of(record: Record, number: int) -> Version:
    """One version of a record, or 404."""
    found = record.versions.filter(number=number).first()
    if found is None:
        raise Http404(str(number))
    return found


@public
@require_safe
def version(request: HttpRequest, identifier: str, number: int) -> HttpResponseBase:
    """What was published once, as it was."""
    record, insider = open_history(request, identifier)
    found = version_of(record, number)
    values = record.form.public(found.values)
    more: dict[str, Any] = {
        "version": found,
        "insider": insider,
        "blocks": blocks(record.form, values),
        "refs": targets(record.form, values),
        "files": reverse("records:file", args=[record.identifier, "x"])[:-1],
        "sums": sums(values.get("budget", [])),
        "titles": record.form.title_of(values),
        "may_revise": may(request.user, verbs.return_version, record),
    }
    return page(request, "version", record, "history", **more)


def asked_number(request: HttpRequest, name: str, usual: int) -> int:
    """A version's number from the address."""
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 8 else usual


@public
@require_safe
def compare(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Two versions field by field."""
    record, _insider = open_history(request, identifier)
    last = record.number
    old = version_of(record, asked_number(request, "from", max(1, last - 1)))
    new = version_of(record, asked_number(request, "to", last))
    form = record.form
    before, after = form.public(old.values), form.public(new.values)
    with knowing({**targets(form, before), **targets(form, after)}):
        found = differences(dict(shown(form.fields)), before, after, current())
    more: dict[str, Any] = {"old": old, "new": new, "rows": rows(form.fields, found), "numbers": range(1, last + 1)}
    return page(request, "compare", record, "history", **more)


@login_required
@require_POST
def return_version(request: HttpRequest, identifier: str, number: int) -> HttpResponseBase:
    """Begin a draft with the answers of an earlier version."""
    record = open_record(request, identifier)
    verbs.return_version(record, by=person_of(request), number=number)
    said = _("The draft has the answers of version %(number)s. Publish it to go back to them.")
    messages.success(request, said % {"number": number})
    return redirect("records:edit", record.identifier)


@login_required
@require_POST
def undiscard(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Bring a discarded draft back."""
    record = open_record(request, identifier)
    verbs.undiscard(record, by=person_of(request))
    messages.success(request, _("The draft is back as it was."))
    return redirect("records:edit", record.identifier)
