"""Block by block into Word."""

import datetime as dt
import io
from typing import Any

import docx
from django.utils import translation
from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from kapok.core.languages import code_of, direction
from kapok.documents.blocks import (
    Annex,
    Block,
    Bullet,
    Content,
    Document,
    Heading,
    Paragraph,
    Picture,
    SubParagraph,
    Table,
    clean,
)
from kapok.documents.masthead import Masthead, masthead
from kapok.documents.word.footnotes import Footnotes
from kapok.documents.word.lists import ANNEXES, BULLETS, HEADINGS, PARAGRAPHS, Lists
from kapok.documents.word.runs import write
from kapok.documents.word.styles import REGIONS, dress
from kapok.documents.word.xml import PARAGRAPH_ORDER, ROW_ORDER, SECTION_ORDER, TABLE_ORDER, element, put

WIDTH, BRIEF_WIDTH = 16.0, 17.4
# The letters of a column that count when the width is shared out among them.
NARROWEST, WIDEST = 8, 32
# More columns than this are set in smaller letters.
MANY, SMALL = 7, Pt(8)


def to_docx(document: Document) -> bytes:
    """The document as a Word file."""
    with translation.override(code_of(document.language)):
        writer = Writer(document)
        writer.write()
    file = io.BytesIO()
    writer.word.save(file)
    return file.getvalue()


