"""Pages mirror for Arabic by themselves and bring nothing from other hosts."""

import re

from tests.house.places import SOURCE, named, shown, templates

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)(?:-\w+)?|border-(?:top|bottom)-(?:left|right)-radius|left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
FOREIGN = re.compile(
    r"<(?:script|link|img|iframe|source|video|audio|object|embed)\b[^>]*?(?:src|href|data)\s*=\s*[\"']?(?:https?:)?//",
    re.I,
)
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>|<[a-z][^>]*?\s(?:style|on[a-z]+)=[\"']"
)
IMPORTED = re.compile(r"@import|url\(\s*[\"']?(?:https?:)?//")


def found(pattern, paths, clean=lambda text: text):
    """Where a pattern occurs, as file:line."""
    places = []
    for path in paths:
        for number, line in enumerate(clean(path.read_text()).splitlines(), 1):
            if pattern.search(line):
                places.append(f"{shown(path)}:{number} {line.strip()[:80]}")
    return places


def blank_comments(text):
    return COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)


def test_style_knows_start_and_end_and_no_left_or_right():
    sheets = named(".css", under=SOURCE)
    assert sheets

    assert found(PHYSICAL, sheets, blank_comments) == []


def test_the_pattern_for_left_and_right_finds_them():
    caught = ["margin-left: 1em", "a{left:0}", "text-align: right", "border-top-left-radius: 2px"]
    spared = ["margin-inline-start: 1em", "inset-inline-end: 0", "text-align: start", "--left: 1px"]

    assert all(PHYSICAL.search(line) for line in caught)
    assert not any(PHYSICAL.search(line) for line in spared)


def test_pages_load_nothing_from_other_hosts():
    assert templates()

    assert found(FOREIGN, templates()) == []
    assert found(IMPORTED, named(".css", under=SOURCE), blank_comments) == []


def test_pages_hold_no_script_and_no_style_within_them():
    assert found(INLINE, [path for path in templates() if path.suffix == ".html"]) == []
