"""Pages of the published record's life: confirm, withdraw, restore, merge."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kapok.core.languages import current
from kapok.core.rules import Refused, allow
from kapok.formats.kinds import Kind, Parts
from kapok.formats.kinds.references import IDENTIFIER
from kapok.people.access import is_secretariat
from kapok.people.models import Body, Person
from kapok.records import access, verbs
from kapok.records.links import read_link
from kapok.records.models import Freshness, Record, Stage
from kapok.records.showing import blocks, freshness_mark, sums, targets
from kapok.records.views.parts import open_record, page, person_of
from kapok.records.views.read import similar


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """One button that says the record is still right."""
    record = open_record(request, identifier)
    allow(access.may_confirm, request.user, record)
    if request.method == "POST":
        confirmed(record, person_of(request))
        messages.success(request, _("Thank you. The record is confirmed as of today."))
        return redirect(record)
    return page(request, "confirm", record, "read", **whole(record))


def confirmed(record: Record, by: Person) -> Record:
    """The record as of today; a second press, or the same link opened again, finds it done."""
    return record if is_confirmed_today(record) else verbs.confirm(record, by=by)


def is_confirmed_today(record: Record) -> bool:
    """Is there nothing left to confirm?"""
    return record.freshness == Freshness.FRESH and record.confirmed_on == timezone.now().date()


def whole(record: Record) -> dict[str, Any]:
    """The public answers of a record, to look at before one confirms."""
    values = record.form.public(record.values)
    return {
        "blocks": blocks(record.form, values),
        "refs": targets(record.form, values),
        "sums": sums(values.get("budget", [])),
        "files": "",
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from a signed link in a letter, without signing in. Looking changes nothing."""
    try:
        record, person = read_link(token)
        allow(access.may_confirm, person, record)
        done = False
        if request.method == "POST":
            record, done = confirmed(record, person), True
    except Refused as refused:
        return render(request, "records/link_over.html", {"sentence": str(refused.sentence)}, status=403)
    facts = {
        "record": record,
        "form": record.form,
        "freshness": freshness_mark(record),
        "person": person,
        "done": done,
        "today": is_confirmed_today(record),
        "marks": [],
    }
    response = render(request, "records/confirm_link.html", facts | whole(record))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_all(request: HttpRequest, code: str) -> HttpResponseBase:
    """The records of a body that wait for confirmation, with a box each and one button."""
    body = Body.objects.filter(code=code).first()
    if body is None:
        raise Http404(code)
    by = person_of(request)
    allow(access.edits_for_owner | is_secretariat, by, body)
    waiting = Record.objects.filter(owner=body, stage=Stage.PUBLISHED).exclude(
        freshness__in=(Freshness.FRESH, Freshness.NO_CLOCK)
    )
    waiting = waiting.select_related("owner", "draft").order_by("due_on", "identifier")
    if request.method == "POST":
        chosen = list(waiting.filter(identifier__in=request.POST.getlist("record")))
        for record in chosen:
            verbs.confirm(record, by=by)
        if chosen:
            said = ngettext("%(count)s record is confirmed.", "%(count)s records are confirmed.", len(chosen))
            messages.success(request, said % {"count": len(chosen)})
        else:
            messages.warning(request, _("Nothing was confirmed: tick at least one record."))
        return redirect("records:confirm_all", code)
    listed = [(record, freshness_mark(record)) for record in waiting]
    return render(request, "records/confirm_all.html", {"body": body, "waiting_records": listed})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Take a record from the public, after a page that asks for the reason."""
    record = open_record(request, identifier)
    allow(access.may_withdraw, request.user, record)
    error = ""
    if request.method == "POST":
        reason = request.POST.get("reason", "").strip()[:2000]
        if reason:
            verbs.withdraw(record, by=person_of(request), reason=reason)
            messages.success(request, _("The record is withdrawn. You can put it before the public again here."))
            return redirect(record)
        error = _("Say in a sentence why it is withdrawn: its page will show the reason.")
    errors = [("reason", error)] if error else []
    return page(request, "withdraw", record, "read", status=422 if error else 200, error=error, errors=errors)


@login_required
@require_POST
def restore(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Undo a withdrawal."""
    record = open_record(request, identifier)
    verbs.restore(record, by=person_of(request))
    messages.success(request, _("The record is before the public again."))
    return redirect(record)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Let this record stand for another one: choose it, look at both, then merge."""
    record = open_record(request, identifier)
    allow(access.may_merge, request.user, record)
    written = (request.POST or request.GET).get("into", "")
    other, error = merge_target(request, record, written)
    if request.method == "POST" and other is not None:
        verbs.merge(record, by=person_of(request), into=other)
        messages.success(request, _("Merged. The old address leads here now; the merge can be undone."))
        return redirect(other)
    more: dict[str, Any] = {"other": other, "written": written, "error": error}
    if other is not None:
        more["sides"] = sides(record, other)
    else:
        more["alike"] = others_like(request, record)
    errors = [("into", error)] if error else []
    return page(request, "merge", record, "read", status=422 if error else 200, errors=errors, **more)


def others_like(request: HttpRequest, record: Record) -> list[Record]:
    """The published records that look like this one, the likest first."""
    order = [str(hit.extra.get("id")) for hit in similar(request, record)]
    found = access.visible_to(request.user).filter(identifier__in=order, stage=Stage.PUBLISHED).exclude(pk=record.pk)
    return sorted(found, key=lambda one: order.index(one.identifier))


def merge_target(request: HttpRequest, record: Record, written: str) -> tuple[Record | None, str]:
    """The other record that was named, or what is wrong with it."""
    if not written.strip():
        return None, ""
    named = IDENTIFIER.search(written.upper())
    other = access.visible_to(request.user).filter(identifier=named[1]).first() if named else None
    if other is None:
        return None, _("There is no such record. Give its identifier, such as INI-000012.")
    if other.pk == record.pk or other.stage != Stage.PUBLISHED:
        return None, _("Choose another published record to merge into.")
    if other.format != record.format:
        return None, _("Only records of one kind can be merged.")
    return other, ""


def sides(record: Record, other: Record) -> list[tuple[str, str, str]]:
    """Both records field by field, in plain words."""
    form, language = record.form, current()
    return [
        (str(kind.label), told(kind, record.values.get(name), language), told(kind, other.values.get(name), language))
        for name, kind in form.fields.items()
        if not kind.private and (name in record.values or name in other.values)
    ]


def told(kind: Kind, value: Any, language: str) -> str:
    """An answer in plain words; of each part all that it says, so that two can be told apart."""
    if not isinstance(kind, Parts):
        return kind.show(value, language)
    said = [[one.show(item[one.name], language) for one in kind.part.answered(item)] for item in value or ()]
    return "; ".join(" · ".join(words) for words in said)


@login_required
@require_POST
def unmerge(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Undo a merge."""
    record = open_record(request, identifier)
    verbs.unmerge(record, by=person_of(request))
    messages.success(request, _("The merge is undone: the record stands for itself again."))
    return redirect(record)
