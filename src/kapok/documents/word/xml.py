"""The few turns of OOXML that python-docx has no words for."""

from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

Element = Any
# The order in which the schema wants the properties of a paragraph that we set.
PARAGRAPH_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs",
    "bidi", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr",
)  # fmt: skip
TABLE_ORDER = ("tblStyle", "bidiVisual", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook")
ROW_ORDER = ("cantSplit", "tblHeader")
SECTION_ORDER = (
    "headerReference", "footerReference", "footnotePr", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg", "bidi",
)  # fmt: skip


def element(name: str, **values: object) -> Element:
    """A new element `w:name` with attributes of the same namespace."""
    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def put(parent: Element, child: Element, order: tuple[str, ...]) -> Element:
    """Put a property among its like in the order of the schema, instead of the one that is there."""
    for old in parent.findall(child.tag):
        parent.remove(old)
    names = [qn(f"w:{name}") for name in order]
    at = names.index(child.tag)
    before = [one for one in parent if one.tag in names and names.index(one.tag) > at]
    if before:
        before[0].addprevious(child)
    else:
        parent.append(child)
    return child


def parsed(body: str) -> Element:
    """An element from text of our own making."""
    head, _, rest = body.partition(">")
    slash = "/" if head.endswith("/") else ""
    return parse_xml(f"{head.removesuffix('/')} {nsdecls('w')}{slash}>{rest}")
