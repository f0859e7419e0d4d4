"""What the look is made of: sizes, sides, hosts, and templates without inline script or style."""

import gzip
import re
from pathlib import Path

import pytest

SITE = Path(__file__).parents[2] / "src" / "kapok" / "site"
STATIC = SITE / "static" / "kapok"
PACKAGE = SITE.parent
TEMPLATES = sorted([*PACKAGE.glob("*/jinja2/**/*.html"), *PACKAGE.glob("*/templates/**/*.html")])
PHYSICAL = re.compile(
    r"(margin|padding|border|inset)-(left|right|top|bottom)\b|(?<![-\w.])(left|right|top|bottom)\s*:"
    r"|text-align\s*:\s*(left|right)|float\s*:\s*(left|right)|(?<![-\w])(width|height)\s*:"
)


@pytest.mark.parametrize(("name", "most"), [("kapok.css", 15_000), ("kapok.js", 6_000), ("mark.svg", 2_000)])
def test_each_file_keeps_its_measure(name: str, most: int) -> None:
    packed = gzip.compress((STATIC / name).read_bytes())

    assert len(packed) <= most


@pytest.mark.parametrize("name", ["kapok.css", "plain.css"])
def test_the_style_sheet_knows_no_left_and_right(name: str) -> None:
    found = [match.group() for match in PHYSICAL.finditer((STATIC / name).read_text())]

    assert found == []


def test_nothing_is_loaded_from_another_host() -> None:
    calls = re.compile(r"""(?:src|url|import|fetch|@import)\s*[=(]?\s*["'(]?\s*(?:https?:)?//""")

    assert [path.name for path in [*STATIC.iterdir(), *TEMPLATES] if calls.search(path.read_text())] == []


def test_templates_hold_no_inline_script_or_style() -> None:
    inline = re.compile(r"""<style|\sstyle=|\son[a-z]+=["']|javascript:|<script(?![^>]*(\ssrc=|type="application/))""")

    # A letter brings its style along: mail programs load no file.
    pages = [path for path in TEMPLATES if "mail" not in path.parts]

    assert len(pages) > 20
    assert [str(path) for path in pages if inline.search(path.read_text())] == []


def test_templates_keep_their_measure() -> None:
    assert {path.name: size for path in TEMPLATES if (size := len(path.read_text().splitlines())) > 150} == {}
