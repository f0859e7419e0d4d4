"""Visibility, filters and counts. Each count is the length of the list it opens."""

from collections.abc import Iterable, Mapping
from typing import Any

import tantivy

from kapok.search.documents import EVERY, FACET_NAME, PUBLIC
from kapok.search.engine import HIDDEN, JOIN, SCHEMA, WIDE, View
from kapok.search.questions import Question, Span

Query = tantivy.Query
MUST, SHOULD, NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
Clause = tuple[tantivy.Occur, tantivy.Query]
ENOUGH = 1_000_000  # more values than any facet has, so that nothing is cut off
LARGEST = 4_000_000_000
MOST = 0.6  # of all documents: words that more of them hold are counted by what they leave out
LIMIT = "bucket limit"  # what the engine says when there are more values than it counts at once
ENDINGS = (*(f".*{digit}" for digit in range(10)), ".*[^0-9]")
REMEMBERED = 40  # lists of counts kept for the life of a commit


def equals(name: str, value: str) -> tantivy.Query:
    """Documents that hold a value, without a say in the order of results."""
    return Query.const_score_query(Query.term_query(SCHEMA, name, value), 0.0)


def any_of(name: str, values: Iterable[str]) -> tantivy.Query:
    """Documents that hold at least one of the values."""
    parts = [equals(name, value) for value in dict.fromkeys(values)]
    if not parts:
        return Query.empty_query()
    return (
        parts[0]
        if len(parts) == 1
        else Query.const_score_query(Query.boolean_query([(SHOULD, part) for part in parts]), 0.0)
    )


def seen_by(viewer: Iterable[str]) -> Clause:
    """What holders of these tokens may see.

    Nearly everything is public, so it is quicker to leave out the little that is not; a document is marked
    hidden exactly when it does not say that it is public.
    """
    tokens = tuple(dict.fromkeys(viewer))
    if PUBLIC not in tokens:
        return MUST, any_of("seen_by", tokens)
    hidden = Query.term_query(SCHEMA, "access", HIDDEN)
    own = [token for token in tokens if token != PUBLIC]
    if not own:
        return NOT, hidden
    return NOT, Query.boolean_query([(MUST, hidden), (NOT, any_of("seen_by", own))])


def within(span: Span) -> tantivy.Query:
    """Documents whose date lies in the span."""
    low, high = span.low if span.low is not None else -LARGEST, span.high if span.high is not None else LARGEST
    found = Query.range_query(SCHEMA, span.date, tantivy.FieldType.Integer, low, high)
    return Query.const_score_query(found, 0.0)


def chosen(question: Question, facet: str, values: Iterable[str]) -> tantivy.Query:
    """Documents with one of the values of a facet, which may be a window of days."""
    if not FACET_NAME.fullmatch(facet):
        return Query.empty_query()
    if facet in EVERY:
        return Query.boolean_query([(MUST, equals(f"facets.{facet}", value)) for value in values])
    if facet not in question.windows:
        return any_of(f"facets.{facet}", values)
    known = question.windows[facet]
    parts = [_window(known[value]) for value in values if value in known]
    return Query.boolean_query([(SHOULD, part) for part in parts]) if parts else Query.empty_query()


def _window(spans: tuple[Span, ...]) -> tantivy.Query:
    return Query.boolean_query([(MUST, within(span)) for span in spans])


def narrowed(question: Question, without: str = "") -> list[Clause]:
    """All that limits the question besides its words: who asks, ranges, and filters of facets but one."""
    clauses = [seen_by(question.viewer)]
    clauses.extend((MUST, within(span)) for span in question.ranges)
    clauses.extend(
        (MUST, chosen(question, facet, values))
        for facet, values in question.filters.items()
        if values and facet != without
    )
    for group in question.alternatives:
        parts = [chosen(question, facet, values) for facet, values in group]
        clauses.append((MUST, Query.boolean_query([(SHOULD, part) for part in parts])))
    return clauses


def together(clauses: list[Clause]) -> tantivy.Query:
    """One query of all clauses; only exclusions exclude from everything."""
    if all(occur == NOT for occur, _ in clauses):
        clauses = [(MUST, Query.all_query()), *clauses]
    return Query.boolean_query(clauses)


def count(view: View, query: tantivy.Query) -> int:
    """How many documents a query finds."""
    return number(view.searcher.search(query, 1, order_by_field="published"))


def number(result: tantivy.SearchResult) -> int:
    """How many documents were found in all; the outline of types that tantivy ships leaves this out."""
    return int(getattr(result, "count", 0) or 0)


Counts = dict[str, dict[str, int]]


