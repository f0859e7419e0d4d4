"""Numbering as Word does it itself: headings, paragraphs that run across sections, annexes, bullets."""

from typing import Any

from docx.document import Document as Word
from docx.oxml.ns import qn

from kapok.documents.labels import NUMERALS, Numeral
from kapok.documents.numbering import annex_word
from kapok.documents.word.xml import element

HEADINGS, PARAGRAPHS, ANNEXES, BULLETS = 1, 2, 3, 4
# left, hanging (or first line when negative), in twentieths of a point
HEADING_INDENTS = ((0, 0), (0, 0), (0, 0))
PARAGRAPH_INDENTS = ((0, 0), (1247, 567), (1814, 567))


class Lists:
    """The lists of one document; `begin_anew` starts them again for an annex."""

    def __init__(self, word: Word, language: str, annexes: int) -> None:
        self.root: Any = word.part.numbering_part.element
        for child in list(self.root):
            self.root.remove(child)
        numerals = NUMERALS[language]
        self.abstract(HEADINGS, numerals.headings, HEADING_INDENTS, "space")
        self.abstract(PARAGRAPHS, numerals.paragraphs, PARAGRAPH_INDENTS, "tab")
        word_ = annex_word()
        self.root.append(plain_list(ANNEXES, "upperRoman", f"{word_} %1" if annexes > 1 else word_, "nothing", 0))
        self.root.append(plain_list(BULLETS, "bullet", "•", "tab", 340))
        self.numbers: dict[int, int] = {}
        for kind in (HEADINGS, PARAGRAPHS, ANNEXES, BULLETS):
            self.add(kind, anew=False)

    def abstract(
        self, ident: int, numerals: tuple[Numeral, ...], indents: tuple[tuple[int, int], ...], follows: str
    ) -> None:
        """A list of several levels."""
        made = element("abstractNum", abstractNumId=ident)
        made.append(element("multiLevelType", val="multilevel"))
        for at, (numeral, (left, hanging)) in enumerate(zip(numerals, indents, strict=True)):
            level = element("lvl", ilvl=at)
            level.append(element("start", val=1))
            level.append(element("numFmt", val=numeral.word))
            level.append(element("suff", val=follows))
            level.append(element("lvlText", val=f"{numeral.before}%{at + 1}{numeral.after}"))
            level.append(element("lvlJc", val="left"))
            level.append(indented(left, hanging, tab=720 if follows == "tab" and not left else 0))
            made.append(level)
        self.root.append(made)

    def add(self, kind: int, *, anew: bool) -> None:
        """A running count of a list; `anew` begins at one."""
        ident = len(self.root.findall(qn("w:num"))) + 1
        made = element("num", numId=ident)
        made.append(element("abstractNumId", val=kind))
        if anew:
            for level in range(3):
                override = element("lvlOverride", ilvl=level)
                override.append(element("startOverride", val=1))
                made.append(override)
        self.root.append(made)
        self.numbers[kind] = ident

    def begin_anew(self) -> None:
        """Begin sections and paragraphs again, for an annex."""
        self.add(HEADINGS, anew=True)
        self.add(PARAGRAPHS, anew=True)

    def mark(self, kind: int, level: int = 0) -> Any:
        """The property that makes a paragraph the next of a list."""
        made = element("numPr")
        made.append(element("ilvl", val=level))
        made.append(element("numId", val=self.numbers[kind]))
        return made


def plain_list(ident: int, kind: str, text: str, follows: str, left: int) -> Any:
    """A list of one level."""
    made = element("abstractNum", abstractNumId=ident)
    made.append(element("multiLevelType", val="singleLevel"))
    level = element("lvl", ilvl=0)
    level.append(element("start", val=1))
    level.append(element("numFmt", val=kind))
    level.append(element("suff", val=follows))
    level.append(element("lvlText", val=text))
    level.append(element("lvlJc", val="left"))
    level.append(indented(left, left))
    made.append(level)
    return made


def indented(left: int, hanging: int, tab: int = 0) -> Any:
    """The place of a number and its text."""
    made = element("pPr")
    if tab:
        tabs = element("tabs")
        tabs.append(element("tab", val="num", pos=tab))
        made.append(tabs)
    made.append(element("ind", left=left, hanging=hanging))
    return made
