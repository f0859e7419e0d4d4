"""Matches on pages: lists of what fits, offers, answers, words on a match, and needs that nobody answered."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kapok import vocab
from kapok.core.cache import public
from kapok.core.rules import Refused, allow
from kapok.core.verbs import may
from kapok.formats.format import format_of
from kapok.formats.kinds.references import IDENTIFIER
from kapok.insight import access
from kapok.insight.matches import finding, queries, verbs
from kapok.insight.matches.queries import Line, lines
from kapok.insight.views import person_of
from kapok.people.models import Body
from kapok.records.access import visible_to
from kapok.records.besides import Beside
from kapok.records.models import Record, Stage

FEW, FOR_A_START, PER_PAGE = 3, 12, 30


def published(request: HttpRequest, identifier: str, *formats: str) -> Record:
    """A published record of some types, or 404."""
    found = visible_to(request.user).filter(identifier=identifier.upper(), stage=Stage.PUBLISHED)
    record = found.filter(format__in=formats).first() if formats else found.first()
    if record is None:
        raise Http404(identifier)
    return record


@public
@require_safe
def matches(request: HttpRequest) -> HttpResponse:
    """All that fits a need, or all needs that fit something or an organisation."""
    identifier = next((request.GET[name] for name in ("need", "record", "organisation") if request.GET.get(name)), "")
    if not identifier:
        return render(request, "insight/matches_ask.html", {"needs": newest_needs()})
    record = published(request, identifier)
    context = {"record": record, "groups": groups_for(record), "form": record.form, "may_say": may_say(request, record)}
    return render(request, "insight/matches.html", context)


def newest_needs() -> list[Record]:
    """The unmet needs that changed last."""
    found = Record.objects.filter(format="need", stage=Stage.PUBLISHED).order_by("-changed_at", "-pk")
    return [one for one in found.select_related("owner")[: 3 * FOR_A_START] if queries.is_unmet(one)][:FOR_A_START]


def groups_for(record: Record) -> list[tuple[str, list[Line]]]:
    """The matches of a record under their headings."""
    if record.format == "need":
        found = finding.for_need(record) if queries.is_unmet(record) else {}
        return [(str(format_of(code).plural), lines(ones)) for code, ones in found.items() if ones]
    needs = finding.needs_for(record)
    return [(_("Needs that fit"), lines(needs))] if needs else []


def few_for(need: Record) -> list[tuple[str, list[Line]]]:
    """The best matches of a need under their headings."""
    found = finding.fitting_need(need) if queries.is_unmet(need) else {}
    best = {code: ones[:FEW] for code, ones in found.items() if ones}
    made = finding.matches_of(need, best)
    told = {one.match.other.pk: one for one in lines(one for ones in made.values() for one in ones)}
    return [(str(format_of(code).plural), [told[one.other.pk] for one in ones]) for code, ones in made.items()]


def may_say(request: HttpRequest, record: Record) -> bool:
    """Does the reader act for the body behind this side of the match?"""
    who = request.user
    return bool(who.is_authenticated and record.owner_id in who.edits_for())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, identifier: str, other: str) -> HttpResponseBase:
    """A word on a match: useful, or not because."""
    need, beside = published(request, identifier, "need"), published(request, other)
    allow(access.may_say, request.user, need)
    error = ""
    if request.method == "POST":
        useful, because = request.POST.get("useful") == "yes", request.POST.get("because", "")
        try:
            verbs.say(need, by=person_of(request), other=beside, useful=useful, because=because)
        except Refused as refused:
            error = str(refused.sentence)
        else:
            messages.success(request, _("Thank you. Your word stands beside the match."))
            return redirect(need)
    context = {"need": need, "other": beside, "error": error, "errors": [("because", error)] if error else []}
    context |= {"because": request.POST.get("because", ""), "useful": request.POST.get("useful", "yes")}
    return render(request, "insight/say.html", context, status=422 if error else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Offer help to a need in the name of a body."""
    need = published(request, identifier, "need")
    allow(access.may_offer, request.user, need)
    by, post = person_of(request), request.POST
    bodies = list(Body.objects.filter(pk__in=by.edits_for() - {need.owner_id or 0}))
    error = ""
    if request.method == "POST":
        try:
            what = chosen(request, post.get("record", "") or post.get("other", ""))
            body = next((one for one in bodies if one.code == post.get("body")), None)
            verbs.offer(need, by=by, body=known(body), record=what, words=post.get("words", ""))
        except Refused as refused:
            error = str(refused.sentence)
        else:
            messages.success(request, _("Thank you. The focal point has a letter and will answer here."))
            return redirect("insight:offers", need.identifier)
    own = [one for found in finding.for_need(need).values() for one in found if one.other.owner_id in by.edits_for()]
    context = {
        "need": need,
        "bodies": [(one.code, one.label()) for one in bodies],
        "body": post.get("body", bodies[0].code if bodies else ""),
        "records": [(one.other.identifier, f"{one.other.title} ({one.other.identifier})") for one in own],
        "record": post.get("record", "") or request.GET.get("record", ""),
        "other": post.get("other", ""),
        "words": post.get("words", ""),
        "error": error,
        "errors": [("", error)] if error else [],
    }
    return render(request, "insight/offer.html", context, status=422 if error else 200)


