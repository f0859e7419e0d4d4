"""The pages of imports: send a file, see what it means, correct, take in, undo."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kapok.core.rules import Refused
from kapok.core.verbs import may
from kapok.exchange.importing import access, annotating, showing, verbs
from kapok.exchange.importing.applying import waiting
from kapok.exchange.importing.asked import Asked
from kapok.exchange.importing.examining import Examination
from kapok.exchange.importing.jobs import read
from kapok.exchange.models import Import, Outcome, Row
from kapok.exchange.models.imports import Decision
from kapok.people.models import Person

PAGE = 25
# A file as small as this is read while one waits.
INLINE = 60_000
MOST_COLUMNS = 80
MOST_PROBLEMS = 40


def person_of(request: HttpRequest) -> Person:
    """The person signed in; views ask only where that was made sure."""
    if not isinstance(request.user, Person):
        raise Refused(_("Sign in first: this is done in your own name."))
    return request.user


def open_import(request: HttpRequest, pk: int) -> Import:
    """An import that this person may look at, or 404."""
    found = access.imports_visible_to(person_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Send a file, and see the files sent before."""
    asked = Asked(request, person_of(request))
    if request.method == "POST":
        try:
            return begin(request, asked)
        except Refused as refused:
            asked.errors["files"] = str(refused.sentence)
    found = access.imports_visible_to(person_of(request))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    facts = {"page": page, "asked": asked, "errors": list(asked.errors.items())}
    return render(request, "exchange/imports/index.html", facts, status=422 if asked.errors else 200)


def begin(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Keep what was sent and have it read; a small file at once."""
    imported = asked.bring()
    if asked.size <= INLINE:
        Examination(imported).run()
    else:
        read.using(key=imported.reference, priority=5).enqueue(imported.pk)
    return redirect(imported)


@login_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file means, row by row."""
    imported = open_import(request, pk)
    if imported.is_busy and request.headers.get("HX-Request"):
        return render(request, "exchange/imports/progress.html", {"imported": imported})
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    show = request.GET.get("show", "")
    rows = imported.rows.filter(extra=show == "organisations").select_related("target", "result")
    if show in Outcome.values:
        rows = rows.filter(outcome=show)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    acts = showing.acts(imported)
    facts = {
        "imported": imported,
        "tiles": showing.counts(imported),
        "notes": showing.problems(imported.notes, imported.format),
        "problems": showing.problems(imported.problems[:MOST_PROBLEMS]),
        "more_problems": max(0, len(imported.problems) - MOST_PROBLEMS),
        "page": page,
        "marks": showing.MARKS,
        "show": show,
        "may": acts | {"keep": access.may_keep(request.user, imported)},
        "ready": waiting(imported).count() if acts["apply"] else 0,
        "asking": imported.rows.filter(outcome=Outcome.SIMILAR, decision="").count() if acts["apply"] else 0,
    }
    return render(request, "exchange/imports/import.html", facts)


@login_required
@require_safe
def row(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One row: what stood in it, what is wrong, what would change."""
    imported = open_import(request, pk)
    found = (
        Row.objects.filter(imported=imported, number=number).select_related("target", "result", "target__draft").first()
    )
    if found is None:
        raise Http404(str(number))
    facts = {
        "imported": imported,
        "row": found,
        "problems": showing.problems(found.problems, found.format),
        "reasons": showing.reasons(found),
        "changes": showing.changes(found) if found.outcome == Outcome.CHANGED else [],
        "blocks": [] if found.outcome == Outcome.CHANGED else showing.understood(found),
        "refs": showing.named(found),
        "decisions": showing.decisions(found) if showing.acts(imported)["apply"] else [],
        "marks": showing.MARKS,
        "cells": [] if found.extra else list(found.cells.items()),
        "next": imported.rows.filter(outcome=found.outcome, extra=found.extra, number__gt=number).first(),
    }
    return render(request, "exchange/imports/row.html", facts)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column was taken for, to be put right."""
    imported = open_import(request, pk)
    if request.method == "POST":
        return act(request, imported, lambda: correct(request, imported))
    facts = {
        "imported": imported,
        "tables": showing.tables(imported, MOST_COLUMNS),
        "choices": showing.choices(imported),
        "may": may(request.user, verbs.rematch, imported),
    }
    return render(request, "exchange/imports/columns.html", facts)


def correct(request: HttpRequest, imported: Import) -> None:
    """Read the posted form of columns, and have the file read again."""
    said: dict[str, dict[int, str]] = {}
    known = dict(showing.choices(imported))
    for number, (key, kept) in enumerate(imported.match.items()):
        for column in kept["columns"]:
            given = request.POST.get(f"c-{number}-{column['number']}")
            if given is not None and (given in known or given in ("", column["key"])):
                said.setdefault(key, {})[column["number"]] = given
    verbs.rematch(imported, by=person_of(request), columns=said)


def act(request: HttpRequest, imported: Import, do: Any, done: str = "") -> HttpResponse:
    """Do something with an import, and say how it went."""
    try:
        do()
        if done:
            messages.success(request, done)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    return redirect("exchange:import", imported.pk)


@login_required
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the good rows in."""
    imported = open_import(request, pk)
    return act(request, imported, lambda: verbs.apply(imported, by=person_of(request)))


@login_required
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop what is going on."""
    imported = open_import(request, pk)
    said = _("It stops after the rows at hand.")
    return act(request, imported, lambda: verbs.stop(imported, by=person_of(request)), said)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then take everything back."""
    imported = open_import(request, pk)
    if request.method == "POST":
        return act(request, imported, lambda: verbs.undo(imported, by=person_of(request)))
    return render(request, "exchange/imports/undo.html", {"imported": imported, "may": showing.acts(imported)})


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a file that never went in."""
    imported = open_import(request, pk)
    try:
        verbs.discard(imported, by=person_of(request))
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        return redirect("exchange:import", pk)
    messages.success(request, _("The file is forgotten; nothing of it went in."))
    return redirect("exchange:imports")


@login_required
@require_POST
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say what should happen with a row, and go on to the next of its kind."""
    imported = open_import(request, pk)
    decision = request.POST.get("decision", "")
    try:
        verbs.decide(imported, by=person_of(request), rows=[number], decision=decision)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        return redirect("exchange:import_row", pk, number)
    messages.success(request, _("Noted: %(decision)s.") % {"decision": Decision(decision).label})
    return redirect("exchange:import_row", pk, number)


@login_required
@require_safe
def annotated(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was sent, with a comment in each cell that has a problem."""
    imported = open_import(request, pk)
    try:
        return annotating.answer(imported)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        return redirect(imported)
