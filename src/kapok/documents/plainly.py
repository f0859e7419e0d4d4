"""A document as plain data: what the page and the PDF are made from, so that both say the same."""

from typing import Any

from django.utils import translation

from kapok.core.languages import code_of, direction
from kapok.documents.blocks import (
    Annex,
    Bullet,
    Content,
    Document,
    Emphasis,
    Footnote,
    Heading,
    Paragraph,
    Picture,
    Strong,
    SubParagraph,
    Table,
    clean,
    inlines,
)
from kapok.documents.masthead import masthead
from kapok.documents.numbering import Placed, placed

KINDS = {str: "text", Footnote: "note", Strong: "strong", Emphasis: "emphasis"}


def data(document: Document) -> dict[str, Any]:
    """The masthead and the numbered blocks."""
    head = masthead(document)
    with translation.override(code_of(document.language)):
        return {
            "title": clean(document.title),
            "language": document.language,
            "direction": direction(document.language),
            "manner": document.manner,
            "organisation": clean(head.organisation),
            "lines": [clean(one) for one in (head.distribution, head.symbol, head.date, head.original) if one],
            "symbol": head.symbol,
            "meeting": [clean(one) for one in document.meeting],
            "agenda_item": clean(document.agenda_item),
            "note": clean(document.note),
            "page": head.page,
            "notes": head.notes,
            "blocks": nested([block(one) for one in placed(document)]),
        }


def block(one: Placed) -> dict[str, Any]:
    """One block with its number."""
    match one.block:
        case Heading(text, level):
            return {"kind": "heading", "label": one.label, "level": level, "parts": parts(text)}
        case Paragraph(text):
            return {"kind": "paragraph", "label": one.label, "parts": parts(text)}
        case SubParagraph(text, level):
            return {"kind": "sub", "label": one.label, "level": level, "parts": parts(text)}
        case Bullet(text):
            return {"kind": "bullet", "label": "•", "parts": parts(text)}
        case Annex(title):
            return {"kind": "annex", "label": one.label, "parts": parts(title)}
        case Table():
            return table(one.block)
        case Picture(svg, png, alt, caption, share):
            return {
                "kind": "picture",
                "svg": svg,
                "png": png,
                "alt": clean(alt),
                "caption": clean(caption),
                "share": share,
            }


def nested(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Blocks whose headings have a depth beneath the title (1) that skips none, as readers of screens expect."""
    before = 1
    for one in blocks:
        if one["kind"] in {"heading", "annex"}:
            before = one["depth"] = min(one.get("level", 1), before) + 1
    return blocks


def table(block: Table) -> dict[str, Any]:
    """A table."""
    return {
        "kind": "table",
        "head": [clean(cell) for cell in block.head],
        "rows": [[clean(cell) for cell in row] for row in block.rows],
        "caption": clean(block.caption),
        "note": clean(block.note),
        "numeric": sorted(block.numeric),
    }


def parts(content: Content) -> list[dict[str, str]]:
    """A text in its parts."""
    return [
        {"kind": KINDS[type(one)], "text": clean(one if isinstance(one, str) else one.text)} for one in inlines(content)
    ]
