"""Making and revoking tokens."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.exchange.models import Scope, Token
from kapok.exchange.tokens import access
from kapok.people.models import Person

LONGEST = 365
MOST = 20
MARK = "kapok_"


@verb("exchange.make_token", _("Make an access token"), access.may_make_token)
def make_token(
    person: Person, *, by: Person, name: str, scopes: Iterable[str], days: int, secret: str = ""
) -> tuple[Token, str]:
    """Let a program act for a person until a day. The second answer is the token itself, which is shown once."""
    wanted = [scope.value for scope in Scope if scope.value in set(scopes)]
    if not name.strip():
        raise Refused(_("Give the token a name that tells which program uses it."))
    if not wanted:
        raise Refused(_("Choose at least one thing that the token may be used for."))
    if not 1 <= days <= LONGEST:
        raise Refused(_("A token lasts from one day to a year."))
    now = timezone.now()
    if access.tokens_of(by).filter(revoked_at=None, ends_at__gt=now).count() >= MOST:
        raise Refused(_("You have %(most)s tokens already. Revoke one that you do not need.") % {"most": MOST})
    secret = secret or MARK + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=by,
        name=name.strip()[:80],
        digest=digest(secret),
        begins=secret[:10],
        scopes=wanted,
        ends_at=now + timedelta(days=days),
    )
    remember(token=token.pk, name=token.name, scopes=wanted, until=token.ends_at.date().isoformat())
    return token, secret


@verb("exchange.revoke_token", _("Revoke an access token"), access.may_revoke_token)
def revoke_token(token: Token, *, by: Person) -> Token:
    """End a token at once; its next request is refused."""
    token.revoked_at = token.revoked_at or timezone.now()
    token.save(update_fields=["revoked_at"])
    return token


def digest(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()
