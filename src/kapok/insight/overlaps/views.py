"""Overlaps: the list, one pair with its answers, and what stands on the pages of records."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kapok import vocab
from kapok.core.cache import public
from kapok.core.languages import TAGS, current
from kapok.core.rules import Refused, allow
from kapok.core.verbs import may
from kapok.insight import access
from kapok.insight.models.overlaps import Nearness, Said
from kapok.insight.overlaps import queries, verbs
from kapok.insight.overlaps.queries import Asked, Line
from kapok.insight.views import person_of
from kapok.records.access import visible_to
from kapok.records.besides import Beside
from kapok.records.models import Record, Stage

PER_PAGE, FOR_CLUSTERS = 20, 400
SHOWN = ("acronym", "starts", "ends", "countries", "themes", "methods", "audience", "organisations", "objectives")


@public
@require_safe
def overlaps(request: HttpRequest) -> HttpResponse:
    """The overlaps in a country, of an organisation, or of a kind; and where three or more come together."""
    asked = understood(request)
    found = queries.listed(request.user, asked)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    narrow = asked.country and page.paginator.count > 1
    context = {
        "asked": asked,
        "page": page,
        "lines": queries.lines(page.object_list),
        "clusters": queries.clusters(queries.with_records(found[:FOR_CLUSTERS]))[:6] if narrow else [],
        "countries": [(one.id, one.label) for one in vocab.countries()],
        "kinds": Nearness.choices,
        "organisation": of_organisation(asked.organisation),
        "country_name": vocab.label("country", asked.country) if asked.country else "",
    }
    return render(request, "insight/overlaps.html", context)


def understood(request: HttpRequest) -> Asked:
    """What an address asks; what nobody knows is left out."""
    country, kind = request.GET.get("country", "").upper(), request.GET.get("kind", "")
    return Asked(
        country=country if vocab.term("country", country) else "",
        organisation=request.GET.get("organisation", "").upper()[:13],
        kind=kind if kind in Nearness.values else "",
    )


def of_organisation(identifier: str) -> Record | None:
    """The organisation that is asked about."""
    return Record.objects.filter(identifier=identifier, format="organisation", stage=Stage.PUBLISHED).first()


def initiative(request: HttpRequest, identifier: str) -> Record:
    """A published initiative, or 404."""
    found = visible_to(request.user).filter(identifier=identifier.upper(), format="initiative", stage=Stage.PUBLISHED)
    record = found.first()
    if record is None:
        raise Http404(identifier)
    return record


@require_safe
def pair(request: HttpRequest, identifier: str, other: str) -> HttpResponse:
    """Two initiatives side by side: what they share, what their owners say, and what can be done."""
    record, beside = initiative(request, identifier), initiative(request, other)
    return shown(request, record, beside)


def shown(request: HttpRequest, record: Record, beside: Record, error: str = "", because: str = "") -> HttpResponse:
    """The page of a pair."""
    line = next((one for one in queries.of_record(record) if one.other.pk == beside.pk), None)
    mine = [one for one in (record, beside) if may(request.user, verbs.answer_overlap, one)]
    context = {
        "record": record,
        "other": beside,
        "line": line,
        "kind": Nearness(line.kind).label if line else "",
        "sides": sides(record, beside),
        "mine": [(one, beside if one.pk == record.pk else record) for one in mine],
        "choices": Said.choices,
        "error": error,
        "errors": [("because", error)] if error else [],
        "because": because,
    }
    return render(request, "insight/pair.html", context, status=422 if error else 200)


def sides(record: Record, other: Record) -> list[tuple[str, str, str]]:
    """Both in the answers that are compared, in plain words."""
    form, language = record.form, current()
    one, two = (form.public(each.values) for each in (record, other))
    kinds_ = [form.fields[name] for name in SHOWN if name in one or name in two]
    return [
        (str(kind.label), kind.show(one.get(kind.name), language), kind.show(two.get(kind.name), language))
        for kind in kinds_
    ]


@login_required
@require_POST
def answer(request: HttpRequest, identifier: str, other: str) -> HttpResponseBase:
    """The answer of one owner; “the same” leads on to the merge."""
    record, beside = initiative(request, identifier), initiative(request, other)
    said, because = request.POST.get("said", ""), request.POST.get("because", "")[:1000]
    allow(access.may_answer_overlap, request.user, record)
    try:
        verbs.answer_overlap(record, by=person_of(request), other=beside, said=said, because=because)
    except Refused as refused:
        return shown(request, record, beside, str(refused.sentence), because)
    if said == Said.SAME:
        messages.info(request, _("Look at both once more, then merge them: one address will lead to the other."))
        return redirect(reverse("records:merge", args=[record.identifier]) + f"?into={beside.identifier}")
    messages.success(request, _("Thank you. Your answer stands on both pages."))
    return redirect("insight:pair", record.identifier, beside.identifier)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def joint(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Record what an initiative does jointly with others."""
    record = initiative(request, identifier)
    allow(access.may_act_jointly, request.user, record)
    post = request.POST
    words = {tag: post.get(f"what-{tag}", "").strip()[:2000] for tag in TAGS if post.get(f"what-{tag}", "").strip()}
    error = ""
    if request.method == "POST":
        names = [*post.getlist("partner"), *post.get("more", "").replace(",", " ").upper().split()]
        partners = list(visible_to(request.user).filter(identifier__in=names))
        try:
            verbs.act_jointly(
                record, by=person_of(request), kind=post.get("kind", ""), description=words, partners=partners
            )
        except Refused as refused:
            error = str(refused.sentence)
        else:
            messages.success(request, _("The joint action stands on the pages of all who take part."))
            return redirect(record)
    lines = queries.of_record(record)
    context = {
        "record": record,
        "partners": [(one.other.identifier, f"{one.other.title} ({one.other.identifier})") for one in lines],
        "chosen": post.getlist("partner") or request.GET.getlist("with"),
        "more": post.get("more", ""),
        "kinds": [(one.id, one.label) for one in vocab.choices("joint-action")],
        "kind": post.get("kind", ""),
        "words": words,
        "error": error,
        "errors": [("", error)] if error else [],
    }
    return render(request, "insight/joint.html", context, status=422 if error else 200)


