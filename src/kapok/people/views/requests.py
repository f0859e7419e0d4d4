"""Asking to be designated, and answering those who ask."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kapok.core.rules import Refused
from kapok.people import queries, verbs
from kapok.people.access import requests_visible_to
from kapok.people.forms import ReasonForm, RequestForm
from kapok.people.models import Request
from kapok.people.views.parts import choices_of, done, errors_of, page_of, person_of


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a role for a body."""
    person = person_of(request)
    form = RequestForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if form.is_valid():
        wanted = Request(person=person, **form.cleaned_data)
        if done(form, lambda: verbs.request_designation(wanted, by=person)):
            messages.success(request, _("Your request is sent. The answer comes by mail."))
            return redirect("people:account")
    page = {"form": form, "errors": errors_of(form), "roles": choices_of(form, "role")}
    return render(request, "people/ask.html", page, status=422 if form.errors else 200)


@login_required
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """The requests that wait for one's answer."""
    person = person_of(request)
    page = page_of(queries.waiting(requests_visible_to(person), person), request)
    return render(request, "people/requests.html", {"page": page})


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or decline a request."""
    person = person_of(request)
    asked = get_object_or_404(requests_visible_to(person), pk=pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        if "grant" in request.POST:
            verbs.grant_request(asked, by=person, reason=reason)
            messages.success(request, _("The request is granted, and the person has been told by mail."))
        else:
            verbs.decline_request(asked, by=person, reason=reason)
            messages.success(request, _("The request is declined, and the person has been told why by mail."))
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    return redirect("people:requests")


@login_required
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Bodies while somebody types a name or a code."""
    words = request.GET.get("q", "").strip()[:100]
    found = queries.bodies_like(words) if words else []
    results = [
        {"id": body.code, "label": f"{body.label()} ({body.code})", "note": body.get_kind_display()} for body in found
    ]
    return JsonResponse({"results": results})
