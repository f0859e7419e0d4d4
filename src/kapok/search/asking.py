"""Answering a question: which documents, in which order, with counts and marks."""

import json
from datetime import date
from time import perf_counter
from typing import Any, NamedTuple

import tantivy

from kapok.core.languages import TAGS
from kapok.search.analysis import WRITTEN, fold
from kapok.search.engine import View
from kapok.search.facets import MUST, NOT, Clause, facets_of, narrowed, number, seen_by, together, within
from kapok.search.marking import Marker
from kapok.search.matching import Match, match
from kapok.search.questions import Answer, Correction, Hit, Question, Span
from kapok.search.typed import clean, take_apart
from kapok.search.typos import corrected

MOST_PER_PAGE = 100
DEEPEST = 20_000  # how far a list can be paged
ASC, DESC = tantivy.Order.Asc, tantivy.Order.Desc


def ask(view: View, question: Question) -> Answer:
    """Find, sort, count and mark."""
    began = perf_counter()
    pieces = take_apart(question.q)
    pieces, corrections = corrected(view, seen_by(question.viewer), pieces)
    made = match(view, pieces)
    found, page = made.clauses(), Page.of(question)
    loosened = False
    result = page.search(view, question, found)
    if not result.total and len(made.wanted) > 1:
        loose = made.loose()
        again = page.search(view, question, loose)
        if again.total:
            found, result, loosened = loose, again, True
    return Answer(
        total=result.total,
        page=page.number,
        hits=tuple(read(view, question.language, made, result.hits)),
        facets=facets_of(view, question, found, result.total),
        corrections=corrections,
        correction=mended(question.q, corrections),
        loosened=loosened,
        took_ms=round((perf_counter() - began) * 1000, 2),
    )


def mended(typed: str, corrections: tuple[Correction, ...]) -> str:
    """What was typed with its slips mended; nothing if there were none."""
    better = {one.typed: one.searched for one in corrections}
    return WRITTEN.sub(lambda word: better.get(fold(word[0]), word[0]), clean(typed)) if better else ""


class Found(NamedTuple):
    """How many documents there are, and those of one page."""

    total: int
    hits: list[tuple[Any, tantivy.DocAddress]]


class Page:
    """Which stretch of the list is wanted, within bounds."""

    def __init__(self, number: int, size: int) -> None:
        self.size = min(max(size, 1), MOST_PER_PAGE)
        self.number = min(max(number, 1), DEEPEST // self.size)
        self.offset = (self.number - 1) * self.size

    @classmethod
    def of(cls, question: Question) -> "Page":
        return cls(question.page, question.per_page)

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
