"""Whole public pages, kept in memory in front of Django for visitors without an account.

A view marks its answer with `Kapok-Cache: public` (`kapok.core.cache.public`). Kept pages differ by address and
language; any news makes all of them old, in all processes, and so does the passing of five minutes, because
some pages speak of today. A session, a message, a token or a part asked for by htmx always goes on to Django.
"""

import gzip
import hashlib
import re
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.conf import settings
from django.utils.translation.trans_real import parse_accept_lang_header

from kapok.core.cache import MARK, generation
from kapok.core.languages import LANGUAGES

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

PREFIX = re.compile(r"/(" + "|".join(LANGUAGES) + r")(?=/|$)")
UNTOUCHED = ("/static/", "/healthz", "/readyz", "/account/")
VARY = {"accept-encoding", "accept-language", "cookie", "hx-request"}
BUDGET = 32 * 1024 * 1024
LARGEST = 1024 * 1024
LIFETIME = 300.0
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Page:
    """One kept answer: its body packed, its headers ready to send."""

    packed: bytes
    headers: Headers
    etag: str
    generation: tuple[int, int]
    until: float


def cookies_of(environ: Environ) -> dict[str, str]:
    """The visitor's cookies; none when they make no sense."""
    raw = environ.get("HTTP_COOKIE", "")
    if not raw:
        return {}
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(raw).items()}
    except CookieError:
        return {}


def browser_language(environ: Environ) -> str:
    """The first of our languages that the browser asks for, else English."""
    for code, _weight in parse_accept_lang_header(environ.get("HTTP_ACCEPT_LANGUAGE", "").lower()):
        primary = code.split("-")[0]
        if primary in LANGUAGES:
            return primary
    return "en"


def packs(environ: Environ) -> bool:
    """Does the visitor's program understand gzip?"""
    return "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")


