"""Footnotes: a part of the file that python-docx does not know, written by ourselves."""

from typing import Any

from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from kapok.documents.word.xml import element, parsed

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# What stands in the settings after the list of separators.
AFTER = ("endnotePr", "compat", "docVars", "rsids", "mathPr", "themeFontLang", "clrSchemeMapping", "decimalSymbol")


class Footnotes:
    """The notes of one document, in order."""

    def __init__(self) -> None:
        self.root: Any = parsed(
            '<w:footnotes><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
            "</w:footnote></w:footnotes>"
        )
        self.count = 0

    def add(self, paragraph: Any) -> Any:
        """Take up a note whose text is in `paragraph`, and give the run that calls it."""
        self.count += 1
        note = element("footnote", id=self.count)
        mark = reference_run(element("footnoteRef"))
        first = paragraph.find(qn("w:r"))
        if first is None:
            paragraph.append(mark)
        else:
            first.addprevious(mark)
        note.append(paragraph)
        self.root.append(note)
        return reference_run(element("footnoteReference", id=self.count))

    def attach(self, word: Word) -> None:
        """Put the notes into the file."""
        if not self.count:
            return
        body = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), TYPE, body, word.part.package)
        word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        marks = element("footnotePr")
        marks.append(element("footnote", id=-1))
        marks.append(element("footnote", id=0))
        settings = word.settings.element
        later = [child for child in settings if etree.QName(child).localname in AFTER]
        if later:
            later[0].addprevious(marks)
        else:
            settings.append(marks)


def reference_run(mark: Any) -> Any:
    """A raised number."""
    run = element("r")
    look = element("rPr")
    look.append(element("rStyle", val="FootnoteReference"))
    look.append(element("vertAlign", val="superscript"))
    run.append(look)
    run.append(mark)
    return run
