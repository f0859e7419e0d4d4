"""Who may make tokens, and what a token opens."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused, is_signed_in
from kapok.exchange.models import Scope, Token
from kapok.people.access import is_oneself
from kapok.people.models import Person

may_make_token = is_signed_in
may_revoke_token = is_oneself


def tokens_of(who: Any) -> QuerySet[Token]:
    """The tokens of a person; nobody sees those of others."""
    return Token.objects.filter(person=who) if isinstance(who, Person) else Token.objects.none()


def allow_scope(token: Token, *scopes: Scope) -> None:
    """Go on if the token was made for one of these; the rules of its person are asked by the verbs."""
    if not any(scope.value in token.scopes for scope in scopes):
        wanted = " · ".join(f"{scope.value} ({scope.label})" for scope in scopes)
        raise Refused(_("This token was not made for that. Make one with the scope: %(scope)s.") % {"scope": wanted})
