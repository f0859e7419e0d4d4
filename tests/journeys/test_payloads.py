"""Whatever is typed into a text comes out as words: on pages, in feeds, calendars, tables, letters and data."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from lxml import etree, html

from kapok.formats.format import format_of
from kapok.records import verbs
from kapok.search import index
from tests import make
from tests.records.nights import letters_of

pytestmark = pytest.mark.django_db
# Twenty ways to run something, in ten ways to break out of where a text stands.
ACTS = [
    "<script>canary()</script>",
    "<img src=x onerror=canary()>",
    "<svg onload=canary()>",
    "<svg><script>canary()</script></svg>",
    "<iframe src=javascript:canary()></iframe>",
    "<a href=javascript:canary()>canary</a>",
    "<body onload=canary()>",
    "<input autofocus onfocus=canary()>",
    "<details open ontoggle=canary()>",
    "<math><mi xlink:href=javascript:canary()>x</mi></math>",
    "<object data=javascript:canary()>",
    "<embed src=javascript:canary()>",
    "<form action=javascript:canary()><button>canary",
    "<meta http-equiv=refresh content='0;url=javascript:canary()'>",
    "<base href=//canary.example>",
    "<link rel=stylesheet href=//canary.example>",
    "<style>@import '//canary.example'</style>",
    "<video><source onerror=canary()></video>",
    "<marquee onstart=canary()>canary</marquee>",
    "{{ canary }}{% canary %}",
]
WAYS_OUT = ["", '">', "'>", "-->", "</title>", "</textarea>", "</script>", "]]>", "&lt;", "\\u003c"]
PAYLOADS = [way + act for way in WAYS_OUT for act in ACTS]
ALIVE = (
    "//@*[starts-with(name(), 'on')] | //@href[contains(., 'javascript:')] | //@src[contains(., 'canary')]"
    " | //*[contains(@action, 'canary')]"
)


@pytest.fixture
def hostile() -> Iterator[Any]:
    """A published initiative and a piece of news whose every text holds all payloads."""
    assert len(PAYLOADS) == 200
    lead = make.record("organisation", owner=make.body())
    news = make.record("news", title={"en": PAYLOADS[0]}, **texts("news"))
    made = make.record("initiative", lead=lead.identifier, **texts("initiative"))
    index.forget()
    index.drain()
    yield made, news
    index.forget()


def texts(code: str) -> dict[str, Any]:
    """All payloads in each text of a format."""
    fields = format_of(code).fields.values()
    return {
        kind.name: {"en": PAYLOADS[0] if kind.line else "\n\n".join(PAYLOADS)}
        for kind in fields
        if kind.widget == "text" and not (code == "news" and kind.name == "title")
    }


def alive(content: bytes) -> list[str]:
    """What of a page could run, or was never ours."""
    tree = html.fromstring(content)
    found = [str(one) for one in tree.xpath(ALIVE)]
    scripts = [
        one
        for one in tree.iter("script", "style")
        if "canary" in (one.text or "") and "json" not in one.get("type", "")
    ]
    strangers = [one.tag for one in tree.iter("iframe", "object", "embed", "marquee", "base", "math", "video")]
    return found + [str(one.text) for one in scripts] + strangers


def test_the_net_catches_what_is_alive() -> None:
    caught = [act for act in ACTS if alive(f"<html><body>{act}</body></html>".encode())]

    assert [act for act in ACTS if act not in caught] == [
        "<body onload=canary()>",  # a second body is none
        "<meta http-equiv=refresh content='0;url=javascript:canary()'>",
        "<link rel=stylesheet href=//canary.example>",
        "{{ canary }}{% canary %}",
    ]


def test_pages_show_payloads_as_words(hostile: Any) -> None:
    made, news = hostile
    officer = Client()
    officer.force_login(make.secretariat())
    one = f"/en/records/{made.identifier}"
    verbs.revise(made, by=make.secretariat())
    addresses = [one, f"{one}/history", f"{one}/versions/1", f"{one}/edit", f"{one}/draft", f"{one}/review"]
    addresses += [f"/en/records/{news.identifier}", "/en/", "/en/search?q=canary", "/en/countries/KEN", "/en/calendar"]

    found = {address: alive(officer.get(address).content) for address in addresses}

    assert b"canary" in officer.get(one).content
    assert {address: what for address, what in found.items() if what} == {}
    for address in addresses:
        page = html.fromstring(officer.get(address).content)
        assert not page.xpath("//*[contains(@http-equiv, 'refresh')] | //link[contains(@href, 'canary.example')]")


def test_data_and_feeds_hold_payloads_as_words(hostile: Any) -> None:
    made, _news = hostile
    client = Client()
    linked = html.fromstring(client.get(f"/en/records/{made.identifier}").content)
    data = linked.findtext(".//script[@type='application/ld+json']") or ""
    feed = etree.fromstring(client.get("/en/search/feed?q=canary").content)
    answer = client.get(f"/api/v1/records/{made.identifier}")
    table = b"".join(client.get("/en/search.csv?type=initiative").streaming_content).decode()  # type: ignore[attr-defined]

    assert "canary()" in json.dumps(json.loads(data))
    assert {etree.QName(one).localname for one in feed.iter() if isinstance(one.tag, str)}.isdisjoint({"script", "img"})
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not [cell for cell in re.split(r"[,\r\n]", table) if cell.lstrip('"')[:1] in set("=+@")]


def test_letters_hold_payloads_as_words(hostile: Any) -> None:
    draft = make.draft("initiative", by=make.person(), owner=make.body(), title={"en": "News " + PAYLOADS[0]})
    officer = make.secretariat()
    verbs.submit(draft, by=draft.author)
    verbs.return_(draft, by=officer, reason=" ".join(PAYLOADS)[:1900])

    letters = [str(body) for letter in letters_of(draft.author) for body, kind in letter.alternatives if "html" in kind]

    assert any("canary" in one for one in letters)
    assert [what for one in letters for what in alive(one.encode())] == []
