"""From the text of a letter to its HTML: paragraphs, lists, and words that lead somewhere."""

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"https?://\S+$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line; with an address, its words are the link."""

    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together: a paragraph, a point of a list, or small print."""

    kind: str
    lines: list[Line]


def blocks(text: str) -> list[Block]:
    """The paragraphs of a text. After a line that is only dashes comes the small print."""
    found: list[Block] = []
    small = False
    for part in re.split(r"\n\s*\n", text.strip()):
        if part.strip().startswith("--"):
            small = True
            part = part.strip().lstrip("-")
        lines = joined([line.strip() for line in part.splitlines() if line.strip()])
        if lines:
            point = lines[0].words.startswith("• ")
            kind = "small" if small else "point" if point else "words"
            first = Line(lines[0].words.removeprefix("• "), lines[0].href)
            found.append(Block(kind, [first, *lines[1:]]))
    return found


def joined(lines: list[str]) -> list[Line]:
    """An address on a line of its own belongs to the words before it."""
    found: list[Line] = []
    for line in lines:
        if ADDRESS.match(line):
            words = found.pop().words.rstrip(":： \u00a0") if found and not found[-1].href else line
            found.append(Line(words, line))
        else:
            found.append(Line(line))
    return found
