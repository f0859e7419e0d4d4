"""The desk itself, and each of its lists in full."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kapok.core.rules import Sentence
from kapok.desk.cards import CARDS, Card
from kapok.desk.lists import LISTS, NAMED, Waiting, totals
from kapok.desk.steps import COOKIE, steps
from kapok.desk.views.parts import page_of, person_of, tabs
from kapok.people.models import Person
from kapok.search.access import searches_of

SHOWN = 5
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Section:
    """A list as the desk shows it: its first cards, and how many there are."""

    name: str
    title: Sentence
    lead: Sentence
    total: int
    cards: list[Card]
    waits: bool


def section(one: Waiting, who: Person, total: int) -> Section:
    """The beginning of a list."""
    cards = [CARDS[one.name](found) for found in one.find(who)[:SHOWN]]
    return Section(one.name, one.title, one.lead, total, cards, one.waits)


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, the most urgent first."""
    who = person_of(request)
    counts = totals(who)
    wanted = request.GET.get("steps") == "1" or COOKIE not in request.COOKIES
    page = {
        "tabs": tabs(who, "desk"),
        "sections": [section(one, who, counts[one.name]) for one in LISTS if counts[one.name]],
        "waits": sum(counts[one.name] for one in LISTS if one.waits),
        "steps": steps(who) if wanted else [],
        "searches": list(searches_of(who).order_by("name")[:SHOWN]),
        "roles": who.designations_now(),
    }
    return render(request, "desk/desk.html", page)


@login_required
@require_POST
def skip(request: HttpRequest) -> HttpResponse:
    """Put the first steps away on this device."""
    response = redirect("desk:desk")
    response.set_cookie(COOKIE, "seen", max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response


@login_required
@require_safe
def waiting(request: HttpRequest, name: str) -> HttpResponse:
    """One of the lists in full."""
    who, one = person_of(request), NAMED.get(name)
    if one is None:
        raise Http404(name)
    found = page_of(one.find(who), request)
    cards = [CARDS[name](thing) for thing in found]
    return render(request, "desk/waiting.html", {"tabs": tabs(who, name), "list": one, "page": found, "cards": cards})