def known(body: Body | None) -> Body:
    """The body that was chosen."""
    if body is None:
        raise Refused(_("Choose the body in whose name you offer."))
    return body


def chosen(request: HttpRequest, written: str) -> Record | None:
    """The record that is offered, where one is named."""
    if not written.strip():
        return None
    named = IDENTIFIER.search(written.upper())
    record = visible_to(request.user).filter(identifier=named[1]).first() if named else None
    if record is None:
        raise Refused(_("There is no such record. Give its identifier, such as INI-000012."))
    return record


@require_safe
def offers(request: HttpRequest, identifier: str) -> HttpResponse:
    """The clock of a need, and its offers with their answers."""
    need = published(request, identifier, "need")
    return shown(request, need)


def shown(request: HttpRequest, need: Record, error: str = "", wrong: int = 0) -> HttpResponse:
    """The page itself."""
    context = {**about(request, need), "error": error, "wrong": wrong, "errors": [("because", error)] if error else []}
    return render(request, "insight/offers.html", context, status=422 if error else 200)


def about(request: HttpRequest, need: Record) -> dict[str, Any]:
    """A need with its clock and what this person may do."""
    who = request.user
    standing = queries.standing(need, timezone.now().date())
    return {
        "need": need,
        "standing": standing,
        "unmet": queries.is_unmet(need),
        "may_offer": who.is_authenticated and may(who, verbs.offer, need),
        "may_answer": who.is_authenticated and may(who, verbs.say_met, need),
        "mine": who.edits_for() if who.is_authenticated else set(),
    }


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Accept or decline an offer, or take it back."""
    held = get_object_or_404(access.offers_visible_to(request.user), pk=pk)
    by, because = person_of(request), request.POST.get("because", "")
    if request.POST.get("do") == "take-back":
        verbs.take_back(held, by=by)
        messages.success(request, _("The offer is taken back."))
        return redirect("insight:offers", held.need.identifier)
    allow(access.may_answer_offer, by, held)
    try:
        verbs.answer_offer(held, by=by, accept=request.POST.get("do") == "accept", because=because)
    except Refused as refused:
        return shown(request, held.need, str(refused.sentence), held.pk)
    messages.success(request, _("Answered. Those who offered get a letter."))
    return redirect("insight:offers", held.need.identifier)


@login_required
@require_POST
def met(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Say that a need is met, or that it is open again."""
    need = published(request, identifier, "need")
    verbs.say_met(need, by=person_of(request), met=request.POST.get("do") != "open")
    messages.success(request, _("The state of the need is changed."))
    return redirect("insight:offers", need.identifier)


@public
@require_safe
def unanswered(request: HttpRequest) -> HttpResponse:
    """Needs whose two months are over without an offer."""
    country, theme = request.GET.get("country", "").upper(), request.GET.get("theme", "")
    country = country if vocab.term("country", country) else ""
    theme = theme if vocab.term("theme", theme) else ""
    page = Paginator(queries.unanswered(country, theme), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "country": country,
        "theme": theme,
        "countries": [(one.id, one.label) for one in vocab.countries()],
        "themes": [(one.id, one.label) for one in vocab.choices("theme")],
        "theme_name": lambda value: vocab.label("theme", value),
        "help_names": lambda values: [vocab.label("help-kind", one) for one in values],
    }
    return render(request, "insight/unanswered.html", context)


def on_page(request: HttpRequest, record: Record) -> Beside | None:
    """Beside a need: its clock and what fits it. Beside what may fit: the needs."""
    if record.format == "need":
        facts = about(request, record)
        return Beside("insight/parts/need.html", {**facts, "groups": few_for(record)})
    found = finding.fitting_needs(record) if record.format in finding.FITTING else []
    if not found:
        return None
    facts = {"record": record, "lines": lines(finding.needs_of(record, found[:FEW])), "total": len(found)}
    return Beside("insight/parts/needs_that_fit.html", facts)
