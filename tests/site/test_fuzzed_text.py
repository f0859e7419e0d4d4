"""Mangled text by the thousand: nothing of it comes alive (`python -m scripts.fuzz` runs a million)."""

import random

import pytest
from markdown_it import MarkdownIt

from kapok.site import show
from scripts import fuzz
from scripts.mangled import texts

CASES, SHOWN = 3000, 1500


def test_nothing_comes_alive():
    found = fuzz.run(CASES, seed=20261126)

    assert found["failed"] == []
    assert found["asked"]["marked text"] == CASES
    assert found["asked"]["feeds"] == CASES / 10


def test_the_net_catches_marked_text_that_nobody_cleaned(monkeypatch):
    raw = MarkdownIt("commonmark", {"html": True})
    monkeypatch.setattr(raw, "validateLink", lambda _address: True)
    monkeypatch.setattr(show, "markdown", raw.render)
    chance = random.Random(1)

    caught = [text for text in texts(1, 1000) if fuzz.marked_text(text, chance)]

    assert len(caught) > 300
    for text in (
        "<script>x</script>",
        "<b onclick=x>b</b>",
        "[a](javascript:x)",
        "<a href='java&Tab;script:x'>a</a>",
        "<br x=1>",
    ):
        assert fuzz.marked_text(text, chance), text
    assert not fuzz.marked_text("**Well** [said](https://example.org)", chance)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_browser_finds_nothing_alive_either(page):
    ran: list[str] = []
    page.expose_function("canary", lambda: ran.append("ran"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    whole = "".join(f"<section>{show.markdown(text)}</section>" for text in texts(20261126, SHOWN))

    page.set_content(f"<!doctype html><main>{whole}</main>")
    strange = page.evaluate(
        """tags => [...document.querySelectorAll('main *')].filter(one =>
            !tags.includes(one.localName) || one.namespaceURI !== 'http://www.w3.org/1999/xhtml' ||
            [...one.attributes].some(its => !['href', 'title', 'rel'].includes(its.name)) ||
            (one.href && !['http:', 'https:', 'mailto:', 'about:', ':', ''].includes(one.protocol))
        ).map(one => one.outerHTML.slice(0, 100))""",
        [*fuzz.TAGS, "section"],
    )

    assert page.locator("section").count() == SHOWN
    assert strange == ran == asked == []
