"""A language whose words are longer by two fifths: nothing is cut, and nothing sticks out of its place."""

import re
from math import ceil
from typing import Any

import pytest
from django.utils.translation import trans_real
from playwright.sync_api import Page

from kapok.records import verbs
from kapok.search import index
from kapok.site import jinja
from tests import make
from tests.journeys.test_every_page import report, staff

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
LONGER = 0.4
# What must stay as it is: placeholders, marks of HTML, addresses; and words, which grow.
PIECES = re.compile(r"%\(\w+\)[a-z]|%%|\{[^}]*\}|<[^>]+>|&\w+;|\S+@\S+|https?:\S+|(?P<word>[^\W\d_]{2,})")
# Elements wider than their place, or that cut what they hold; what can be moved by hand is meant to.
STICKS_OUT = """() => [...document.querySelectorAll("body, body *")].filter((one) => {
  const look = getComputedStyle(one), aside = ".unseen, .skip, svg, template, input, select, textarea";
  for (let at = one; at; at = at.parentElement) if (getComputedStyle(at).clipPath === "inset(50%)") return false;
  if (one.closest(aside) || !one.clientWidth || look.display === "inline") return false;
  if (["auto", "scroll"].includes(look.overflowX)) return false;
  const cut = ["hidden", "clip"].includes(look.overflowY) && one.scrollHeight > one.clientHeight + 1;
  return cut || one.scrollWidth > one.clientWidth + 1;
}).map((one) => `${one.tagName}.${one.className} “${one.textContent.trim().replace(/\\s+/g, " ").slice(0, 60)}”`)"""
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""
SPACED = """(rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  return over > 0 ? [`scrolls sideways by ${over} px`] : [];
}"""
PUBLIC = (
    "/",
    "/search?q=risk",
    "/registers",
    "/countries",
    "/countries/KEN",
    "/organisations/{organisation}",
    "/records/{initiative}",
    "/records/{need}",
    "/calendar",
    "/gaps",
    "/money",
    "/reports",
    "/rules",
    "/help",
    "/account/login/",
)
STAFF = (
    "/desk",
    "/records/new",
    "/records/{draft}/edit?check=1",
    "/records/{submitted}/review",
    "/records/{initiative}/history",
    "/organisations/{organisation}",
    "/imports",
    "/people/designations",
    "/account",
)


def longer(text: str) -> str:
    """The sentence with each word drawn out by two fifths."""
    return PIECES.sub(lambda found: drawn_out(found["word"]) if found["word"] else found[0], text)


def drawn_out(word: str) -> str:
    """`Search` is `Searchàéò`, so that it can be told from what no catalogue says."""
    return word + ("àéòûîñ" * 9)[: ceil(len(word) * LONGER)]


@pytest.fixture
def long_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """English, said in longer words by every catalogue; a plural form keeps its own words."""
    plain, counted = trans_real.DjangoTranslation.gettext, trans_real.DjangoTranslation.ngettext

    def gettext(self: Any, message: str) -> str:
        said = plain(self, message)
        # A sentence with a context that is not found comes back with it; Django then asks for it without.
        return said if trans_real.CONTEXT_SEPARATOR in said else longer(said)

    def ngettext(self: Any, one: str, many: str, count: int) -> str:
        said = counted(self, one, many, count)
        return said if trans_real.CONTEXT_SEPARATOR in said else longer(said)

    monkeypatch.setattr(trans_real.DjangoTranslation, "gettext", gettext)
    monkeypatch.setattr(trans_real.DjangoTranslation, "ngettext", ngettext)
    monkeypatch.setattr(jinja, "_said", {})  # sentences that templates looked up before


@pytest.fixture
def places() -> dict[str, str]:
    """A record for each kind of page."""
    author, lead = make.person(), make.record("organisation", owner=make.body())
    made = {
        "organisation": lead,
        "initiative": make.record("initiative", lead=lead.identifier, reports=[report()]),
        "need": make.record("need"),
        "draft": make.draft("initiative", by=author, owner=make.government("KEN")),
        "submitted": verbs.submit(make.draft("resource", by=author, owner=make.body()), by=author),
    }
    index.forget()
    index.drain()
    return {name: record.identifier for name, record in made.items()}


def faults(page: Page, address: str) -> list[str]:
    """What sticks out or is cut on one page, at both widths of small phones."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/en{address}")
    assert re.search("[àéòûîñ]{2}", page.locator(".bottom").inner_text()), f"{address} is not drawn out"
    found = []
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        found += [f"{address} at {width} px: {one}" for one in page.evaluate(STICKS_OUT)]
    return found


def test_words_grow_and_placeholders_do_not() -> None:
    said = longer("Closes %(day)s: <b>{count}</b> offers &amp; 100 %% of them")

    assert said == "Closesàéò %(day)s: <b>{count}</b> offersàéò &amp; 100 %% ofà themàé"


def test_public_pages_hold_words_that_are_longer(page: Page, places: dict[str, str], long_words: None) -> None:
    found = [fault for address in PUBLIC for fault in faults(page, address.format(**places))]

    assert not found, "\n".join(found)


def test_pages_of_the_secretariat_hold_words_that_are_longer(
    page: Page, places: dict[str, str], long_words: None, live_server: object
) -> None:
    staff(page, live_server)

    found = [fault for address in STAFF for fault in faults(page, address.format(**places))]

    assert not found, "\n".join(found)


def test_pages_hold_the_spacing_that_a_reader_sets(page: Page, places: dict[str, str]) -> None:
    """WCAG 1.4.12: lines, words, letters and paragraphs further apart than we set them."""
    page.set_viewport_size({"width": 320, "height": 740})
    found = []
    for tag in ("en", "ar"):
        for address in PUBLIC:
            page.goto(f"/{tag}{address.format(**places)}")
            found += [f"/{tag}{address}: {one}" for one in page.evaluate(SPACED, SPACING) + page.evaluate(STICKS_OUT)]

    assert not found, "\n".join(found)
