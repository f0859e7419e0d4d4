"""The form of a draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kapok.core.rules import allow
from kapok.core.verbs import may
from kapok.formats import asking
from kapok.formats.asking import Asking
from kapok.formats.placing import placed
from kapok.formats.problems import Problems
from kapok.people.models import Body, Person
from kapok.records import access, besides, verbs
from kapok.records.models import Record, Stage
from kapok.records.views import keeping
from kapok.records.views.parts import open_record, page, person_of, shelf
from kapok.records.views.writing import SMALL, Named, Writing, autosaved


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Write on a draft. Every button works without a script; what is typed is kept whatever happens."""
    if not request.user.is_authenticated:
        return keeping.keep(request)
    record = open_record(request, identifier)
    if record.working is None and record.stage == Stage.PUBLISHED:
        return no_draft(request, record)
    allow(access.may_save, request.user, record)
    if request.method == "POST":
        return written(request, record)
    draft = record.working
    if kept := keeping.kept(request):
        writing = Writing(keeping.again(request, kept), record, person_of(request))
        messages.warning(request, _("Your session had ended. What you typed is back; save it now."))
        return shown(request, record, writing.raw, revision=writing.revision)
    problems = Problems()
    if "check" in request.GET:
        problems = verbs.check(record)
        if not problems:
            messages.success(request, _("Nothing is missing and nothing is wrong: the record can be handed in."))
    return shown(request, record, draft.values, problems)


def no_draft(request: HttpRequest, record: Record) -> HttpResponseBase:
    """A published record without a draft: a second press of “Publish” lands on its page, others may begin anew."""
    if request.method == "POST":
        messages.info(request, _("There is nothing to save: the record is published already."))
        return redirect(record)
    allow(access.may_revise, request.user, record)
    return page(request, "begin", record, "edit")


def written(request: HttpRequest, record: Record) -> HttpResponseBase:
    """Keep what was sent, then go on; where something is not right, the form again with what was typed."""
    writing = Writing(request, record, person_of(request))
    if writing.is_autosave:
        return autosaved(writing)
    if any(name in request.POST for name in SMALL):
        writing.small_button()
    try:
        draft = writing.save()
    except verbs.Conflict as conflict:
        return redirect("records:aside", record.identifier, conflict.aside.pk)
    if writing.problems.errors or writing.found:
        return shown(request, record, writing.raw, writing.problems, writing, revision=draft.revision)
    return writing.go_on()


def shown(
    request: HttpRequest,
    record: Record,
    raw: dict[str, Any],
    problems: Problems | None = None,
    writing: Writing | None = None,
    revision: int = 0,
) -> HttpResponse:
    """The form itself."""
    form, problems = record.form, problems or Problems()
    ask = Asking(problems, asking.targets_in(form, raw), suggestions=reverse("records:suggest"), **shelf(record))
    if writing:
        ask.found, ask.typed = writing.found, writing.typed
        # Where there is something to choose from, nothing is wrong yet.
        problems.found[:] = [problem for problem in problems.found if not writing.found.get(problem.path)]
    steps = asking.steps(form, raw, problems, _("Title and text"))
    more = {
        "raw": raw,
        "ask": ask,
        "steps": steps,
        "answered": sum(step.state == "done" for step in steps),
        "errors": placed(form.fields, problems),
        "revision": revision or record.working.revision,
        "owner": owner_question(request, record),
        "besides": besides.of_form(request, record, record.working.values),
        "returned": record.working.reason if record.working.stage == "returned" else "",
        "may": {name: may(request.user, getattr(verbs, name), record) for name in ("submit", "publish", "discard")},
    }
    return page(request, "edit", record, "edit", status=422 if problems.errors else 200, **more)


def owner_question(request: HttpRequest, record: Record) -> dict[str, Any] | None:
    """Who owns the record, where that is still open: never for national records, nor for organisations."""
    if record.form.national or record.number or record.format == "organisation":
        return None
    named = Named.of(request.POST)
    own = [*own_bodies(person_of(request)), *named.near]
    return {"now": record.owner, "own": own, "typed": named.typed if named.wrong else ""}


def own_bodies(person: Person) -> list[Body]:
    """The bodies a person acts for."""
    return list(Body.objects.filter(pk__in=person.edits_for()))
