"""Sets of indicators: what was agreed, when and by whom, and what was changed afterwards."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kapok.core.languages import current
from kapok.core.rules import Refused
from kapok.core.verbs import may
from kapok.surveys import verbs
from kapok.surveys.models import IndicatorSet
from kapok.surveys.questionnaires.reading import in_languages
from kapok.surveys.views.parts import person_of


@require_safe
def sets(request: HttpRequest) -> HttpResponse:
    """Every set of indicators."""
    found = IndicatorSet.objects.prefetch_related("indicators")
    return render(request, "surveys/indicator_sets.html", {"active": "reports", "sets": found})


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One set with its indicators and what was changed after the agreement."""
    return shown(request, get_object_or_404(IndicatorSet.objects.select_related("frozen_by"), code=code))


def shown(request: HttpRequest, found: IndicatorSet, error: str = "") -> HttpResponse:
    """The page of a set."""
    facts: dict[str, Any] = {
        "active": "reports",
        "set": found,
        "indicators": [(each, in_languages(each.unit)) for each in found.indicators.all()],
        "changes": found.changes.select_related("by"),
        "late": bool(found.frozen_at and found.collection_on and found.frozen_at.date() > found.collection_on),
        "may_agree": may(request.user, verbs.freeze_indicators, found),
        "errors": [("agreed_by", error)] if error else [],
        "error": error,
    }
    return render(request, "surveys/indicators.html", facts, status=422 if error else 200)


@require_POST
@login_required
def agree(request: HttpRequest, code: str) -> HttpResponse:
    """Freeze the set, or word one of its indicators anew."""
    found = get_object_or_404(IndicatorSet, code=code)
    by = person_of(request)
    try:
        if request.POST.get("do") == "change":
            given = request.POST
            verbs.change_indicator(
                found,
                by=by,
                key=given.get("key", ""),
                text=given.get("text", ""),
                language=current(),
                reason=given.get("reason", ""),
            )
            messages.success(request, _("The indicator is changed."))
        else:
            day = day_of(request.POST.get("collection_on", ""))
            verbs.freeze_indicators(found, by=by, agreed_by=request.POST.get("agreed_by", ""), collection_on=day)
            messages.success(request, _("The set is frozen. Every later change is listed."))
    except Refused as refused:
        if not may(by, verbs.freeze_indicators, found):
            raise
        return shown(request, found, str(refused.sentence))
    return redirect(found)


def day_of(given: str) -> date | None:
    """A day, or none where none was given."""
    try:
        return date.fromisoformat(given.strip()) if given.strip() else None
    except ValueError:
        raise Refused(_("This is no day. Write it like 2026-11-30.")) from None
