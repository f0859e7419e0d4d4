"""Who answers which section."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kapok.core.rules import Refused, allow
from kapok.people.access import edits_for_body
from kapok.people.models import Designation, Person
from kapok.surveys import access, verbs
from kapok.surveys.models import Response
from kapok.surveys.questionnaires.sheet import sheet_of
from kapok.surveys.views.parts import open_response, page, person_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Entrust sections to people of the government, or to a member named by address; take them back."""
    found = open_response(request, pk)
    allow(edits_for_body, request.user, found)
    if request.method != "POST":
        return listed(request, found)
    if request.POST.get("do") == "end":
        given = request.POST.get("delegation", "")
        delegation = get_object_or_404(found.delegations.all(), pk=int(given) if given.isdecimal() else 0)
        verbs.end_entrusting(found, by=person_of(request), delegation=delegation)
        messages.success(request, _("The section is back with you."))
        return redirect("surveys:people", found.pk)
    return entrust(request, found)


def colleagues(found: Response) -> list[Person]:
    """The people designated for the government."""
    held = Designation.objects.in_force().filter(body=found.body_id).select_related("person")
    return list({each.person_id: each.person for each in held}.values())


def listed(request: HttpRequest, found: Response, **more: Any) -> HttpResponseBase:
    """The page itself."""
    held = found.delegations.filter(ended_at=None).select_related("person", "section")
    facts = {
        "delegations": list(held),
        "colleagues": colleagues(found),
        "sections": sheet_of(found.questionnaire).sections,
        "chosen": request.POST.getlist("section"),
        "mail": request.POST.get("mail", ""),
        "open": access.may_entrust(request.user, found),
        **more,
    }
    return page(request, "people", found, "people", status=422 if more.get("errors") else 200, **facts)


def entrust(request: HttpRequest, found: Response) -> HttpResponseBase:
    """Entrust the chosen sections to the chosen person."""
    allow(access.may_entrust, request.user, found)
    mail, chosen = request.POST.get("mail", "").strip().lower()[:254], request.POST.get("person", "")
    person = next((each for each in colleagues(found) if str(each.pk) == chosen), None)
    if person is None and mail:
        person = Person.objects.filter(email=mail, is_active=True, erased_at=None).first()
    if person is None:
        said = _("No member has this e-mail address. Ask them to join first; then invite them here.")
        if not mail:
            said = _("Choose a person, or give an e-mail address.")
        return listed(request, found, error=said, errors=[("mail", said)])
    sections = found.questionnaire.sections.filter(key__in=request.POST.getlist("section"))
    try:
        verbs.entrust(found, by=person_of(request), person=person, sections=sections)
    except Refused as refused:
        return listed(request, found, section_error=refused.sentence, errors=[("sections", refused.sentence)])
    messages.success(request, _("%(name)s can now answer these sections.") % {"name": person.label})
    return redirect("surveys:people", found.pk)
