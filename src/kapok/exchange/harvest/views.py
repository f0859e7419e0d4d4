"""The sources we fetch from: the public list, a page for each, and what the Secretariat and owners do with them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kapok.core.languages import words
from kapok.core.rules import Refused, allow
from kapok.core.verbs import may
from kapok.exchange.harvest import verbs
from kapok.exchange.harvest.access import may_register, sources_visible_to
from kapok.exchange.harvest.fetching import missing
from kapok.exchange.harvest.forms import SourceForm
from kapok.exchange.importing.said import spoken
from kapok.exchange.models import Fetch, Harvest, Import, Outcome, Row, Source, Telling
from kapok.exchange.models.harvests import Result, Standing
from kapok.formats.format import format_of
from kapok.people.models import Person

PER_PAGE = 25
MOST_REFUSED = 50
# The acts of the page, each with its verb.
ACTS = {
    "let-in": verbs.let_source_in,
    "fetch": verbs.fetch_now,
    "pause": verbs.pause,
    "resume": verbs.resume,
    "release": verbs.release,
    "drop": verbs.drop_held,
}
DONE = {
    "let-in": gettext_lazy("The source is let in and will be fetched by the clock."),
    "fetch": gettext_lazy("The source will be fetched in a moment."),
    "pause": gettext_lazy("The source is paused."),
    "resume": gettext_lazy("The source is fetched by the clock again."),
    "release": gettext_lazy("What was held went in."),
    "drop": gettext_lazy("What was held stays out."),
}


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every source: what it brings, how often, and when it was asked last."""
    found = sources_visible_to(request.user).annotate(
        last=Max("fetches__at"),
        records=Count("source__tellings", filter=Q(source__tellings__gone_at=None), distinct=True),
    )
    page = Paginator(found.order_by("source__name"), PER_PAGE).get_page(request.GET.get("page"))
    may_add = isinstance(request.user, Person) and (request.user.is_secretariat or bool(request.user.edits_for()))
    return render(request, "exchange/sources.html", {"page": page, "may_add": may_add})


@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One source: what we took, what we refused and why, and when."""
    harvest = get_object_or_404(sources_visible_to(request.user), pk=pk)
    fetches = harvest.fetches.select_related("imported")
    page = Paginator(fetches, PER_PAGE).get_page(request.GET.get("page"))
    looked = looked_at(request, harvest)
    held = fetches.filter(result=Result.HELD).first() if harvest.standing == Standing.HELD else None
    facts = {
        "harvest": harvest,
        "form": format_of(harvest.format),
        "page": page,
        "rows": [(one, words(one.said), counts_of(one.imported)) for one in page],
        "refused": refused_in(looked) if looked else [],
        "looked": looked,
        "held": held,
        "vanishing": open_records(missing(harvest, held.imported)) if held and held.imported else [],
        "taken": Telling.objects.filter(source=harvest.source, gone_at=None).count(),
        "gone": gone_from(harvest),
        "acts": [name for name, act in ACTS.items() if may(request.user, act, harvest)],
    }
    return render(request, "exchange/source.html", facts)


def looked_at(request: HttpRequest, harvest: Harvest) -> Fetch | None:
    """The fetch whose refused rows are shown: the one asked for, else the latest of which any stayed out."""
    wanted = request.GET.get("fetch", "")
    refused = Row.objects.filter(imported=OuterRef("imported"), outcome=Outcome.REFUSED)
    found = harvest.fetches.filter(Exists(refused)).select_related("imported")
    return (found.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 18 else None) or found.first()


def counts_of(imported: Import | None) -> dict[str, int]:
    """How many rows were new, changed, the same, or stayed out; nothing where nothing came."""
    if imported is None:
        return {}
    counts = imported.counts
    return {name: counts.get(name, 0) for name in ("new", "changed", "same", "refused", "similar")}


def refused_in(fetch: Fetch) -> list[tuple[Row, list[str]]]:
    """The rows of the last fetch that stayed out, with the reasons; what is private in them is not shown."""
    rows = Row.objects.filter(imported=fetch.imported, outcome=Outcome.REFUSED)[:MOST_REFUSED]
    return [
        (row, [spoken(note, format_of(row.format)) for note in row.problems if open_to_all(row, note)]) for row in rows
    ]


def open_to_all(row: Row, note: dict[str, Any]) -> bool:
    """Does the note tell nothing of a private field?"""
    field = format_of(row.format).fields.get(note.get("path", "").partition("/")[0])
    return note["weight"] == "refused" and not (field and field.private)


def gone_from(harvest: Harvest) -> list[Telling]:
    """The public records that the source named once and names no more."""
    return open_records(Telling.objects.filter(source=harvest.source).exclude(gone_at=None))


def open_records(found: QuerySet[Telling]) -> list[Telling]:
    """Those of records that are public, the latest first."""
    public = found.filter(record__stage="published").select_related("record")
    return list(public.order_by("-gone_at", "record__identifier")[:MOST_REFUSED])


@login_required
@require_http_methods(["GET", "POST"])
def new_source(request: HttpRequest) -> HttpResponse:
    """Register a source, or propose one for one's own body."""
    person = request.user
    assert isinstance(person, Person)
    if not (person.is_secretariat or person.edits_for()):
        allow(may_register, person, Harvest(source=Source()))
    form = SourceForm(person, request.POST if request.method == "POST" else None, initial={"whole": True})
    if form.is_valid():
        try:
            made = verbs.register(Harvest(source=Source(body=form.owner())), by=person, **form.facts())
        except Refused as refused:
            form.add_error("name" if Source.objects.filter(name=form.cleaned_data["name"]) else "address", str(refused))
        else:
            messages.success(request, _("The source is registered."))
            return redirect(made)
    errors = [(form[name].id_for_label, str(one)) for name, some in form.errors.items() for one in some]
    facts = {"form": form, "errors": errors}
    return render(request, "exchange/source-new.html", facts, status=422 if form.errors else 200)


@login_required
@require_POST
def act_on_source(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Let in, fetch now, pause, let go on, release or leave out."""
    person = request.user
    assert isinstance(person, Person)
    harvest = get_object_or_404(sources_visible_to(person), pk=pk)
    if act not in ACTS:
        raise Http404
    try:
        ACTS[act](harvest, by=person)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, str(DONE[act]))
    return redirect(harvest)
