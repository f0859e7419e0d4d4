"""How a Word document looks: faces for each script, the styles of its parts, the page."""

from typing import Any

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm

from kapok.core.languages import direction
from kapok.documents.blocks import Document
from kapok.documents.word.xml import PARAGRAPH_ORDER, SECTION_ORDER, element, put

LATIN, ARABIC, CHINESE = "Times New Roman", "Times New Roman", "SimSun"
REGIONS = {"ar": "ar-SA", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh": "zh-CN"}
# name, points, bold, italic, alignment, space before and after in points, keep with the next
STYLES = (
    ("Title", 14, True, False, "center", 12, 6, True),
    ("Subtitle", 11, False, True, "center", 0, 12, True),
    ("Heading 1", 12, True, False, "center", 14, 8, True),
    ("Heading 2", 11, True, False, "center", 12, 6, True),
    ("Heading 3", 11, True, True, "", 10, 6, True),
    ("Body Text", 11, False, False, "both", 0, 8, False),
    ("List Bullet", 11, False, False, "", 0, 3, False),
    ("Caption", 10, True, False, "", 8, 4, True),
    ("Table Text", 9.5, False, False, "", 1, 1, False),
    ("Table Note", 9, False, False, "", 3, 10, False),
    ("Masthead", 10, False, False, "", 0, 2, False),
    ("Organisation", 20, True, False, "", 0, 0, False),
    ("Meeting", 11, True, False, "", 0, 0, False),
    ("footnote text", 9, False, False, "", 0, 2, False),
    ("header", 9.5, False, False, "", 0, 0, False),
    ("footer", 9.5, False, False, "end", 0, 0, False),
)
BRIEF = 0.76


def dress(word: Word, document: Document) -> None:
    """Give the document its styles and its page."""
    smaller = BRIEF if document.manner == "brief" else 1.0
    rtl = direction(document.language) == "rtl"
    defaults(word, document.language, 11 * smaller, rtl)
    for name, points, bold, italic, side, before, after, keep in STYLES:
        style = find(word, name)
        style.base_style = None if name == "Normal" else word.styles["Normal"]
        _letters(style, points * smaller, bold, italic)
        tight = smaller**3
        plain = tight < 1 and (side == "both" or name.startswith("Heading"))
        _spacing(style, "" if plain else side, before * tight, after * tight, keep, rtl)
    reference = find(word, "footnote reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    page(word, rtl, narrow=document.manner == "brief")


def find(word: Word, name: str, kind: WD_STYLE_TYPE = WD_STYLE_TYPE.PARAGRAPH) -> Any:
    """The style of this name, made when there is none."""
    known = {style.name.lower(): style for style in word.styles}
    return known.get(name.lower()) or word.styles.add_style(name, kind)


def defaults(word: Word, language: str, points: float, rtl: bool) -> None:
    """The face, size and language of everything that says nothing else."""
    root = word.styles.element
    letters = root.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(letters):
        letters.remove(child)
    letters.append(element("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=CHINESE, cs=ARABIC))
    letters.append(element("sz", val=round(points * 2)))
    letters.append(element("szCs", val=round(points * (2.4 if rtl else 2))))
    region = REGIONS[language]
    marks = {"val": region if language not in {"ar", "zh"} else "en-GB", "eastAsia": "zh-CN", "bidi": "ar-SA"}
    letters.append(element("lang", **marks))
    for lines in root.iterfind(f".//{qn('w:pPrDefault')}/{qn('w:pPr')}"):
        lines.clear()
        lines.append(element("spacing", after=0, line=240 if points < 10 else 252, lineRule="auto"))
    normal = word.styles["Normal"].element
    for child in [one for one in normal if one.tag in {qn("w:rPr"), qn("w:pPr")}]:
        normal.remove(child)
    if rtl:
        put(normal.get_or_add_pPr(), element("bidi"), PARAGRAPH_ORDER)


def _letters(style: Any, points: float, bold: bool, italic: bool) -> None:
    found = style.element.find(qn("w:rPr"))
    if found is not None:
        style.element.remove(found)
    letters = style.element.get_or_add_rPr()
    for name, wanted in (("b", bold), ("bCs", bold), ("i", italic), ("iCs", italic)):
        if wanted:
            letters.append(element(name))
    letters.append(element("sz", val=round(points * 2)))
    letters.append(element("szCs", val=round(points * 2.2)))


def _spacing(style: Any, side: str, before: float, after: float, keep: bool, rtl: bool) -> None:
    found = style.element.find(qn("w:pPr"))
    if found is not None:
        style.element.remove(found)
    paragraph = style.element.get_or_add_pPr()
    if keep:
        put(paragraph, element("keepNext"), PARAGRAPH_ORDER)
    if rtl:
        put(paragraph, element("bidi"), PARAGRAPH_ORDER)
    put(paragraph, element("spacing", before=round(before * 20), after=round(after * 20)), PARAGRAPH_ORDER)
    if side:
        # In a paragraph from the right Word takes "right" for the side where reading ends.
        put(paragraph, element("jc", val={"end": "right"}.get(side, side)), PARAGRAPH_ORDER)


def page(word: Word, rtl: bool, *, narrow: bool) -> None:
    """A4, with a first page of its own kind."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8 if narrow else 2.5)
    section.top_margin, section.bottom_margin = Cm(1.5 if narrow else 2.2), Cm(1.4 if narrow else 2.2)
    section.header_distance = section.footer_distance = Cm(1.1)
    section.different_first_page_header_footer = True
    if rtl:
        put(section._sectPr, element("bidi"), SECTION_ORDER)
    word.settings.odd_and_even_pages_header_footer = False
