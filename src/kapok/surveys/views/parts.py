"""What the pages of the room share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kapok import vocab
from kapok.core.languages import current
from kapok.core.rules import Refused
from kapok.core.verbs import may
from kapok.people.models import Person
from kapok.surveys import access, verbs
from kapok.surveys.models import Questionnaire, Response, State

BADGES = {State.DRAFT: "draft", State.SUBMITTED: "published", State.REOPENED: "returned"}


def person_of(request: HttpRequest) -> Person:
    """The person signed in; views ask only where that was made sure."""
    if not isinstance(request.user, Person):
        raise Refused(_("Sign in first: this is done in your own name."))
    return request.user


def open_questionnaire(request: HttpRequest, code: str) -> Questionnaire:
    """The newest version of a questionnaire that this person may see, or 404."""
    found = access.questionnaires_visible_to(request.user).filter(code=code).order_by("-version").first()
    if found is None:
        raise Http404(code)
    return found


def open_response(request: HttpRequest, pk: int) -> Response:
    """A response whose page this person may open, or 404."""
    found = access.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    return found


def country_name(response: Response) -> str:
    """The name of the country in the reader's language."""
    return vocab.label("country", response.country, current())


def is_insider(request: HttpRequest, response: Response) -> bool:
    """One of those who write on it, who see what the public does not."""
    who = request.user
    if not isinstance(who, Person):
        return False
    mine = response.body_id in who.edits_for() if response.body_id else False
    return mine or response.delegations.filter(person=who, ended_at=None).exists()


def tabs(request: HttpRequest, response: Response, tab: str) -> list[tuple[str, str, bool]]:
    """The pages about one response that this person can open; none where there is only one."""
    names = [("response", _("Overview"))]
    if is_insider(request, response):
        if response.state != State.SUBMITTED:
            names.append(("offline", _("Without a connection")))
            names.append(("check", _("Check and submit")))
        if response.body_id in person_of(request).edits_for():
            names.append(("people", _("Who answers")))
    if response.number > 1 or (response.number and is_insider(request, response)):
        names.append(("versions", _("Versions")))
    shown = [(label, reverse(f"surveys:{name}", args=[response.pk]), name == tab) for name, label in names]
    return shown if len(shown) > 1 else []


def about(request: HttpRequest, response: Response, tab: str, **more: Any) -> dict[str, Any]:
    """What every page about a response needs."""
    who = request.user
    acts = ("prefill", "submit", "reopen", "send_back", "entrust", "discard")
    return {
        "response": response,
        "questionnaire": response.questionnaire,
        "country": country_name(response),
        "insider": is_insider(request, response),
        "badge": BADGES[State(response.state)],
        "tabs": tabs(request, response, tab),
        "may": {name: may(who, getattr(verbs, name), response) for name in acts},
        **more,
    }


def page(
    request: HttpRequest, name: str, response: Response, tab: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A page about a response."""
    return render(request, f"surveys/{name}.html", about(request, response, tab, **more), status=status)


def carried_words(count: int) -> str:
    """How many answers the last report gave to this one."""
    said = ngettext(
        "%(count)s answer was carried over from the last report.",
        "%(count)s answers were carried over from the last report.",
        count,
    )
    return said % {"count": count}
