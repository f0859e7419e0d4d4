"""The token of a request: whose it is, whether it still opens anything, and how often it was used this minute."""

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja.errors import Throttled
from ninja.security import HttpBearer

from kapok.core.rules import Refused
from kapok.exchange.models import Token
from kapok.exchange.tokens.verbs import digest
from kapok.people import second_factor

A_MINUTE = 120
# The last use is noted at most this often, so that reading does not write.
NOTED_EVERY = timedelta(minutes=5)


class Bearer(HttpBearer):
    """`Authorization: Bearer kapok_…`. The request is then one of the token's person."""

    openapi_bearerFormat = "kapok_…"  # noqa: N815 (the name is OpenAPI's)

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token, if it is known and alive; its person's rights are read anew for each request."""
        found = Token.objects.select_related("person").filter(digest=digest(token)).first()
        if found is None or not found.is_alive or not found.person.is_active:
            return None
        throttle(found)
        if second_factor.is_missing(found.person):
            raise Refused(
                _("Your role needs a second factor. Set up a passkey or an authenticator app first; then go on.")
            )
        note_use(found)
        # Both names: the log and the headers look at the second, which asks no database.
        request.user = request._cached_user = found.person  # type: ignore[attr-defined]
        return found


def throttle(token: Token) -> None:
    """At most so many requests a minute, in all processes together."""
    now = timezone.now()
    key = f"token:{token.pk}:{now:%H%M}"
    cache.add(key, 0, 120)
    if cache.incr(key) > A_MINUTE:
        raise Throttled(wait=60 - now.second)


def note_use(token: Token) -> None:
    """Remember when it was last used."""
    now = timezone.now()
    if token.used_at is None or now - token.used_at > NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(used_at=now)
