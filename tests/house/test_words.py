"""The words we use, and the marks of unfinished work we do not."""

import re

from tests.house.places import SOURCE, named, shown

UNFINISHED = re.compile(r"\b(?:TODO|FIXME|HACK|WIP|lorem ipsum|coming soon|not implemented yet)\b")
STUBS = re.compile(r"raise NotImplementedError|^\s*\.\.\.\s*$")
SKIPS = re.compile(r"@pytest\.mark\.skip\b|@pytest\.mark\.xfail|pytest\.xfail")


def found(pattern, paths):
    """Where a pattern occurs, as file:line."""
    return [
        f"{shown(path)}:{number} {line.strip()[:80]}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def test_nothing_is_marked_as_unfinished():
    ours = [path for path in named(".py", ".html", ".txt", ".md", ".css", ".js") if path.name != "test_words.py"]

    assert found(UNFINISHED, ours) == []


def test_nothing_is_left_empty():
    assert found(STUBS, named(".py", under=SOURCE)) == []


def test_no_test_is_laid_aside():
    assert found(SKIPS, [path for path in named(".py") if path.name != "test_words.py"]) == []


def test_every_room_says_what_it_is_for():
    rooms = [path for path in SOURCE.iterdir() if (path / "apps.py").exists()]
    assert rooms

    assert [shown(room) for room in rooms if not (room / "__init__.py").read_text().startswith('"""')] == []
