"""For the Secretariat and administrators: which letters went, and who did what."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kapok.core.models import Entry
from kapok.core.rules import allow
from kapok.core.verbs import verbs
from kapok.desk.access import entries_visible_to, may_see_letters, may_see_trail
from kapok.desk.acts import acts
from kapok.desk.views.parts import page_of, person_of, tabs
from kapok.mail.access import visible_to as letters_visible_to
from kapok.mail.models import State
from kapok.mail.verbs import send_again


@login_required
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """The log of letters: to whom, about what, how far they came. Their words are shown to nobody."""
    who = person_of(request)
    allow(may_see_letters, who, None)
    state, to = request.GET.get("state", ""), request.GET.get("to", "").strip()[:100]
    found = letters_visible_to(who).defer("text", "html")
    if state in State.values:
        found = found.filter(state=state)
    if to:
        found = found.filter(Q(address__icontains=to) | Q(person__name__icontains=to))
    page = page_of(found, request)
    facts = {
        "tabs": tabs(who, "letters"),
        "page": page,
        "rows": [(one, one.state == State.FAILED) for one in page],
        "states": [(one.value, str(one.label)) for one in State],
        "state": state,
        "receiver": to,
    }
    return render(request, "desk/letters.html", facts)


@login_required
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a letter again that could not go."""
    who = person_of(request)
    allow(may_see_letters, who, None)
    letter = get_object_or_404(letters_visible_to(who), pk=pk)
    send_again(letter, by=who)
    messages.success(request, _("The letter is in the queue again."))
    return redirect(reverse("desk:letters") + "?state=failed")


@login_required
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The trail: who did what, to which thing, and when."""
    who = person_of(request)
    allow(may_see_trail, who, None)
    autodiscover_modules("verbs")
    asked = {name: request.GET.get(name, "").strip()[:120] for name in ("verb", "person", "thing")}
    page = page_of(narrowed(entries_visible_to(who), asked), request)
    facts = {
        "tabs": tabs(who, "log"),
        "page": page,
        "rows": acts(page),
        "verbs": sorted(((name, str(one.label)) for name, one in verbs.items()), key=lambda pair: pair[1]),
        "asked": asked,
    }
    return render(request, "desk/log.html", facts)


def narrowed(found: QuerySet[Entry], asked: dict[str, str]) -> QuerySet[Entry]:
    """Entries of a verb, by a person, about a thing."""
    if asked["verb"] in verbs:
        found = found.filter(verb=asked["verb"])
    if asked["person"]:
        found = found.filter(Q(by__email__icontains=asked["person"]) | Q(by__name__icontains=asked["person"]))
    if thing := asked["thing"]:
        found = found.filter(thing=thing if ":" in thing else f"record:{thing.upper()}")
    return found
