"""Words in runs of one direction: Arabic reads from the right, and a symbol or a name in it does not."""

import re
from typing import Any

from docx.oxml.ns import qn

from kapok.documents.blocks import Content, Emphasis, Footnote, Strong, clean, inlines
from kapok.documents.word.footnotes import Footnotes
from kapok.documents.word.xml import PARAGRAPH_ORDER, element, put


def write(paragraph: Any, content: Content, *, rtl: bool, notes: Footnotes | None = None) -> None:
    """Add a text to a paragraph (its XML element)."""
    for part in inlines(content):
        if isinstance(part, Footnote):
            if notes is not None:
                paragraph.append(notes.add(note_paragraph(part, rtl=rtl)))
            continue
        words = part if isinstance(part, str) else part.text
        for run in runs(words, rtl=rtl, bold=isinstance(part, Strong), italic=isinstance(part, Emphasis)):
            paragraph.append(run)


def note_paragraph(note: Footnote, *, rtl: bool) -> Any:
    """The paragraph of a footnote."""
    made = element("p")
    look = element("pPr")
    look.append(element("pStyle", val="FootnoteText"))
    if rtl:
        put(look, element("bidi"), PARAGRAPH_ORDER)
    made.append(look)
    for run in runs(" " + note.text, rtl=rtl):
        made.append(run)
    return made


def runs(words: str, *, rtl: bool, bold: bool = False, italic: bool = False) -> list[Any]:
    """Words as runs of one direction each."""
    kept = clean(words)
    pieces = by_direction(kept) if rtl else [(kept, False)]
    return [run(piece, rtl=right, bold=bold, italic=italic) for piece, right in pieces if piece]


def by_direction(words: str) -> list[tuple[str, bool]]:
    """A text of a language from the right in pieces, each with whether it reads from the right."""
    pieces: list[tuple[str, bool]] = []
    for word in re.findall(r"\S+\s*|\s+", words):
        right = not re.search("[A-Za-z]", word)
        if pieces and pieces[-1][1] == right:
            pieces[-1] = (pieces[-1][0] + word, right)
        else:
            pieces.append((word, right))
    return pieces


def run(words: str, *, rtl: bool, bold: bool, italic: bool) -> Any:
    """One run."""
    made = element("r")
    look = element("rPr")
    for name, wanted in (("b", bold), ("bCs", bold), ("i", italic), ("iCs", italic), ("rtl", rtl)):
        if wanted:
            look.append(element(name))
    if len(look):
        made.append(look)
    for at, line in enumerate(words.split("\n")):
        if at:
            made.append(element("br"))
        text = element("t")
        text.text = line
        text.set(qn("xml:space"), "preserve")
        made.append(text)
    return made
