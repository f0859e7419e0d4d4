"""The report of an initiative, as one page inside its record."""

from copy import deepcopy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kapok.core.rules import Refused, allow
from kapok.core.verbs import may
from kapok.formats.asking import Asking
from kapok.formats.kinds import KEY, Parts
from kapok.formats.placing import placed
from kapok.formats.problems import Problems
from kapok.people.models import Person
from kapok.records import access, reports, verbs
from kapok.records.models import Record, Working
from kapok.records.views.parts import open_record, page, person_of
from kapok.records.views.uploading import take_files
from kapok.records.views.writing import Writing

HERE = "reports-0"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Add one report: only its own questions, and the rest of the record stays as it is."""
    record = open_record(request, identifier)
    kind = record.form.fields.get("reports")
    if not isinstance(kind, Parts):
        raise Refused(_("Records of this kind have no reports."))
    allow(access.may_write, request.user, record)
    if record.working is not None and record.working.stage == Working.SUBMITTED:
        raise Refused(_("The draft waits for review and can't be changed now. Ask for it to be returned first."))
    if request.method == "POST":
        return written(request, record, kind)
    # Where the end-of-cycle report is missing, it is the one that is meant.
    usual = reports.AT_THE_END if reports.is_missing(record, timezone.now().date()) else ""
    asked = request.GET.get("kind", usual)
    return shown(request, record, kind, {"kind": asked} if asked else {}, Problems())


def written(request: HttpRequest, record: Record, kind: Parts) -> HttpResponseBase:
    """Check the report; put it into the draft; publish at once where the rules allow and it was asked for."""
    by = person_of(request)
    writing = Writing(request, record, by)
    take_files(writing)
    item: dict[str, Any] = (writing.raw.get("reports") or [{}])[0]
    problems = Problems()
    kept = kind.accept_one(item, problems, HERE, final="_upload" not in request.POST)
    for name, part in kind.part.fields.items():
        if (
            "_upload" not in request.POST
            and part.required
            and name not in kept
            and not problems.below(f"{HERE}-{name}")
        ):
            problems.add(f"{HERE}-{name}", part.missing)
    problems.found.extend(writing.upload_problems.found)
    if problems.errors or "_upload" in request.POST:
        return shown(request, record, kind, item, problems)
    if is_there(record, kept):
        messages.info(request, _("This report stands in the record already."))
        return redirect(record)
    return add(request, record, by, kept)


def is_there(record: Record, item: dict[str, Any]) -> bool:
    """Was the same report added a moment ago, by a double press or by going back?"""
    values = record.working.values if record.working else record.values
    return any({**one, KEY: ""} == {**item, KEY: ""} for one in values.get("reports", ()))


def add(request: HttpRequest, record: Record, by: Person, item: dict[str, Any]) -> HttpResponseBase:
    """Add a checked report to the draft, which is begun where there is none."""
    had_draft = record.working is not None
    if not had_draft:
        record = verbs.revise(record, by=by)
    record = Record.objects.select_related("draft", "owner").get(pk=record.pk)
    values = deepcopy(record.draft.values)
    values["reports"] = [*values.get("reports", []), item]
    verbs.save(record, by=by, raw=values, revision=record.draft.revision)
    record = Record.objects.select_related("draft", "owner").get(pk=record.pk)
    if request.POST.get("do") == "publish" and not had_draft and may(by, verbs.publish, record):
        try:
            verbs.publish(record, by=by, note=_("A report was added."))
        except verbs.Incomplete:
            return redirect(reverse("records:edit", args=[record.identifier]) + "?check=1")
        messages.success(request, _("The report is published with the record. Thank you."))
        return redirect(record)
    messages.success(request, _("The report stands in the draft. Publish or submit the draft when you are ready."))
    return redirect("records:draft", record.identifier)


def shown(request: HttpRequest, record: Record, kind: Parts, item: dict[str, Any], problems: Problems) -> HttpResponse:
    """The form of one report."""
    ask = Asking(
        problems,
        one_part=True,
        suggestions=reverse("records:suggest"),
        files=reverse("files:download", args=["x"])[:-1],
    )
    more = {
        "kind": kind,
        "item": item,
        "ask": ask,
        "path": HERE,
        "errors": placed(kind.part.fields, problems, within=f"{HERE}-"),
        "at_once": record.working is None and access.may_decide(request.user, record),
        "count": len(record.values.get("reports", ())),
    }
    return page(request, "report", record, "read", status=422 if problems.errors else 200, **more)
