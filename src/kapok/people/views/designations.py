"""Pages for those who give and end roles."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kapok.core.rules import allow
from kapok.core.verbs import may
from kapok.people import queries, verbs
from kapok.people.access import (
    designations_visible_to,
    is_focal_point_of_body,
    is_secretariat,
    may_end_designation,
    may_see_designations,
    may_see_people_of,
)
from kapok.people.forms import DesignateForm, ReasonForm
from kapok.people.models import Body, Designation, Kind, Person, Role
from kapok.people.models.designation import BODY_ROLES
from kapok.people.views.parts import choices_of, done, errors_of, page_of, person_of


def roles_given_by(person: Person) -> tuple[Role, ...]:
    """The roles a person may give, for the choices of the form; the verb asks its rule again."""
    staff = (Role.SECRETARIAT, Role.ADMINISTRATOR) if person.is_administrator else ()
    return (*(BODY_ROLES if person.is_secretariat else ()), *staff)


@login_required
@require_safe
def designations(request: HttpRequest) -> HttpResponse:
    """Every designation: found by person, body or role; in force or ended."""
    person = person_of(request)
    allow(may_see_designations, person, None)
    role = request.GET.get("role", "")
    words = request.GET.get("q", "").strip()[:200]
    ended = request.GET.get("state") == "ended"
    found = queries.designations_with(
        designations_visible_to(person), words=words, role=role if role in Role.values else "", ended=ended
    )
    page = page_of(found, request)
    rows = [(held, may(person, verbs.end_designation, held)) for held in page]
    return render(
        request,
        "people/designations.html",
        {
            "page": page,
            "rows": rows,
            "q": words,
            "role": role,
            "ended": ended,
            "roles": [(role.value, str(role.label)) for role in Role],
            "wide": True,
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def designate(request: HttpRequest) -> HttpResponse:
    """Give a role, with its proof."""
    person = person_of(request)
    allow(may_see_designations, person, None)
    form = DesignateForm(
        request.POST if request.method == "POST" else None, roles=roles_given_by(person), initial=request.GET.dict()
    )
    if form.is_valid() and done(form, lambda: verbs.designate(Designation(**form.cleaned_data), by=person)):
        messages.success(request, _("The person is designated and has been told by mail."))
        return redirect("people:designations")
    return render(
        request,
        "people/designate.html",
        {"form": form, "errors": errors_of(form), "roles": choices_of(form, "role")},
        status=422 if form.errors else 200,
    )


@login_required
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's role, with the reason they will read."""
    person = person_of(request)
    visible = designations_visible_to(person).select_related("person", "body")
    held = get_object_or_404(visible, pk=pk)
    allow(may_end_designation, person, held)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(form, lambda: verbs.end_designation(held, by=person, **form.cleaned_data)):
        messages.success(request, _("The designation is ended and the person has been told by mail."))
        if may_see_designations(person, None) or held.body is None:
            return redirect("people:designations")
        return redirect("people:body", code=held.body.code)
    page = {"form": form, "errors": errors_of(form), "held": held}
    return render(request, "people/end.html", page, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def body_people(request: HttpRequest, code: str) -> HttpResponse:
    """Who acts for a body; a focal point names the editors of the government here."""
    person = person_of(request)
    body = get_object_or_404(Body, code=code)
    allow(may_see_people_of, person, body)
    names_editors = body.kind == Kind.GOVERNMENT and is_focal_point_of_body(person, body)
    form = DesignateForm(
        request.POST if request.method == "POST" else None,
        roles=(Role.EDITOR,),
        body=body,
        initial={"role": Role.EDITOR.value},
    )
    if form.is_valid():
        wanted = Designation(body=body, **form.cleaned_data)
        if done(form, lambda: verbs.designate(wanted, by=person)):
            messages.success(request, _("The person is designated and has been told by mail."))
            return redirect("people:body", code=body.code)
    page = page_of(queries.designations_with(designations_visible_to(person).filter(body=body)), request)
    rows = [(held, may(person, verbs.end_designation, held)) for held in page]
    return render(
        request,
        "people/body.html",
        {
            "body": body,
            "page": page,
            "rows": rows,
            "form": form,
            "errors": errors_of(form),
            "roles": choices_of(form, "role"),
            "names_editors": names_editors or is_secretariat(person, body),
        },
        status=422 if form.errors else 200,
    )
