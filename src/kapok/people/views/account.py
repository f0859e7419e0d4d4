"""Pages about oneself: profile, letters, roles, one's data, and the way out."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kapok.core.rules import Sentence
from kapok.people import second_factor, verbs
from kapok.people.forms import ConfirmForm, ProfileForm
from kapok.people.models import Designation
from kapok.people.views.parts import done, errors_of, freshly_signed_in, person_of

# Rooms above add pages of the account here: what it is called, its address by name, and what it is for.
more_pages: list[tuple[Sentence, str, Sentence]] = []


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """One's profile, security, roles and data on one page."""
    person = person_of(request)
    form = ProfileForm(request.POST) if request.method == "POST" else ProfileForm.of(person)
    if (
        form.is_bound
        and form.is_valid()
        and done(form, lambda: verbs.update_profile(person, by=person, **form.answers()))
    ):
        messages.success(request, _("Your profile is changed."))
        return redirect("people:account")
    page = {
        "form": form,
        "errors": errors_of(form),
        "designations": person.designations_now(),
        "requests": person.requests.filter(answered_at=None).select_related("body"),
        "factors": Authenticator.objects.filter(user=person, type__in=second_factor.COUNTED).count(),
        "sessions": UserSession.objects.filter(user=person).count(),
        "has_password": person.has_usable_password(),
        "more_pages": more_pages,
        "second_factor_needed": second_factor.is_needed_by(person),
    }
    return render(request, "people/account.html", page, status=422 if form.errors else 200)


@login_required
@require_POST
@freshly_signed_in
def export(request: HttpRequest) -> HttpResponse:
    """One's own data as a file."""
    person = person_of(request)
    answer = JsonResponse(
        verbs.export_own_data(person, by=person), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    answer["Content-Disposition"] = 'attachment; filename="kapok-my-data.json"'
    return answer


@login_required
@require_http_methods(["GET", "POST"])
@freshly_signed_in
def erase(request: HttpRequest) -> HttpResponse:
    """Close one's account for good, after a page that says what goes and what stays."""
    person = person_of(request)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(form, lambda: verbs.erase_account(person, by=person)):
        logout(request)
        messages.success(request, _("Your account is erased. Thank you for what you shared."))
        return redirect("/")
    page = {"form": form, "errors": errors_of(form), "designations": person.designations_now()}
    return render(request, "people/erase.html", page, status=422 if form.errors else 200)


@login_required
@require_POST
def lay_down(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role of one's own."""
    person = person_of(request)
    held = Designation.objects.filter(person=person, pk=pk).first()
    if held is not None:
        verbs.end_designation(held, by=person)
        messages.success(request, _("The role is laid down."))
    return redirect("people:account")
