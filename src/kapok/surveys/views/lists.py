"""The questionnaires, and what each asks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kapok import vocab
from kapok.core.cache import public
from kapok.core.languages import current
from kapok.core.verbs import may
from kapok.people.models import Body, Person
from kapok.surveys import access, verbs
from kapok.surveys.models import Purpose, Questionnaire, Response, State
from kapok.surveys.queries import newest
from kapok.surveys.questionnaires.sheet import sheet_of
from kapok.surveys.synthesis.access import opens_totals
from kapok.surveys.synthesis.reconstruct import CYCLE
from kapok.surveys.views.parts import BADGES, carried_words, country_name, open_questionnaire, person_of


@public
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Every questionnaire with how many governments answered it, and one's own responses on top."""
    visible = access.questionnaires_visible_to(request.user)
    counts = submitted_counts()
    found: list[dict[str, Any]] = [
        {"it": each, "submitted": counts.get(each.pk, 0), "ways": ways(request.user, each, counts.get(each.pk, 0))}
        for each in newest().filter(pk__in=visible.values("pk"))
    ]
    groups = [(str(purpose.label), [each for each in found if each["it"].purpose == purpose]) for purpose in Purpose]
    page = {
        "active": "reports",
        "groups": [(label, rows) for label, rows in groups if rows],
        "own": own_responses(request.user),
        "manages": bool(getattr(request.user, "is_secretariat", False)),
    }
    return render(request, "surveys/reports.html", page)


def ways(who: Any, of: Questionnaire, submitted: int) -> list[tuple[str, str]]:
    """The pages that count the answers to a questionnaire, as far as there are answers the person may see counted."""
    if not submitted or not opens_totals(who, of):
        return []
    pages = [(_("What the Parties answered"), "analyse")]
    if of.purpose == Purpose.REPORT:
        pages.append((_("The synthesis in words"), "words"))
    if of.code == CYCLE:
        pages.append((_("Published figures beside ours"), "published"))
    return [(label, reverse(f"surveys:{page}", args=[of.code])) for label, page in pages]


def submitted_counts() -> dict[int, int]:
    """How many responses were submitted, by questionnaire."""
    counts: dict[int, int] = {}
    for pk in Response.objects.filter(number__gte=1).values_list("questionnaire_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return counts


def own_responses(who: Any) -> list[dict[str, Any]]:
    """The responses on which a person works, those being written first."""
    if not isinstance(who, Person):
        return []
    found = access.visible_to(who)
    mine = found.filter(body__in=who.edits_for()) | found.filter(
        pk__in=Response.objects.filter(delegations__person=who, delegations__ended_at=None).values("pk")
    )
    rows = [{"it": each, "country": country_name(each), "badge": BADGES[State(each.state)]} for each in mine.distinct()]
    return sorted(rows, key=lambda row: (row["it"].is_submitted, -(row["it"].questionnaire.number or 0)))


@public
@require_safe
def questionnaire(request: HttpRequest, code: str) -> HttpResponse:
    """One questionnaire: its facts, its sections, and who answered."""
    found = open_questionnaire(request, code)
    sheet = sheet_of(found)
    answered: list[dict[str, Any]] = [
        {"it": each, "country": country_name(each)}
        for each in access.visible_to(request.user).filter(questionnaire=found, number__gte=1)
    ]
    order = {one.id: place for place, one in enumerate(vocab.countries(current()))}
    page = {
        "active": "reports",
        "questionnaire": found,
        "sections": [(section, len(sheet.in_section[section.key])) for section in sheet.sections],
        "count": sum(question.kind != "heading" for question in sheet.questions.values()),
        "answered": sorted(answered, key=lambda row: order.get(row["it"].country, 999)),
        "ways": ways(request.user, found, len(answered)),
        "own": [row for row in own_responses(request.user) if row["it"].questionnaire_id == found.pk],
        "starts": startable(request, found),
        "manages": may(request.user, verbs.open_questionnaire, found),
    }
    return render(request, "surveys/questionnaire.html", page)


def startable(request: HttpRequest, found: Questionnaire) -> list[Body]:
    """The governments of this person that have no response yet."""
    if not isinstance(request.user, Person) or not found.is_open:
        return []
    begun = Response.objects.filter(questionnaire=found, body__isnull=False).values("country")
    bodies = Body.objects.filter(pk__in=request.user.edits_for(), kind="government")
    return list(bodies.exclude(code__in=begun))


@public
@require_safe
def questions(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """The questions of a section with the answers on offer, as anyone may read them."""
    found = open_questionnaire(request, code)
    sheet = sheet_of(found)
    here = get_object_or_404(found.sections.all(), key=section)
    page = {
        "active": "reports",
        "questionnaire": found,
        "sections": sheet.sections,
        "here": here,
        "questions": [(each, sheet.options.get(each.key, ())) for each in sheet.in_section[here.key]],
    }
    return render(request, "surveys/questions.html", page)


@require_POST
@login_required
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a response, with what can be carried over from the last one."""
    found = open_questionnaire(request, code)
    body = get_object_or_404(Body.objects.filter(kind="government"), code=request.POST.get("country", ""))
    by = person_of(request)
    made = verbs.start(body, by=by, questionnaire=found)
    count = verbs.prefill(made, by=by) if request.POST.get("carry") else 0
    if count:
        messages.info(request, carried_words(count))
    return redirect(made)
