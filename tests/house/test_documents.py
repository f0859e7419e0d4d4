"""Documents lead somewhere: every link to a file, a folder or a heading finds it."""

import re
from pathlib import Path

from tests.house.places import HOME, SOURCE, named, shown

LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"^#+\s+(.*?)\s*#*$", re.MULTILINE)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """The anchors that a document's headings make."""
    found = set()
    for heading in HEADING.findall(FENCE.sub("", path.read_text())):
        plain = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        found.add(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
    return found


def problem(source: Path, link: str) -> str | None:
    """What is wrong with a link, if anything."""
    if re.match(r"[a-z][a-z+.-]*:", link):
        return None
    name, _hash, anchor = link.partition("#")
    target = (source.parent / name).resolve() if name else source
    if not target.exists():
        return f"{shown(source)}: {link} does not exist"
    if anchor and target.suffix == ".md" and anchor not in anchors(target):
        return f"{shown(source)}: {link} names no heading"
    return None


def test_every_link_of_every_document_finds_its_target():
    documents = named(".md")
    assert documents

    found = [problem(path, link) for path in documents for link in LINK.findall(FENCE.sub("", path.read_text()))]

    assert [each for each in found if each] == []


def test_every_setting_is_in_the_documents():
    told = (HOME / "docs" / "run" / "settings.md").read_text()
    settings = (SOURCE / "site" / "settings.py").read_text()

    names = set(re.findall(r"""\b(?:env|yes)\("([A-Z_]+)\"""", settings))

    assert len(names) > 10
    assert sorted(name for name in names if f"`{name}`" not in told) == []


def test_every_make_target_explains_itself():
    targets = re.findall(r"^([a-z-]+):(.*)$", (HOME / "Makefile").read_text(), re.MULTILINE)

    assert [name for name, rest in targets if "#" not in rest] == []


def test_what_proves_the_quality_bar_exists():
    told = (HOME / "docs" / "build" / "quality.md").read_text()
    proofs = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|tsv))?(?:::)?(…?[a-z_0-9…:]+)?`", told)
    named, file = [], ""
    for path, test in proofs:
        file = path or file
        if path or test.startswith("…::"):
            named.append((file, test.removeprefix("…::").strip("…")))

    missing = [
        (path, test)
        for path, test in named
        if not (HOME / "tests" / path).exists() or test not in (HOME / "tests" / path).read_text()
    ]

    assert len(named) > 60
    assert missing == []
