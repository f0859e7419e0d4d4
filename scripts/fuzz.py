"""Throw mangled text at everything that turns people's text into HTML, and prove that nothing in it comes alive.

`python -m scripts.fuzz 1000000` writes one JSON line: how many cases, how long, and each case that failed. The cases
follow from a seed (`--seed`), so that a failure can be made again; tests/site/test_fuzzed_text.py runs a few thousand.
"""

import argparse
import json
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import django
import nh3
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from lxml import etree, html

from scripts.mangled import texts

if __name__ == "__main__":
    os.environ |= {"KAPOK_TESTING": "1", "DATA": tempfile.mkdtemp(prefix="kapok-fuzz-")}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapok.site.settings")
    django.setup()

from django.template.loader import render_to_string

from kapok.formats.kinds import Link
from kapok.formats.kinds.text import tidy
from kapok.formats.problems import Problems
from kapok.mail.blocks import blocks
from kapok.records.linked import as_script
from kapok.site import show
from kapok.site.find.results import marked, spoken

TAGS = set("a blockquote br code del em h2 h3 h4 hr li ol p pre strong table tbody td th thead tr ul".split())  # noqa: SIM905
FEED = set("feed title link id updated author name entry summary subtitle".split())  # noqa: SIM905
MOST = 20
LIVE = {"style", "srcset", "formaction"}
SCHEMES = {"http", "https", "mailto"}
# A tag as it may be written: names and attributes in small letters, each value in quotes.
TOKEN = re.compile(r'[^<]+|<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*)>')
ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


def scheme(address: str) -> str:
    """How a browser reads the beginning of an address: without what it skips."""
    plain = re.sub(r"[\x00-\x20\x7f\u200b]", "", html.fromstring(f"<a>{address}</a>").text or "") if address else ""
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", plain)
    return found[1].lower() if found else ""


def written(markup: str, tags: set[str], attributes: set[str]) -> str:
    """What stands in the HTML as it is written that may not, by a reading far stricter than a browser's."""
    at = 0
    while at < len(markup):
        token = TOKEN.match(markup, at)
        if token is None:
            return f"a mark that begins no tag: {markup[at : at + 40]!r}"
        at = token.end()
        if token[2] is None:
            continue
        if token[2] not in tags or (token[1] and token[3]):
            return f"the tag {token[0][:60]!r}"
        for name, value in ATTRIBUTE.findall(token[3]):
            if name not in attributes:
                return f"the attribute {name}"
            if name == "href" and scheme(value) not in SCHEMES | {""}:
                return f"the address {value[:60]!r}"
    return ""


def read(markup: str, tags: set[str]) -> str:
    """What a parser of HTML makes of it that may not be."""
    tree = etree.fromstring(f"<main>{markup}</main>", etree.HTMLParser())
    for element in (one for main in tree.iter("main") for one in main.iterdescendants()):
        if not isinstance(element.tag, str) or element.tag not in tags:
            return f"the element {element.tag!r}"
        live = [name for name in element.attrib if str(name).startswith("on") or name in LIVE]
        if live:
            return f"the attributes {live}"
    return ""


Check = Callable[[str, random.Random], str]


def checks() -> dict[str, Check]:
    """Each way of people's text into HTML, answering with what is wrong; Django must run by now."""
    return {
        "marked text": marked_text,
        "highlights": highlighted,
        "addresses": address,
        "data in pages": data,
        "letters": letter,
        "feeds": feed,
    }


def marked_text(text: str, _chance: random.Random) -> str:
    """Descriptions, help, news: marked text as HTML. A second cleaning must find nothing left to clean."""
    markup = str(show.markdown(text))
    wrong = written(markup, TAGS, {"href", "title", "rel"}) or read(markup, TAGS)
    again = nh3.clean(markup, tags=TAGS, attributes={"a": {"href", "title", "rel"}}, link_rel=None)
    return wrong or ("" if again == markup else "a second reading finds something else")


def highlighted(text: str, chance: random.Random) -> str:
    """What a search found, with its words marked."""
    places = sorted(chance.choices(range(len(text) + 2), k=4))
    markup = str(show.highlight(text, [(places[0], places[1]), (places[2], places[3])]))
    parts = [(text[a:b], bool(n % 2)) for n, (a, b) in enumerate(pairwise([0, *places, len(text)]))]
    heading = str(spoken(marked(tuple(parts)), "ar", "en"))
    wrong = written(markup, {"mark"}, set()) or read(markup, {"mark"})
    return wrong or written(heading, {"mark", "bdi", "small"}, {"lang", "dir", "class"})


def address(text: str, _chance: random.Random) -> str:
    """A web address that a form takes."""
    kept = Link("Link").accept(text, Problems(), "link", final=True)
    return f"the address {kept!r}" if kept and scheme(str(escape(kept))) not in {"http", "https"} else ""


def data(text: str, _chance: random.Random) -> str:
    """JSON-LD within a page."""
    script = str(as_script({"name": text}))
    return "" if not set("<>&") & set(script) and json.loads(script) == {"name": text} else "the data of a page"


def letter(text: str, _chance: random.Random) -> str:
    """The HTML of a letter."""
    page = {"subject": text[:300], "blocks": blocks(text), "tag": "en", "text_direction": "ltr"}
    markup = render_to_string("mail/letter.html", page).partition("<main>")[2].rpartition("</main>")[0]
    return written(markup, {"p", "br", "a", "bdi", "hr"}, {"href", "class"})


def feed(text: str, _chance: random.Random) -> str:
    """An entry of a feed, whose summary is HTML again."""
    kept = tidy(text, line=False)
    made = Atom1Feed(title=kept, link="https://example.org", description="")
    made.add_item(title=kept, link="https://example.org", description=escape(kept), author_name=kept)
    tree = etree.fromstring(made.writeString("utf-8").encode())
    strange = {etree.QName(one).localname for one in tree.iter()} - FEED
    summary = tree.findtext(".//{*}summary") or ""
    return written(summary, set(), set()) or (f"the elements {strange}" if strange else "")


def run(cases: int, seed: int) -> dict[str, Any]:
    """Ask everything about each case; a page made of a template is made for one case in ten."""
    asked, began, spent = dict.fromkeys(checks(), 0), time.monotonic(), time.process_time()
    failed: list[dict[str, str]] = []
    chance = random.Random(seed)
    for number, text in enumerate(texts(seed, cases)):
        for name, check in checks().items():
            if name in {"letters", "feeds"} and number % 10:
                continue
            asked[name] += 1
            wrong = check(text, chance)
            if wrong and len(failed) < MOST:
                failed.append({"of": name, "text": text, "wrong": wrong})
    told = {"bench": "mangled text that comes alive", "cases": cases, "seed": seed, "asked": asked}
    seconds = {"seconds": round(time.monotonic() - began), "processor_seconds": round(time.process_time() - spent)}
    return told | seconds | {"failed": failed}


def main() -> int:
    """Run as many cases as were asked for; 1 if one of them came alive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    found = run(wanted.cases, wanted.seed)
    print(json.dumps(found, ensure_ascii=False), flush=True)
    return int(bool(found["failed"]))


if __name__ == "__main__":
    sys.exit(main())
