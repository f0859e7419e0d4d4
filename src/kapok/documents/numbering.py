"""Numbers of sections, paragraphs and annexes, worked out once for pages and PDF; Word counts the same by itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import pgettext

from kapok.core.languages import code_of
from kapok.documents.blocks import Annex, Block, Document, Heading, Paragraph, SubParagraph
from kapok.documents.labels import NUMERALS, Numerals, roman


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the number that stands before it, if any."""

    block: Block
    label: str = ""


@dataclass
class Counting:
    """Where the count stands."""

    numerals: Numerals
    several_annexes: bool
    headings: list[int] = field(default_factory=lambda: [0, 0, 0])
    paragraphs: list[int] = field(default_factory=lambda: [0, 0, 0])
    annexes: int = 0

    def label(self, block: Block) -> str:
        """The number of the next block."""
        if isinstance(block, Heading) and block.numbered:
            return self.step(self.headings, block.level - 1, self.numerals.headings)
        if isinstance(block, Paragraph) and block.numbered:
            return self.step(self.paragraphs, 0, self.numerals.paragraphs)
        if isinstance(block, SubParagraph):
            return self.step(self.paragraphs, block.level, self.numerals.paragraphs)
        if isinstance(block, Annex):
            self.annexes += 1
            self.headings[:] = self.paragraphs[:] = [0, 0, 0]
            return annex_word() + (f" {roman(self.annexes)}" if self.several_annexes else "")
        return ""

    def step(self, counts: list[int], level: int, numerals: tuple[object, ...]) -> str:
        """Count one on at a level and begin anew beneath it."""
        counts[level] += 1
        counts[level + 1 :] = [0] * (len(counts) - level - 1)
        return str(numerals[level].label(counts[level]))  # type: ignore[attr-defined]


def annex_word() -> str:
    """What an annex is called."""
    return pgettext("part of a document", "Annex")


def placed(document: Document) -> Iterator[Placed]:
    """The blocks of a document with their numbers."""
    several = sum(isinstance(block, Annex) for block in document.blocks) > 1
    counting = Counting(NUMERALS[document.language], several)
    with translation.override(code_of(document.language)):
        for block in document.blocks:
            yield Placed(block, counting.label(block))
