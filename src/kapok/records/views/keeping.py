"""A form sent after the session ended: kept for a day, and back after signing in."""

import secrets
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from kapok.records.letters import within

DAY = 24 * 3600
LARGEST = 500_000
# Forms an hour from one place: a session ends now and then, not all the time.
AN_HOUR = 30


def keep(request: HttpRequest) -> HttpResponse:
    """Lay what was sent aside under a secret, and ask to sign in; the secret leads back to it."""
    there = request.get_full_path()
    if request.method == "POST":
        if "X-Autosave" in request.headers:
            sentence = _("You are signed out. Your text stays on this page: press “Save draft” to sign in and keep it.")
            return JsonResponse({"sentence": sentence}, status=401)
        given = request.POST.copy()
        given.pop("csrfmiddlewaretoken", None)
        text = given.urlencode()
        if len(text) <= LARGEST and within(f"kept-from:{request.META.get('REMOTE_ADDR', '')}", AN_HOUR):
            token = secrets.token_urlsafe(24)
            cache.set(f"kept:{token}", text, DAY)
            there = f"{request.path}?{urlencode({'kept': token})}"
            messages.info(request, _("Your session has ended. What you typed is kept: sign in, and it is back."))
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': there})}")


def kept(request: HttpRequest) -> str:
    """What was laid aside under the secret in the address, or nothing."""
    token = request.GET.get("kept", "")[:80]
    found = cache.get(f"kept:{token}") if token else None
    return str(found or "")


def again(request: HttpRequest, text: str) -> HttpRequest:
    """The request as if it had just been sent."""
    sent = HttpRequest()
    sent.POST = QueryDict(text)
    sent.user = request.user
    return sent
