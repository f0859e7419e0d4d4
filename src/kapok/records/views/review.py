"""A draft as it will look, what it changes, and the decision about it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kapok.core.languages import current
from kapok.core.rules import Refused, allow
from kapok.core.verbs import may
from kapok.formats.differences import Difference, differences
from kapok.formats.kinds import Kind, knowing
from kapok.formats.placing import placed
from kapok.people.access import is_secretariat
from kapok.records import access, telling, verbs
from kapok.records.models import Record, Working
from kapok.records.showing import blocks, sums, targets
from kapok.records.views.parts import open_draft, open_record, page, person_of
from kapok.records.views.writing import hand_over
from kapok.workflow.clock import working_days_left

ACTS = ("write", "submit", "publish", "return_", "discard", "share", "take_back")


@login_required
@require_safe
def draft(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The draft as its page will look, with what comes next."""
    working = open_draft(request, identifier)
    record = working.record
    return page(request, "draft", record, "draft", **preview(record), **standing(request, record))


def preview(record: Record) -> dict[str, Any]:
    """The answers of the draft under their headings; its people see what is private too."""
    values = record.draft.values
    return {
        "draft": record.draft,
        "blocks": blocks(record.form, values, private=True),
        "refs": targets(record.form, values),
        "files": reverse("records:file", args=[record.identifier, "x"])[:-1],
        "sums": sums(values.get("budget", [])),
    }


def standing(request: HttpRequest, record: Record) -> dict[str, Any]:
    """Where the draft stands: what may be done now, and the days that are left."""
    working = record.draft
    submitted = working.stage == Working.SUBMITTED
    left = working_days_left(timezone.now().date(), working.due_on) if submitted and working.due_on else None
    return {
        "may": {
            name.rstrip("_"): may(request.user, getattr(verbs, name if name != "save" else "write"), record)
            for name in ACTS
        },
        "submitted": submitted,
        "returned": working.stage == Working.RETURNED,
        "days_left": left,
        "nobody_decides": submitted and telling.nobody_decides(record),
        "may_designate": is_secretariat(request.user, record),
        "problems": placed(record.form.fields, verbs.check(record)),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """What the draft changes, field by field, and the decision about it."""
    record = open_draft(request, identifier).record
    if request.method == "POST":
        return decide(request, record)
    return reviewed(request, record)


def reviewed(request: HttpRequest, record: Record, reason: str = "", error: str = "") -> HttpResponse:
    """The page of the decision."""
    form, new = record.form, record.draft.values
    refs = {**targets(form, record.values), **targets(form, new)}
    with knowing(refs):
        found = differences(form.fields, record.values, new, current())
    # What has never been published is read as a page: there is nothing to compare it with.
    whole = {} if record.number else preview(record)
    more = whole | {"rows": rows(form.fields, found), "draft": record.draft, "reason": reason, "error": error}
    errors = [("reason", error)] if error else []
    facts = standing(request, record) | more | {"errors": errors}
    return page(request, "review", record, "review", status=422 if error else 200, **facts)


def decide(request: HttpRequest, record: Record) -> HttpResponseBase:
    """Publish, or return with a reason."""
    by = person_of(request)
    if request.POST.get("do") == "publish":
        return hand_over(request, record, by, "publish")
    allow(access.may_return, by, record)
    reason = request.POST.get("reason", "").strip()[:5000]
    if not reason:
        return reviewed(request, record, error=_("Say in a sentence what should be changed."))
    verbs.return_(record, by=by, reason=reason)
    messages.success(request, _("The draft is back with its author, with your reason."))
    return redirect("records:draft", record.identifier)


@login_required
@require_POST
def hand_in(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Submit or publish from the page of the draft; a second press finds it done."""
    record = open_record(request, identifier)
    if record.working is None:
        messages.info(request, _("There is nothing left to do: the record is published."))
        return redirect(record)
    act = "publish" if request.POST.get("do") == "publish" else "submit"
    if act == "submit" and record.working.stage == Working.SUBMITTED:
        messages.info(request, _("It was submitted already and waits for review."))
        return redirect("records:draft", record.identifier)
    return hand_over(request, record, person_of(request), act)


@login_required
@require_POST
def take_back(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Make a submission a draft again; a second press finds it done."""
    record = open_draft(request, identifier).record
    if record.draft.stage == Working.SUBMITTED:
        verbs.take_back(record, by=person_of(request))
    messages.success(request, _("The draft is yours again. Submit it when it is ready."))
    return redirect("records:draft", record.identifier)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Throw a draft away, after a page that says what stays; it can be brought back for 30 days."""
    record = open_record(request, identifier)
    if record.working is None:
        raise Refused(_("There is no draft to discard."))
    allow(access.may_discard, request.user, record)
    if request.method == "POST":
        verbs.discard(record, by=person_of(request))
        messages.success(request, _("The draft is discarded. It can be brought back here for 30 days."))
        return redirect("records:history", record.identifier)
    return page(request, "discard", record, "draft")


def rows(fields: dict[str, Kind], found: list[Difference]) -> list[dict[str, Any]]:
    """Differences as the table of comparison shows them: words that stay, words that went, words that came."""
    shown = []
    for one in found:
        top = fields.get(one.path.split("-")[0])
        label = str(one.label)
        if top is not None and str(top.label) != label:
            label = f"{top.label} › {label}"
        marks = {"same": "same", "out": "cut", "in": "add"}
        before = [(marks[kind], words) for kind, words in one.pieces if kind != "in"]
        after = [(marks[kind], words) for kind, words in one.pieces if kind != "out"]
        shown.append({"path": one.path, "label": label, "language": one.language, "before": before, "after": after})
    return shown
