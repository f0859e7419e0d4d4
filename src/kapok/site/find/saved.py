"""The searches one keeps: save, list, change, forget."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kapok.core.languages import current
from kapok.core.rules import Refused
from kapok.people.models import Person
from kapok.search import verbs
from kapok.search.access import searches_of
from kapok.search.models import Frequency, SavedSearch
from kapok.site.find.asked import Asked, asked
from kapok.site.find.views import described


def person_of(request: HttpRequest) -> Person:
    """The person signed in; these pages ask only behind `login_required`."""
    assert isinstance(request.user, Person)
    return request.user


def settled(query: str) -> Asked:
    """The question of a query as it is kept: what was understood, without page and order."""
    given = QueryDict(query.lstrip("?"), mutable=True)
    for name in ("page", "per_page", "sort", "name", "frequency", "csrfmiddlewaretoken"):
        given.pop(name, None)
    return asked(given)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Keep the question of this address under a name."""
    person = person_of(request)
    question = settled(request.GET.urlencode())
    said = described(question, current())
    name, frequency, wrong = said[:120], str(Frequency.WEEKLY), ""
    if request.method == "POST":
        name, frequency = request.POST.get("name", ""), request.POST.get("frequency", "")
        try:
            verbs.save(SavedSearch(name=name, frequency=frequency, query=question.address()), by=person)
        except Refused as refused:
            wrong = str(refused.sentence)
        else:
            messages.success(request, _("The search is kept. Its mails come only when there is something new."))
            return redirect("find:searches")
    page: dict[str, Any] = {
        "question": question,
        "described": said,
        "name": name,
        "frequency": frequency,
        "frequencies": Frequency.choices,
        "errors": [("id_name", wrong)] if wrong else [],
    }
    return render(request, "site/search-save.html", page, status=422 if wrong else 200)


@login_required
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """All the searches one keeps."""
    kept = [
        {"search": one, "described": described(settled(one.query), current())}
        for one in searches_of(person_of(request))
    ]
    return render(request, "site/searches.html", {"kept": kept, "frequencies": Frequency.choices, "active": "desk"})


@login_required
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Hear of it more or less often, or forget it."""
    person = person_of(request)
    search = get_object_or_404(searches_of(person), pk=pk)
    if "forget" in request.POST:
        verbs.forget(search, by=person)
        messages.success(request, _("The search is forgotten."))
        return redirect("find:searches")
    try:
        verbs.change(search, by=person, frequency=request.POST.get("frequency", ""))
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("It is changed."))
    return redirect("find:searches")
