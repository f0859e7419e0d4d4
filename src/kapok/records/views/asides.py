"""Two texts of one draft, side by side: choose for each field, and nothing is lost."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kapok.core.languages import current
from kapok.core.rules import allow
from kapok.formats.differences import differences
from kapok.formats.kinds import Kind, knowing
from kapok.records import access, verbs
from kapok.records.models import Aside, Record
from kapok.records.showing import targets
from kapok.records.views.parts import open_record, page, person_of
from kapok.records.views.review import rows


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def aside(request: HttpRequest, identifier: str, pk: int) -> HttpResponseBase:
    """Mine and theirs, field by field."""
    record = open_record(request, identifier)
    allow(access.may_save, request.user, record)
    by = person_of(request)
    found = Aside.objects.filter(pk=pk, draft__record=record, person=by).first()
    if found is None:
        raise Http404(str(pk))
    if request.method == "POST":
        raw = chosen(record, found, request)
        given = request.POST.get("revision", "")
        revision = int(given) if given.isdecimal() and len(given) < 10 else 0
        verbs.settle(record, by=by, aside=found, raw=raw, revision=revision)
        messages.success(request, _("Both texts are one now. Look it over and go on."))
        return redirect("records:edit", record.identifier)
    return compared(request, record, found)


def unlike(record: Record, found: Aside) -> list[Kind]:
    """The fields in which the two texts differ."""
    mine, theirs = found.values, record.draft.values
    return [kind for name, kind in record.form.fields.items() if mine.get(name) != theirs.get(name)]


def chosen(record: Record, found: Aside, request: HttpRequest) -> dict[str, Any]:
    """The draft with the fields of mine that were chosen; where nothing is said, the newer text stays."""
    raw = dict(record.draft.values)
    for kind in unlike(record, found):
        if request.POST.get(kind.name) == "mine":
            raw[kind.name] = found.values.get(kind.name)
    return raw


def compared(request: HttpRequest, record: Record, found: Aside) -> HttpResponseBase:
    """The page with both texts."""
    form, theirs, mine = record.form, record.draft.values, found.values
    with knowing({**targets(form, theirs), **targets(form, mine)}):
        fields = [
            (
                kind,
                rows({kind.name: kind}, differences({kind.name: kind}, theirs, mine, current())),
                "theirs" if mine.get(kind.name) == found.base.get(kind.name) else "mine",
            )
            for kind in unlike(record, found)
        ]
    more: dict[str, Any] = {
        "fields": fields,
        "aside": found,
        "revision": record.draft.revision,
        "editor": record.draft.editor,
    }
    return page(request, "aside", record, "edit", **more)
