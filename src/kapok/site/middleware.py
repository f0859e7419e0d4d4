"""The language of a page and the headers that protect it."""

import re
from collections.abc import Callable
from typing import Any

from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from servestatic.middleware import ServeStaticMiddleware

from kapok.core.languages import LANGUAGES, code_of

Next = Callable[[HttpRequest], HttpResponseBase]
PREFIX = re.compile(r"/(" + "|".join(LANGUAGES) + r")(?=/|$)")
YEAR = 365 * 24 * 3600

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}


class HeadersMiddleware:
    """Let no page load or run anything that is not ours, and let no cache keep a signed-in person's page.

    A view may widen one line: `response.policy = {"frame-ancestors": "*"}`.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        policy = POLICY | getattr(response, "policy", {})
        response.headers.setdefault(
            "Content-Security-Policy", "; ".join(f"{name} {value}" for name, value in policy.items())
        )
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        person: Any = getattr(request, "_cached_user", None)
        if person is not None and person.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def browser_language(request: HttpRequest) -> str:
    """The first of our languages that the browser asks for, else English."""
    for code, _weight in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "").lower()):
        primary = code.split("-")[0]
        if primary in LANGUAGES:
            return primary
    return "en"


def chosen_language(request: HttpRequest) -> str:
    """The language of an address without a prefix: the person's, the cookie's, the browser's, else English."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        own = getattr(get_user(request), "language", "")
        if own in LANGUAGES:
            return str(own)
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return kept if kept in LANGUAGES else browser_language(request)


class StaticMiddleware:
    """Hand out our own files. Only they take the way over an event loop that the library wants; pages save it."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.files = async_to_sync(ServeStaticMiddleware(sync_to_async(get_response)))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        ours = request.path_info.startswith(settings.STATIC_URL)
        return self.files(request) if ours else self.get_response(request)


class LanguageMiddleware:
    """`/ar/search` is `/search` in Arabic, and every address made while it is answered begins with `/ar/`."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found = PREFIX.match(request.path_info)
        outer = get_script_prefix()
        if found:
            tag = found.group(1)
            request.path_info = request.path_info[found.end() :] or "/"
            set_script_prefix(f"{outer.rstrip('/')}/{tag}/")
        elif request.path_info.startswith("/api/"):
            tag = browser_language(request)
        else:
            tag = chosen_language(request)
        request.bare_path = request.path_info  # type: ignore[attr-defined]
        request.LANGUAGE_CODE = code_of(tag)
        try:
            with translation.override(code_of(tag)):
                response = self.get_response(request)
        finally:
            set_script_prefix(outer)
        return self.mark(request, response, tag, prefixed=bool(found))

    def mark(self, request: HttpRequest, response: HttpResponseBase, tag: str, *, prefixed: bool) -> HttpResponseBase:
        """Say the language in the answer, and remember one that was chosen by address."""
        response.headers.setdefault("Content-Language", tag)
        if not prefixed:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        elif request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != tag and tag != chosen_language(request):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                tag,
                max_age=YEAR,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