def tally(view: View, query: tantivy.Query, facets: Iterable[str]) -> Counts:
    """The number of found documents under each value of each facet."""
    wanted = [name for name in facets if FACET_NAME.fullmatch(name)]
    if not wanted:
        return {}
    common = [name for name in wanted if name not in WIDE]
    together_ = len(common) > 2
    asked = {name: _terms(f"facets.{name}") for name in wanted if not together_ or name in WIDE}
    if together_:
        asked[JOIN] = _terms("counts")
    counts = _aggregated(view, query, asked)
    if together_:
        counts |= {name: {} for name in common}
        for joined, number in counts.pop(JOIN).items():
            name, _, value = joined.partition(JOIN)
            if name in counts and name not in WIDE:
                counts[name][value] = number
    return counts


def _aggregated(view: View, query: tantivy.Query, asked: Mapping[str, Any]) -> Counts:
    """The buckets of each aggregation; all at once, else one by one, else in parts.

    The engine counts no more than 65,000 values in one go. What has more, such as organisations and their roles among a
    million records, is counted by the last letter of its values, which makes eleven goes of about the same size.
    """
    try:
        said = view.searcher.aggregate(query, dict(asked))
    except ValueError as error:
        if LIMIT not in str(error):
            raise
        if len(asked) > 1:
            return {name: _aggregated(view, query, {name: one})[name] for name, one in asked.items()}
        ((name, one),) = asked.items()
        if "include" in one["terms"]:
            raise
        parts = ({"terms": one["terms"] | {"include": ending}} for ending in ENDINGS)
        return {name: {k: n for part in parts for k, n in _aggregated(view, query, {name: part})[name].items()}}
    return {name: {one["key"]: one["doc_count"] for one in said[name]["buckets"]} for name in asked}


def _terms(column: str) -> dict[str, Any]:
    return {"terms": {"field": column, "size": ENOUGH, "segment_size": ENOUGH}}


def facets_of(view: View, question: Question, found: list[Clause], total: int) -> Mapping[str, list[tuple[str, int]]]:
    """The counts of every facet asked for.

    The count of a value is the total of the same question with that value alone chosen in its facet, so each
    facet with a choice is counted without it.
    """
    counts: Counts = {}
    plain = [name for name in question.facets if name not in question.windows]
    free = [name for name in plain if not question.filters.get(name)]
    counts |= _counted(view, question, found, free, total)
    for name in plain:
        if question.filters.get(name):
            counts |= tally(view, together([*found, *narrowed(question, without=name)]), [name])
    for name in question.facets:
        if name in question.windows:
            rest = [*found, *narrowed(question, without=name)]
            known = question.windows[name]
            counts[name] = {one: count(view, together([*rest, (MUST, _window(known[one]))])) for one in known}
    return {name: _listed(counts.get(name, {}), question.filters.get(name, ())) for name in question.facets}


def _listed(counts: Mapping[str, int], selected: Iterable[str]) -> list[tuple[str, int]]:
    """Largest first; what is chosen stays in the list even when nothing is left of it."""
    shown = {one: number for one, number in counts.items() if number} | {one: counts.get(one, 0) for one in selected}
    return sorted(shown.items(), key=lambda one: (-one[1], one[0]))


def _counted(view: View, question: Question, found: list[Clause], names: list[str], total: int) -> Counts:
    """Counts of facets without a choice, by the shortest way.

    What all words leave over is remembered for the life of this commit. Words that most documents hold are
    counted by what they leave out.
    """
    if not names:
        return {}
    if not found:
        return _remembered(view, question, names)
    limits = narrowed(question)
    unfiltered = not any(question.filters.values()) and not question.ranges and not question.alternatives
    if unfiltered and total > view.searcher.num_docs * MOST:
        everything = _remembered(view, question, names)
        left = tally(view, together([*limits, (NOT, together(found))]), names)
        return {
            name: {one: number - left[name].get(one, 0) for one, number in everything[name].items()} for name in names
        }
    return tally(view, together([*found, *limits]), names)


def _limits(question: Question) -> tuple[Any, ...]:
    filters = tuple(sorted((name, tuple(sorted(values))) for name, values in question.filters.items() if values))
    used = {name: repr(question.windows[name]) for name, _ in filters if name in question.windows}
    return (
        tuple(sorted(set(question.viewer))),
        filters,
        question.alternatives,
        question.ranges,
        tuple(sorted(used.items())),
    )


def _remembered(view: View, question: Question, names: list[str]) -> Counts:
    """Counts of all that the limits of the question leave, whatever its words."""
    key = (_limits(question), tuple(sorted(names)))
    if key not in view.memory:
        if len(view.memory) >= REMEMBERED:
            view.memory.clear()
        view.memory[key] = tally(view, together(narrowed(question)), names)
    remembered: Counts = view.memory[key]
    return remembered
