"""What a document is made of: blocks in reading order, and the particulars of its masthead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kapok.documents.symbols import Symbol


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page, called where it stands in the text."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words in bold."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words in italics."""

    text: str


Inline = str | Footnote | Strong | Emphasis
Content = str | Sequence[Inline]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section (I.), of a part of it (A.) or of a smaller one (1.)."""

    text: Content
    level: int = 1
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; numbered ones run through all sections."""

    text: Content
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class SubParagraph:
    """A part of the numbered paragraph before it: (a), at the second level (i)."""

    text: Content
    level: int = 1


@dataclass(frozen=True, slots=True)
class Bullet:
    """A line of a list without numbers."""

    text: Content


@dataclass(frozen=True, slots=True)
class Table:
    """Rows beneath a head that is repeated on every page; `numeric` are the columns of figures, from 0."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    note: str = ""
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: SVG for pages, dots for Word and PDF, and in words what it shows."""

    svg: bytes
    png: bytes
    alt: str
    caption: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Annex:
    """A new page on which numbering begins again."""

    title: str


Block = Heading | Paragraph | SubParagraph | Bullet | Table | Picture | Annex


@dataclass(frozen=True)
class Document:
    """A document in the manner of a United Nations meeting document."""

    title: str
    language: str
    date: date
    blocks: Sequence[Block]
    symbol: str = ""
    organisation: str = ""
    distribution: str = ""
    original: str = ""
    meeting: Sequence[str] = field(default_factory=tuple)
    agenda_item: str = ""
    note: str = ""
    manner: str = "meeting"

    def __post_init__(self) -> None:
        if self.symbol:
            Symbol.parse(self.symbol)


CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def clean(words: str) -> str:
    """Words without the characters that no file of any kind may hold."""
    return CONTROL.sub("", words)


def inlines(content: Content) -> Sequence[Inline]:
    """A text as a sequence of its parts."""
    return (content,) if isinstance(content, str) else content


def plain(content: Content, *, notes: bool = False) -> str:
    """The words of a text; its notes only when asked for."""
    return "".join(
        one if isinstance(one, str) else one.text for one in inlines(content) if notes or not isinstance(one, Footnote)
    )
