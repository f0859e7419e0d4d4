"""A brief as a document: the same words for Word and PDF."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kapok.core import cldr
from kapok.core.languages import current
from kapok.documents import Bullet, Document, Emphasis, Heading, Paragraph, Strong, Table
from kapok.documents.blocks import Block
from kapok.insight.briefs.shapes import Brief, Line, Section


def document(brief: Brief) -> Document:
    """The brief on one page of paper."""
    blocks: list[Block] = []
    if brief.facts:
        blocks.append(Paragraph(" · ".join(brief.facts), numbered=False))
    if brief.figures:
        head = [one.label for one in brief.figures]
        row = [cldr.number(one.value) for one in brief.figures]
        blocks.append(Table(head, [row], numeric=frozenset(range(len(head)))))
    for section in brief.sections:
        if section:
            blocks += list(of_section(section))
    blocks.append(Paragraph([Emphasis(as_of(brief))], numbered=False))
    return Document(brief.title, current(), brief.day, blocks, manner="brief")


def of_section(section: Section) -> Iterator[Block]:
    """A heading and its lines."""
    yield Heading(section.title, numbered=False)
    if not section.lines:
        yield Paragraph(section.otherwise, numbered=False)
    for line in section.lines:
        yield Bullet(of_line(line))
    if section.more:
        yield Bullet([Emphasis(more(section))])


def of_line(line: Line) -> list[str | Strong]:
    """A line with its rank before it and its note behind it."""
    rank = f"{line.rank}. " if line.rank else ""
    return [Strong(rank), line.text] if not line.note else [Strong(rank), line.text, f" – {line.note}"]


def more(section: Section) -> str:
    """How many more there are."""
    return ngettext("and %(count)s more", "and %(count)s more", section.more) % {"count": section.more}


def as_of(brief: Brief) -> str:
    """The day, and where the present state is."""
    return _("As registered in Kapok on %(day)s. The present state: %(address)s") % {
        "day": cldr.date(brief.day),
        "address": brief.address,
    }
