"""The page of one's tokens."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kapok.core.rules import Refused
from kapok.core.sheet import secret_of
from kapok.exchange.models import Scope, Token
from kapok.exchange.tokens import verbs
from kapok.exchange.tokens.access import tokens_of
from kapok.exchange.tokens.forms import DAYS, TokenForm
from kapok.people.models import Person
from kapok.people.views.parts import errors_of, freshly_signed_in, person_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@freshly_signed_in
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens, and a new one; it is shown on the answer to the form and never again."""
    person = person_of(request)
    form = TokenForm(request.POST if request.method == "POST" else None)
    page: dict[str, Any] = {"form": form, "secret": "", "scopes": Scope.choices, "days": DAYS}
    if form.is_valid():
        try:
            page["made"], page["secret"] = made(request, person, form.cleaned_data)
            page["form"] = TokenForm()
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
    page["errors"] = errors_of(form) if not page["secret"] else []
    page["tokens"] = [(one, one.is_alive) for one in tokens_of(person)[:100]]
    return render(request, "exchange/tokens.html", page, status=422 if page["errors"] else 200)


def made(request: HttpRequest, person: Person, given: dict[str, Any]) -> tuple[Token, str]:
    """The token that was asked for; the same form sent twice makes the same one."""
    secret = verbs.MARK + secret_of(request, "token")
    known = tokens_of(person).filter(digest=verbs.digest(secret)).first()
    if known:
        return known, secret
    facts = {"name": given["name"], "scopes": given["scopes"], "days": int(given["days"])}
    return verbs.make_token(person, by=person, secret=secret, **facts)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token at once."""
    person = person_of(request)
    verbs.revoke_token(get_object_or_404(tokens_of(person), pk=pk), by=person)
    messages.success(request, _("The token is revoked: no program can use it any more."))
    return redirect("exchange:tokens")
