"""A flood from one place is refused in words, and everybody else goes on reading."""

import json
from types import SimpleNamespace

import pytest

from kapok.site import flood
from kapok.site.flood import FloodGuard


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until told."""
    moment = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(flood.time, "monotonic", lambda: moment.now)
    return moment


@pytest.fixture
def guard(settings, clock):
    settings.REQUESTS_A_MINUTE, settings.PROXIES = 5, 0

    def django(environ, start_response):
        start_response("200 OK", [])
        return [b"page"]

    return FloodGuard(django)


def ask(guard, address="192.0.2.7", path="/search", **environ):
    """Status, headers and body."""
    said = []
    given = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "REMOTE_ADDR": address} | environ
    body = b"".join(guard(given, lambda *parts: said.extend(parts)))
    return said[0][:3], dict(said[1]), body.decode()


def statuses(guard, times, **environ):
    return [ask(guard, **environ)[0] for _time in range(times)]


def test_who_asks_too_much_waits_and_others_do_not(guard):
    assert statuses(guard, 7) == ["200"] * 5 + ["429"] * 2
    assert statuses(guard, 1, address="192.0.2.8") == ["200"]


def test_the_refusal_says_what_helps(guard):
    statuses(guard, 5)

    _status, headers, page = ask(guard)
    _status, _headers, problem = ask(guard, path="/api/v1/search")

    assert headers["Retry-After"] == "30"
    assert "Please wait half a minute and try again." in page
    assert page.count("<p lang=") == 5
    assert json.loads(problem)["status"] == 429


@pytest.mark.parametrize(
    ("environ", "title"),
    [
        ({"path": "/ar/search"}, "طلبات كثيرة جدا"),
        ({"HTTP_COOKIE": "kapok_language=fr"}, "Trop de demandes"),
        ({"HTTP_ACCEPT_LANGUAGE": "ru-RU,ru;q=0.9"}, "Слишком много запросов"),
        ({}, "Too many requests"),
    ],
    ids=["address", "kept", "browser", "none"],
)
def test_the_refusal_speaks_the_language_of_the_page(guard, environ, title):
    statuses(guard, 5)

    page = ask(guard, **environ)[2]

    assert f"<h1>{title}</h1>" in page


def test_the_refusal_leads_back_to_what_was_asked_but_sends_nothing_again(guard):
    statuses(guard, 5)
    path = "/fr/vocabularies/thème".encode().decode("latin-1")

    looked = ask(guard, path=path, QUERY_STRING="q=1&page=2")[2]
    sent = ask(guard, path=path, REQUEST_METHOD="POST")[2]

    assert '<a class="main" href="/fr/vocabularies/th%C3%A8me?q=1&amp;page=2">Réessayer</a>' in looked
    assert "Réessayer</a>" not in sent


def test_waiting_helps(guard, clock):
    statuses(guard, 6)
    clock.now += 30

    assert statuses(guard, 4) == ["200", "200", "429", "429"]


def test_persons_behind_one_address_do_not_wait_for_each_other(guard):
    for number in range(4):
        assert statuses(guard, 6, HTTP_COOKIE=f"kapok=person{number}") == ["200"] * 5 + ["429"]


def test_made_up_sessions_do_not_open_the_gate(guard):
    told = [ask(guard, HTTP_COOKIE=f"kapok=made-up-{number}")[0] for number in range(60)]

    assert told == ["200"] * 50 + ["429"] * 10


def test_a_forged_address_counts_only_behind_a_known_proxy(guard, settings):
    forged = [ask(guard, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")[0] for number in range(6)]
    assert forged == ["200"] * 5 + ["429"]

    settings.PROXIES = 1
    behind = [ask(guard, "127.0.0.1", HTTP_X_FORWARDED_FOR=f"203.0.113.9, 198.51.100.{number}") for number in range(6)]
    same = [
        ask(guard, "127.0.0.1", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 198.51.100.77")[0] for number in range(6)
    ]

    assert [answer[0] for answer in behind] == ["200"] * 6
    assert same == ["200"] * 5 + ["429"]


@pytest.mark.parametrize(
    ("changed", "environ"),
    [
        ({"REQUESTS_A_MINUTE": 0}, {}),
        ({}, {"address": "127.0.0.1"}),
        ({}, {"path": "/static/kapok/kapok.css"}),
        ({}, {"path": "/healthz"}),
    ],
    ids=["no limit", "this machine", "static", "health"],
)
def test_what_is_never_counted(guard, settings, changed, environ):
    for name, value in changed.items():
        setattr(settings, name, value)

    assert statuses(guard, 20, **environ) == ["200"] * 20


def test_memory_is_bounded(guard, monkeypatch):
    monkeypatch.setattr(flood, "KEPT", 10)

    for number in range(100):
        ask(guard, address=f"192.0.2.{number}")

    assert len(guard.buckets.left) == 10