@login_required
@require_safe
def of_draft(request: HttpRequest, identifier: str) -> HttpResponse:
    """What is known already where a draft wants to go, asked again while one writes."""
    record = visible_to(request.user).filter(identifier=identifier.upper(), format="initiative").first()
    if record is None or record.working is None:
        raise Http404(identifier)
    beside = on_form(request, record, record.working.values)
    return render(request, "insight/parts/draft.html", {"beside": beside.facts if beside else {"lines": []}})


def on_page(request: HttpRequest, record: Record) -> Beside | None:
    """The overlaps and joint actions of an initiative, on its page."""
    if record.format != "initiative":
        return None
    lines = queries.of_record(record)
    named = queries.joint_actions(record)
    can = request.user.is_authenticated and may(request.user, verbs.act_jointly, record)
    if not lines and not named and not can:
        return None
    facts = {"record": record, "lines": lines, "named": named, "may_join": can, "kinds": kinds()}
    return Beside("insight/parts/record_overlaps.html", facts)


def on_form(request: HttpRequest, record: Record, values: Mapping[str, Any]) -> Beside | None:
    """Who does the same here already, above the form of an initiative."""
    if record.format != "initiative":
        return None
    lines: list[Line] = queries.of_draft(request.user, record, values)
    return Beside("insight/parts/form_overlaps.html", {"record": record, "lines": lines, "kinds": kinds()})


def on_start(request: HttpRequest, code: str, values: Mapping[str, Any]) -> Beside | None:
    """Who is at work there and on that theme now, before a new initiative is begun."""
    if code != "initiative":
        return None
    now = {"starts": date.today().isoformat(), **values}
    lines = queries.of_draft(request.user, Record(format=code), now)
    return Beside("insight/parts/draft.html", {"lines": lines}) if lines else None


def kinds() -> dict[str, str]:
    """What two initiatives may be to each other, in words."""
    return {str(value): str(label) for value, label in Nearness.choices}
