"""What is asked of the index and what it answers: plain values that know nothing of the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from kapok.search.documents import PUBLIC

Sort = Literal["relevance", "newest", "closing", "title"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "closing", "title")
Segments = tuple[tuple[str, bool], ...]


class Span(NamedTuple):
    """Days of one date, both ends included; None leaves an end open. A document without the date is outside."""

    date: str
    low: int | None = None
    high: int | None = None


# Groups of values of several facets; of each group a document must hold at least one.
Alternatives = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
Windows = Mapping[str, Mapping[str, tuple[Span, ...]]]


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader wants: values of one facet are alternatives, facets and ranges narrow each other.

    `alternatives` narrow once more: of each group one value of any of its facets will do. Of a facet with thousands of
    values the largest are counted, the chosen ones, and those to `keep`. `viewer` are the tokens the reader holds.
    `windows` are facets that follow from today's date, such as `windows_on(today)`; each value is a set of spans that
    must all hold.
    """

    q: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alternatives: Alternatives = ()
    ranges: tuple[Span, ...] = ()
    viewer: tuple[str, ...] = (PUBLIC,)
    language: str = "en"
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = 20
    facets: tuple[str, ...] = ()
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    windows: Windows = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `title` and `snippet` are segments of plain text, each marked as found or not."""

    key: str
    kind: str
    extra: Mapping[str, Any]
    title: Segments
    snippet: Segments
    language: str
    score: float

    @property
    def origin(self) -> str:
        """The reference of the thing, without the part."""
        return self.key.split("/", 1)[0]


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that nothing holds, and the word that was searched instead."""

    typed: str
    searched: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the index found. `note` is a sentence for the reader when the index could not answer fully.

    `correction` is what was typed with its slips mended, for "showing results for …"; empty when there were none.
    `loosened` says that no document held all words, and that those with most of them are shown.
    """

    total: int = 0
    page: int = 1
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, list[tuple[str, int]]] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    correction: str = ""
    loosened: bool = False
    took_ms: float = 0.0
    note: Any = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on typing: a word completed (`key` is empty) or a thing to open."""

    text: str
    key: str = ""
    kind: str = ""
    language: str = ""


def windows_on(today: int, soon: int = 30) -> Windows:
    """The facet `window`: open for applications now, closing soon, not yet open, closed."""
    return {
        "window": {
            "open": (Span("opens", None, today), Span("closes", today)),
            "closing": (Span("opens", None, today), Span("closes", today, today + soon)),
            "coming": (Span("opens", today + 1),),
            "closed": (Span("closes", None, today - 1),),
        }
    }
