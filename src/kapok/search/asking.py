"""Answering a question: which documents, in which order, with counts and marks."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Any, NamedTuple

import tantivy

from kapok.core.languages import TAGS
from kapok.search.analysis import WRITTEN, fold
from kapok.search.engine import View
from kapok.search.facets import MUST, NOT, Clause, count, facets_of, narrowed, number, seen_by, together, within
from kapok.search.marking import Marker
from kapok.search.matching import Match, match
from kapok.search.questions import Answer, Correction, Hit, Question, Span
from kapok.search.typed import clean, take_apart
from kapok.search.typos import corrected

MOST_PER_PAGE = 100
DEEPEST = 20_000  # how far a list can be paged
STRETCH = 5_000  # how many keys are read at once where a list is wanted whole
ASC, DESC = tantivy.Order.Asc, tantivy.Order.Desc


def ask(view: View, question: Question) -> Answer:
    """Find, sort, count and mark."""
    began = perf_counter()
    decided = decide(view, question)
    return Answer(
        total=decided.result.total,
        page=decided.page.number,
        hits=tuple(read(view, question.language, decided.made, decided.result.hits)),
        facets=facets_of(view, question, decided.found, decided.result.total),
        corrections=decided.corrections,
        correction=mended(question.q, decided.corrections),
        loosened=decided.loosened,
        took_ms=round((perf_counter() - began) * 1000, 2),
    )


def every(view: View, question: Question) -> tuple[int, Iterator[str]]:
    """How many documents a question finds, and the keys of them all in its order, beyond the last page of a list."""
    decided = decide(view, question)
    return decided.result.total, keys(view, question, decided)


def keys(view: View, question: Question, decided: "Decided") -> Iterator[str]:
    """The keys of a list, stretch by stretch, from one commit of the index."""
    for offset in range(0, decided.result.total, STRETCH):
        stretch = Page(1, STRETCH, offset).search(view, question, decided.found)
        for _score, address in stretch.hits:
            yield str(view.searcher.doc(address).get_first("key"))


@dataclass(frozen=True, slots=True)
class Decided:
    """A question understood: its words as clauses, slips mended and loosened where nothing held them all."""

    made: Match
    found: list[Clause]
    page: "Page"
    result: "Found"
    corrections: tuple[Correction, ...]
    loosened: bool


def decide(view: View, question: Question) -> Decided:
    """What the words of a question mean here, with the page it asks for."""
    pieces = take_apart(question.q)
    pieces, corrections = corrected(view, seen_by(question.viewer), pieces)
    made = match(view, pieces)
    found, page = made.clauses(), Page.of(question)
    result = page.search(view, question, found)
    if not result.total and len(made.wanted) > 1:
        loose = made.loose()
        again = page.search(view, question, loose)
        if again.total:
            return Decided(made, loose, page, again, corrections, True)
    return Decided(made, found, page, result, corrections, False)


def numbers(view: View, question: Question) -> list[int]:
    """The numbers of all things that a question finds, however many."""
    made = match(view, corrected(view, seen_by(question.viewer), take_apart(question.q))[0])
    found = every_number(view, [*made.clauses(), *narrowed(question)])
    if not found and len(made.wanted) > 1:
        found = every_number(view, [*made.loose(), *narrowed(question)])
    return found


def newest(view: View, question: Question, most: int) -> list[int]:
    """The largest numbers of what the limits of a question leave, whatever its words; nothing is opened for it."""
    return highest(view, together(narrowed(question)), most)


def every_number(view: View, clauses: list[Clause]) -> list[int]:
    """The numbers of all documents that the clauses find."""
    query = together(clauses)
    total = count(view, query)
    return highest(view, query, total) if total else []


def highest(view: View, query: tantivy.Query, most: int) -> list[int]:
    """The largest numbers of what a query finds, the largest first."""
    hits = view.searcher.search(query, most, count=False, order_by_field="number", order=DESC).hits
    return [int(value) for value, _address in hits if isinstance(value, int | float)]


def mended(typed: str, corrections: tuple[Correction, ...]) -> str:
    """What was typed with its slips mended; nothing if there were none."""
    better = {one.typed: one.searched for one in corrections}
    return WRITTEN.sub(lambda word: better.get(fold(word[0]), word[0]), clean(typed)) if better else ""


class Found(NamedTuple):
    """How many documents there are, and those of one page."""

    total: int
    hits: list[tuple[Any, tantivy.DocAddress]]


@dataclass(frozen=True, slots=True)
class Page:
    """Which stretch of the list is wanted."""

    number: int
    size: int
    offset: int

    @classmethod
    def of(cls, question: Question) -> "Page":
        """The page that a reader asked for, within bounds."""
        size = min(max(question.per_page, 1), MOST_PER_PAGE)
        number = min(max(question.page, 1), DEEPEST // size)
        return cls(number, size, (number - 1) * size)

    def search(self, view: View, question: Question, found: list[Clause]) -> Found:
        """The hits of the page in the order asked for, and how many there are in all."""
        clauses = [*found, *narrowed(question)]
        if question.sort == "closing":
            return self._closing(view, clauses)
        order = _order(question, bool(found))
        result = view.searcher.search(together(clauses), self.size, offset=self.offset, **order)
        return Found(number(result), result.hits)

    def _closing(self, view: View, clauses: list[Clause]) -> Found:
        """What can still be applied for, the soonest first; then all the rest, the newest first."""
        ahead = within(Span("closes", date.today().toordinal()))
        query = together([*clauses, (MUST, ahead)])
        result = view.searcher.search(query, self.size, offset=self.offset, order_by_field="closes", order=ASC)
        first, hits = number(result), list(result.hits)
        rest = together([*clauses, (NOT, ahead)])
        missing = self.size - len(hits)
        after = max(0, self.offset - first)
        others = view.searcher.search(rest, max(missing, 1), offset=after, order_by_field="published", order=DESC)
        return Found(first + number(others), hits + others.hits[:missing])


def _order(question: Question, has_words: bool) -> dict[str, Any]:
    language = question.language if question.language in TAGS else "en"
    if question.sort == "title":
        return {"order_by_field": f"sort_{language}", "order": ASC}
    if question.sort == "newest" or not has_words:
        return {"order_by_field": "published", "order": DESC}
    return {"weight_by_field": f"weight_{language}"}


def kept(view: View, address: tantivy.DocAddress) -> tuple[str, dict[str, Any]]:
    """The key of a document and what was kept of it."""
    row = view.searcher.doc(address)
    return str(row.get_first("key")), json.loads(row.get_first("kept") or b"{}")


def read(view: View, language: str, made: Match, hits: list[tuple[Any, tantivy.DocAddress]]) -> list[Hit]:
    """The results with what was found in them marked."""
    marker = Marker(view.concepts, language, made.stems, made.concepts)
    results = []
    for score, address in hits:
        key, said = kept(view, address)
        title, tag = marker.title(said["titles"])
        snippet = marker.snippet(said["texts"], said["titles"], tag)
        rank = float(score) if isinstance(score, int | float) else 0.0
        results.append(Hit(key, said["kind"], said["extra"], title, snippet, tag, rank))
    return results