class Writer:
    """A Word file in the making."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.word: Word = docx.Document()
        self.rtl = direction(document.language) == "rtl"
        dress(self.word, document)
        annexes = sum(isinstance(block, Annex) for block in document.blocks)
        self.lists = Lists(self.word, document.language, annexes)
        self.notes = Footnotes()
        self.styles: dict[str, str] = {}
        self.width = BRIEF_WIDTH if document.manner == "brief" else WIDTH

    def write(self) -> None:
        """Everything, from the masthead to the last annex."""
        self.properties()
        head = masthead(self.document)
        self.masthead(head)
        self.running_head(head)
        for block in self.document.blocks:
            self.columns(block)
            self.block(block)
        self.notes.attach(self.word)

    def properties(self) -> None:
        """What a catalogue reads of the file."""
        said = self.word.core_properties
        said.title, said.subject = clean(self.document.title)[:255], self.document.symbol
        said.author = said.last_modified_by = clean(self.document.organisation)[:255]
        said.language = REGIONS[self.document.language]
        said.comments = said.keywords = ""
        day = dt.datetime.combine(self.document.date, dt.time(), dt.UTC)
        said.created = said.modified = day

    def paragraph(self, content: Content, style: str, where: Any = None) -> Any:
        """A new paragraph of a style, at the end of the document or of a cell, header or footer."""
        made = (where or self.word).add_paragraph()
        made._p.style = self.style_id(style)
        look = made._p.get_or_add_pPr()
        if self.rtl:
            put(look, element("bidi"), PARAGRAPH_ORDER)
        write(made._p, content, rtl=self.rtl, notes=self.notes if where is None else None)
        return made

    def style_id(self, name: str) -> str:
        """The identifier of a style, looked up once: in a long table the search for it would take most of the time."""
        if name not in self.styles:
            self.styles[name] = self.word.styles[name].style_id
        return self.styles[name]

    def masthead(self, head: Masthead) -> None:
        """Who speaks, to whom, under which symbol; the meeting, the item, the title."""
        lines = [line for line in (head.distribution, head.symbol, head.date, head.original) if line]
        if head.organisation or head.symbol:
            table = self.word.add_table(1, 2)
            self.dress_table(table, ruled=False)
            first, second = table.rows[0].cells
            first.width, second.width = Cm(self.width - 6.5), Cm(6.5)
            self.fill(first, head.organisation, "Organisation")
            self.fill(second, lines[0], "Masthead")
            for line in lines[1:]:
                made = self.paragraph(line, "Masthead", second)
                if line == head.symbol:
                    made.runs[0].font.bold = True
            self.paragraph("", "Masthead")
        for line in self.document.meeting:
            self.paragraph(line, "Meeting")
        if self.document.agenda_item:
            self.paragraph(self.document.agenda_item, "Body Text")
        self.paragraph(self.document.title, "Title")
        if self.document.note:
            self.paragraph(self.document.note, "Subtitle")

    def running_head(self, head: Masthead) -> None:
        """Symbol and page number above every page but the first."""
        header = self.word.sections[0].header
        if head.symbol:
            header.paragraphs[0].style = "header"
            first = header.paragraphs[0]._p
            if self.rtl:
                put(first.get_or_add_pPr(), element("bidi"), PARAGRAPH_ORDER)
            write(first, head.symbol, rtl=self.rtl)
        numbered = self.paragraph(f"{head.page} ", "header", header)
        field = element("fldSimple", instr="PAGE")
        run = element("r")
        text = element("t")
        text.text = "2"
        run.append(text)
        field.append(run)
        numbered._p.append(field)
        self.paragraph("", "header", header)

    def columns(self, block: Block) -> None:
        """A brief has its sections in two columns, from the first heading on, so that it stays on one page."""
        if self.document.manner == "brief" and isinstance(block, Heading) and len(self.word.sections) == 1:
            look = self.word.add_section(WD_SECTION.CONTINUOUS)._sectPr
            put(look, element("cols", num=2, space=340), SECTION_ORDER)

    def block(self, block: Block) -> None:
        """One block."""
        match block:
            case Heading(text, level, numbered):
                made = self.paragraph(text, f"Heading {level}")
                if numbered:
                    self.number(made, HEADINGS, level - 1)
            case Paragraph(text, numbered):
                made = self.paragraph(text, "Body Text")
                if numbered:
                    self.number(made, PARAGRAPHS)
            case SubParagraph(text, level):
                self.number(self.paragraph(text, "Body Text"), PARAGRAPHS, level)
            case Bullet(text):
                self.number(self.paragraph(text, "List Bullet"), BULLETS)
            case Annex(title):
                self.annex(title)
            case Table():
                self.table(block)
            case Picture():
                self.picture(block)

    def number(self, paragraph: Any, kind: int, level: int = 0) -> None:
        """Make a paragraph the next of a list."""
        put(paragraph._p.get_or_add_pPr(), self.lists.mark(kind, level), PARAGRAPH_ORDER)

    def annex(self, title: str) -> None:
        """A new page with the word for annex and its title; all counts begin anew."""
        made = self.paragraph("", "Heading 1")
        made.paragraph_format.page_break_before = True
        self.number(made, ANNEXES)
        self.paragraph(title, "Title")
        self.lists.begin_anew()

    def table(self, block: Table) -> None:
        """A table whose head is repeated and whose rows do not break."""
        if block.caption:
            self.paragraph(block.caption, "Caption")
        table = self.word.add_table(0, len(block.head))
        self.dress_table(table, ruled=True)
        widths = [Cm(self.width * share) for share in shares(block)]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for at, cells in enumerate((block.head, *block.rows)):
            row = table.add_row()
            look = row._tr.get_or_add_trPr()
            put(look, element("cantSplit"), ROW_ORDER)
            if at == 0:
                put(look, element("tblHeader"), ROW_ORDER)
            for number, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = widths[number]
                made = self.fill(cell, words, "Table Text")
                for run in made.runs:
                    if at == 0:
                        run.font.bold = run.font.cs_bold = True
                    if len(block.head) > MANY:
                        run.font.size = SMALL
                        # Arabic letters have a size of their own.
                        run._r.rPr.find(qn("w:sz")).addnext(element("szCs", val=int(SMALL.pt * 2)))
                if number in block.numeric:
                    put(made._p.get_or_add_pPr(), element("jc", val="right"), PARAGRAPH_ORDER)
        self.paragraph(block.note, "Table Note")

    def fill(self, cell: Any, words: str, style: str) -> Any:
        """Put words into the paragraph that every cell is born with."""
        made = cell.paragraphs[0]
        made._p.style = self.style_id(style)
        if self.rtl:
            put(made._p.get_or_add_pPr(), element("bidi"), PARAGRAPH_ORDER)
        write(made._p, words, rtl=self.rtl)
        return made

    def dress_table(self, table: Any, *, ruled: bool) -> None:
        """Lines or none, and columns that run from the right where the text does."""
        look = table._tbl.tblPr
        table.style = "Table Grid" if ruled else "Normal Table"
        table.autofit = False
        if self.rtl:
            put(look, element("bidiVisual"), TABLE_ORDER)
        put(look, element("tblW", w=5000, type="pct"), TABLE_ORDER)
        if not ruled:
            lines = element("tblBorders")
            lines.append(element("bottom", val="single", sz=18, space=0, color="000000"))
            put(look, lines, TABLE_ORDER)

    def picture(self, block: Picture) -> None:
        """A chart with the words that say what it shows."""
        if block.caption:
            self.paragraph(block.caption, "Caption")
        made = self.paragraph("", "Body Text")
        made.add_run().add_picture(io.BytesIO(block.png), width=Cm(self.width * block.share))
        named = made._p.find(f".//{qn('wp:docPr')}")
        named.set("descr", clean(block.alt))
        named.set("title", clean(block.caption)[:250])


def shares(table: Table) -> list[float]:
    """How much of the width each column takes: room for the longest word of its head and the longest text beneath."""
    needs = []
    for number, head in enumerate(table.head):
        # A bold word of the head needs some room beside it.
        words = max(map(len, head.split()), default=1) + 3
        beneath = max((len(row[number]) for row in table.rows), default=1)
        needs.append(max(words, min(beneath, WIDEST), NARROWEST))
    return [each / sum(needs) for each in needs]