class PageCache:
    """The middleware around the WSGI application."""

    def __init__(self, application: Application, budget: int = BUDGET) -> None:
        self.application = application
        self.budget = budget
        self.size = 0
        self.pages: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self.lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        cookies = cookies_of(environ)
        if not self.concerns(environ, cookies):
            return self.application(environ, start_response)
        path = environ.get("PATH_INFO", "")
        prefix = PREFIX.match(path)
        usual = self.usual_language(environ, path, cookies)
        tag = prefix.group(1) if prefix else usual
        key = (tag, environ.get("HTTP_HOST", ""), self.scheme(environ), path, environ.get("QUERY_STRING", ""))
        now = generation()
        page = self.pages.get(key)
        if page is None or page.generation != now or page.until < time.monotonic():
            answer = self.ask(environ, start_response, key, now, cookies)
            if not isinstance(answer, Page):
                return answer
            page = answer
        else:
            self.touch(key)
        choice = tag if prefix and tag != usual else ""
        return self.send(page, environ, start_response, choice)

    def concerns(self, environ: Environ, cookies: dict[str, str]) -> bool:
        """Is this a visitor's plain reading of a page?"""
        return (
            environ["REQUEST_METHOD"] in {"GET", "HEAD"}
            and settings.SESSION_COOKIE_NAME not in cookies
            and "messages" not in cookies
            and "HTTP_AUTHORIZATION" not in environ
            and "HTTP_HX_REQUEST" not in environ
            and "HTTP_RANGE" not in environ
            and not environ.get("PATH_INFO", "").startswith(UNTOUCHED)
        )

    def usual_language(self, environ: Environ, path: str, cookies: dict[str, str]) -> str:
        """The language of an address without a prefix."""
        kept = cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
        if kept in LANGUAGES and not path.startswith("/api/"):
            return kept
        return browser_language(environ)

    def scheme(self, environ: Environ) -> str:
        """http and https answer differently; what a proxy says counts where there is one."""
        return str(environ.get("HTTP_X_FORWARDED_PROTO") or environ.get("wsgi.url_scheme", ""))

    def ask(
        self,
        environ: Environ,
        start_response: StartResponse,
        key: tuple[str, ...],
        now: tuple[int, int],
        cookies: dict[str, str],
    ) -> Page | Iterable[bytes]:
        """Let Django answer; keep the answer if it is marked public, else pass it on."""
        asked = environ | {"HTTP_ACCEPT_ENCODING": "gzip", "REQUEST_METHOD": "GET"}
        asked.pop("HTTP_IF_NONE_MATCH", None)
        asked.pop("HTTP_IF_MODIFIED_SINCE", None)
        said: list[Any] = []
        answer = self.application(asked, lambda *parts: said.extend(parts))
        status, headers = said[0], said[1]
        if not self.may_keep(status, headers, cookies):
            return self.pass_on(answer, environ, start_response, said)
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        page = make_page(body, headers, now)
        self.keep(key, page)
        return page

    def may_keep(self, status: str, headers: Headers, cookies: dict[str, str]) -> bool:
        """Public, complete, and without anything that belongs to one visitor.

        A visitor who has the cookie of the forms' token might get a page with that token in it.
        """
        if not status.startswith("200") or settings.CSRF_COOKIE_NAME in cookies:
            return False
        public, small = False, False
        for name, value in headers:
            match name.lower():
                case "kapok-cache":
                    public = value == "public"
                case "content-length":
                    small = int(value) <= LARGEST
                case "set-cookie" if not value.startswith(settings.LANGUAGE_COOKIE_NAME + "="):
                    return False
                case "vary" if not {part.strip().lower() for part in value.split(",")} <= VARY:
                    return False
        return public and small

    def pass_on(
        self, answer: Iterable[bytes], environ: Environ, start_response: StartResponse, said: list[Any]
    ) -> Iterable[bytes]:
        """An answer that is not kept, as the visitor's program can read it."""
        status, headers, *rest = said
        headers = [(name, value) for name, value in headers if name != MARK]
        packed = any(name.lower() == "content-encoding" and value == "gzip" for name, value in headers)
        body: Iterable[bytes] = answer
        if packed and not packs(environ):
            whole = any(name.lower() == "content-length" for name, _value in headers)
            dropped = {"content-encoding", "content-length"}
            headers = [(name, value) for name, value in headers if name.lower() not in dropped]
            body = unpacked(answer)
            if whole:
                body = [b"".join(body)]
                headers.append(("Content-Length", str(len(body[0]))))
        start_response(status, headers, *rest)
        if environ["REQUEST_METHOD"] == "HEAD":
            getattr(answer, "close", lambda: None)()
            return []
        return body

    def keep(self, key: tuple[str, ...], page: Page) -> None:
        """Store a page, and let go of those not asked for in the longest time."""
        with self.lock:
            old = self.pages.pop(key, None)
            self.size += len(page.packed) - (len(old.packed) if old else 0)
            self.pages[key] = page
            while self.size > self.budget:
                _key, dropped = self.pages.popitem(last=False)
                self.size -= len(dropped.packed)

    def touch(self, key: tuple[str, ...]) -> None:
        """Asked for again: it will be let go of last."""
        with self.lock:
            if key in self.pages:
                self.pages.move_to_end(key)

    def send(self, page: Page, environ: Environ, start_response: StartResponse, choice: str) -> Iterable[bytes]:
        """A kept page, or word that the visitor's copy is still good."""
        headers = list(page.headers)
        if choice:
            headers.append(("Set-Cookie", remember_language(choice)))
        if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", headers)
            return []
        body = page.packed
        if packs(environ):
            headers.append(("Content-Encoding", "gzip"))
        else:
            body = gzip.decompress(body)
        headers.append(("Content-Length", str(len(body))))
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def unpacked(answer: Iterable[bytes]) -> Iterator[bytes]:
    """A packed answer as it comes, piece by piece, so that a long one need never be held whole."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        for piece in answer:
            if plain := unpacker.decompress(piece):
                yield plain
        yield unpacker.flush()
    finally:
        getattr(answer, "close", lambda: None)()


def make_page(body: bytes, headers: Headers, now: tuple[int, int]) -> Page:
    """What is kept of an answer."""
    packed = any(name.lower() == "content-encoding" and value == "gzip" for name, value in headers)
    plain = gzip.decompress(body) if packed else body
    dropped = {"content-encoding", "content-length", "set-cookie", "etag", "kapok-cache", "cache-control"}
    kept = [(name, value) for name, value in headers if name.lower() not in dropped]
    etag = '"' + hashlib.sha256(plain).hexdigest()[:24] + '"'
    # A browser keeps its copy but asks each time whether it is still good.
    kept += [("ETag", etag), ("Cache-Control", "no-cache")]
    return Page(body if packed else gzip.compress(plain, 6), kept, etag, now, time.monotonic() + LIFETIME)


def remember_language(tag: str) -> str:
    """The cookie that keeps a language chosen by address, as the language middleware sets it."""
    cookie: SimpleCookie = SimpleCookie()
    cookie[settings.LANGUAGE_COOKIE_NAME] = tag
    morsel = cookie[settings.LANGUAGE_COOKIE_NAME]
    morsel.update({"path": "/", "max-age": str(YEAR), "samesite": "Lax"})
    morsel["httponly"] = True
    if settings.SESSION_COOKIE_SECURE:
        morsel["secure"] = True
    return morsel.OutputString()
