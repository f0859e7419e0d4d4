"""The records one looks after, and the way to confirm several."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok.core.rules import allow
from kapok.core.verbs import may
from kapok.desk.access import may_see_records_of, records_kept_by
from kapok.desk.views.parts import page_of, person_of, tabs
from kapok.formats.format import formats
from kapok.people.models import Body, Person
from kapok.records import verbs
from kapok.records.models import Freshness, Record, Stage, Working
from kapok.records.showing import freshness_mark

# What the filter “state” means; the others are the stages of a draft.
STATES = {
    "published": Q(stage=Stage.PUBLISHED),
    "draft": Q(draft__stage=Working.DRAFT),
    "submitted": Q(draft__stage=Working.SUBMITTED),
    "returned": Q(draft__stage=Working.RETURNED),
    "withdrawn": Q(stage=Stage.WITHDRAWN),
}


@login_required
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """My records, or those of a body I act for, with their freshness."""
    who = person_of(request)
    body = body_asked(request, who)
    asked = {name: request.GET.get(name, "") for name in ("type", "state", "freshness")}
    found = filtered(records_kept_by(who, body), asked)
    page = page_of(found.order_by(F("due_on").asc(nulls_last=True), "-id"), request)
    facts = {
        "tabs": tabs(who, "records"),
        "page": page,
        "rows": rows(page, who),
        "asked": asked,
        "body": body,
        "bodies": [(one.code, one.label()) for one in bodies_of(who)],
        "types": [(form.code, str(form.plural)) for form in formats.values() if form.prefix],
        "states": states(),
        "freshnesses": [(one.value, str(one.label)) for one in Freshness],
        "narrowed": any(asked.values()),
    }
    return render(request, "desk/records.html", facts)


def body_asked(request: HttpRequest, who: Person) -> Body | None:
    """The body of the address, if this person acts for it."""
    code = request.GET.get("body", "")
    if not code:
        return None
    body = Body.objects.filter(code=code).first()
    if body is None:
        raise Http404(code)
    allow(may_see_records_of, who, body)
    return body


def bodies_of(who: Person) -> list[Body]:
    """The bodies a person acts for, once each."""
    return list({held.body.pk: held.body for held in who.designations_now() if held.body}.values())


def filtered(found: QuerySet[Record], asked: dict[str, str]) -> QuerySet[Record]:
    """The records of this type, state and freshness; merged and discarded ones only among all."""
    if asked["type"] in formats:
        found = found.filter(format=asked["type"])
    if asked["state"] in STATES:
        found = found.filter(STATES[asked["state"]])
    else:
        found = found.exclude(stage=Stage.MERGED).exclude(stage=Stage.UNPUBLISHED, draft=None)
    if asked["freshness"] in Freshness.values:
        found = found.filter(freshness=asked["freshness"], stage=Stage.PUBLISHED)
    return found


def states() -> list[tuple[str, str]]:
    """The words of the filter."""
    return [
        ("published", _("Published")),
        ("draft", _("Draft")),
        ("submitted", _("Submitted")),
        ("returned", _("Returned with a reason")),
        ("withdrawn", _("Withdrawn")),
    ]


def rows(found: Iterable[Record], who: Person) -> list[dict[str, Any]]:
    """Each record with its marks and what can be done."""
    return [row(record, who) for record in found]


def row(record: Record, who: Person) -> dict[str, Any]:
    """One line of the table."""
    public = record.stage == Stage.PUBLISHED
    marks = [(str(record.stage), str(record.get_stage_display()))] if record.number else []
    if record.working:
        marks.append((str(record.working.stage), str(record.working.get_stage_display())))
    acts = []
    waits = public and record.freshness not in (Freshness.FRESH, Freshness.NO_CLOCK)
    if waits and record.owner_id in who.edits_for() and may(who, verbs.confirm, record):
        acts.append((_("Confirm"), reverse("records:confirm", args=[record.identifier])))
    return {
        "record": record,
        "marks": marks,
        "freshness": freshness_mark(record) if public else "",
        "due_on": record.due_on if public else None,
        "acts": acts,
    }


@login_required
@require_safe
def confirm(request: HttpRequest) -> HttpResponse:
    """Where one confirms several: the page of one's body, or the desk to choose one."""
    bodies = bodies_of(person_of(request))
    if len(bodies) == 1:
        return redirect("records:confirm_all", bodies[0].code)
    return redirect(reverse("desk:desk") + "#confirm")
