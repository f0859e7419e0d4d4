"""Floods: whoever asks for more than a person reads is told to wait, so that the others do not have to.

Kept pages and static files cost nothing and are not counted. Visitors are counted by address; persons who signed
in by their session, because a whole ministry may share one address, and by address with room for many.
"""

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import quote

from django.conf import settings
from django.utils import translation

from kapok.core.languages import LANGUAGES, code_of
from kapok.site.pagecache import PREFIX, Application, Environ, StartResponse, browser_language, cookies_of
from kapok.site.plainly import Words, address_again, plain_page

FREE = ("/static/", "/healthz", "/readyz")
KEPT = 20_000
PERSONS_BEHIND_ONE_ADDRESS = 10
WAIT = 30
WORDS: Words = {
    "ar": (
        "طلبات كثيرة جدا",
        "وصلت من شبكتكم طلبات كثيرة جدا خلال دقيقة واحدة. يرجى الانتظار نصف دقيقة ثم المحاولة من جديد.",
    ),
    "en": (
        "Too many requests",
        "Too many requests came from your network within a minute. Please wait half a minute and try again.",
    ),
    "es": (
        "Demasiadas solicitudes",
        "Han llegado demasiadas solicitudes desde su red en un minuto. Espere medio minuto e inténtelo de nuevo.",
    ),
    "fr": (
        "Trop de demandes",
        "Trop de demandes sont parvenues de votre réseau en une minute. Attendez une demi-minute, puis réessayez.",
    ),
    "ru": (
        "Слишком много запросов",
        "Из вашей сети за минуту поступило слишком много запросов. Подождите полминуты и повторите попытку.",
    ),
    "zh": ("请求过多", "一分钟内来自您所在网络的请求过多。请等待半分钟后重试。"),
}


class Buckets:
    """How much each may still ask for: it fills up steadily, and is full after a minute."""

    def __init__(self) -> None:
        self.left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self.lock = threading.Lock()

    def take(self, key: str, a_minute: int) -> bool:
        """Use up one request, if there is one left."""
        now = time.monotonic()
        with self.lock:
            left, seen = self.left.pop(key, (float(a_minute), now))
            left = min(float(a_minute), left + (now - seen) * a_minute / 60)
            allowed = left >= 1
            self.left[key] = (left - 1 if allowed else left, now)
            while len(self.left) > KEPT:
                self.left.popitem(last=False)
        return allowed


class FloodGuard:
    """The middleware between the page cache and Django."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.buckets = Buckets()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith(FREE) or self.allows(environ):
            return self.application(environ, start_response)
        return refuse(environ, start_response, path)

    def allows(self, environ: Environ) -> bool:
        """Is there room for one more from there?"""
        a_minute, address = settings.REQUESTS_A_MINUTE, address_of(environ)
        # Without a known proxy in front, this machine's own address may stand for everybody.
        if not a_minute or (not settings.PROXIES and address in {"127.0.0.1", "::1", ""}):
            return True
        session = cookies_of(environ).get(settings.SESSION_COOKIE_NAME)
        if not session:
            return self.buckets.take(address, a_minute)
        # A made-up session must not open the gate: the address counts as well.
        many = self.buckets.take(f"persons {address}", a_minute * PERSONS_BEHIND_ONE_ADDRESS)
        return many and self.buckets.take(f"session {session}", a_minute)


def address_of(environ: Environ) -> str:
    """Where a request comes from, as far as the web servers in front of us can be believed."""
    passed = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXIES and len(passed) >= settings.PROXIES:
        return str(passed[-settings.PROXIES])
    return str(environ.get("REMOTE_ADDR", ""))


def language_of(environ: Environ) -> str:
    """The language of the page that was asked for: of its address, else the one kept, else the browser's."""
    prefix = PREFIX.match(environ.get("PATH_INFO", ""))
    if prefix:
        return prefix.group(1)
    kept = cookies_of(environ).get(settings.LANGUAGE_COOKIE_NAME, "")
    return kept if kept in LANGUAGES else browser_language(environ)


def refuse(environ: Environ, start_response: StartResponse, path: str) -> Iterable[bytes]:
    """429 with the time to wait: words for people, JSON for programs."""
    # The server hands the bytes of an address over as letters of Latin-1.
    asked = quote(path.encode("latin-1")) + ("?" + environ["QUERY_STRING"] if environ.get("QUERY_STRING") else "")
    again = address_again(environ["REQUEST_METHOD"], asked)
    with translation.override(code_of(language_of(environ))):
        page = plain_page(WORDS, HTTPStatus.TOO_MANY_REQUESTS, again=again)
    if path.startswith("/api/"):
        page.content = json.dumps({"status": 429, "title": WORDS["en"][1]}).encode()
        page.headers["Content-Type"] = "application/problem+json"
        page.headers["Content-Length"] = str(len(page.content))
    page.headers["Retry-After"] = str(WAIT)
    start_response("429 Too Many Requests", list(page.items()))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.content]
