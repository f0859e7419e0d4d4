"""Between a session and its rights: how long it lives, and whether its second factor is there."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from kapok.people import second_factor
from kapok.people.models import Person

Next = Callable[[HttpRequest], HttpResponseBase]
BEGUN, SEEN = "kapok_begun", "kapok_seen"
# The last request is noted at most this often, so that reading does not write.
NOTED_EVERY = 600
# What one may reach without the second factor one's role needs: one's account pages and what every page is made of.
OPEN = ("/account", "/static/", "/healthz", "/readyz", "/help", "/rules")


class SessionMiddleware:
    """End sessions that were left alone or have lasted too long; shorter for the Secretariat and administrators."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.session.session_key and request.user.is_authenticated:
            self.watch(request, int(time.time()))
        return self.get_response(request)

    def watch(self, request: HttpRequest, now: int) -> None:
        """Note this request, or sign out when the session has come to its end."""
        begun = request.session.setdefault(BEGUN, now)
        seen = request.session.get(SEEN, begun)
        person = request.user
        staff = isinstance(person, Person) and (person.is_secretariat or person.is_administrator)
        longest = settings.KAPOK_SESSION_LONGEST_STAFF if staff else settings.KAPOK_SESSION_LONGEST
        if now - seen > settings.KAPOK_SESSION_IDLE or now - begun > longest:
            logout(request)
            messages.info(request, _("You were signed out because your session had come to its end. Sign in again."))
        elif now - seen > NOTED_EVERY or SEEN not in request.session:
            request.session[SEEN] = now


class SecondFactorMiddleware:
    """Send a person whose role needs a second factor to set one up, before anything else can be seen or done."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = getattr(request, "bare_path", request.path_info)
        if path.startswith(OPEN) or not request.user.is_authenticated or not second_factor.is_missing(request.user):
            return self.get_response(request)
        said = _("Your role needs a second factor. Set up a passkey or an authenticator app first; then go on.")
        if path.startswith("/api/"):
            raise PermissionDenied(said)
        messages.warning(request, said)
        return redirect("mfa_index")
