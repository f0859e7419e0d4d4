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
APART = 8  # so many facets are counted each from its own column; more of them together in one
NAMED = 1_000  # how many values of a wide facet each part of the index names
TOLD = 60  # how many of them are told
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
Keep = Mapping[str, tuple[str, ...]]
NOTHING: Keep = {}


def tally(view: View, query: tantivy.Query, facets: Iterable[str], keep: Keep = NOTHING) -> Counts:
    """The number of found documents under each value of each facet.

    Of a facet with thousands of values the largest are told, and those of them to `keep`.
    """
    wanted = [name for name in facets if FACET_NAME.fullmatch(name)]
    common = [name for name in wanted if name not in WIDE]
    counts = _together(view, query, common) if len(common) > APART else _apart(view, query, common)
    return counts | {name: largest(view, query, name, keep.get(name, ())) for name in wanted if name in WIDE}


def _apart(view: View, query: tantivy.Query, names: list[str]) -> Counts:
    """Each facet counted from a column of its own, in one pass."""
    return _aggregated(view, query, {name: _terms(f"facets.{name}") for name in names}) if names else {}


def _together(view: View, query: tantivy.Query, names: list[str]) -> Counts:
    """Many facets counted from the column that holds them all."""
    counts: Counts = {name: {} for name in names}
    for joined, number in _aggregated(view, query, {JOIN: _terms("counts")})[JOIN].items():
        name, _, value = joined.partition(JOIN)
        if name in counts:
            counts[name][value] = number
    return counts


def largest(view: View, query: tantivy.Query, name: str, keep: tuple[str, ...] = ()) -> dict[str, int]:
    """The values of one facet with their counts: all of them, or the largest where there are thousands.

    Each part of the index names its own largest values and says how large one can be that it did not name. The first
    of all these are counted again, exactly; of them stand those that are larger than any that was not named.
    """
    column = f"facets.{name}"
    first = {"terms": {"field": column, "size": NAMED, "segment_size": NAMED}}
    said = view.searcher.aggregate(query, {name: first})[name]
    near = {one["key"]: int(one["doc_count"]) for one in said["buckets"]}
    unnamed = said.get("doc_count_error_upper_bound") or 0
    if not unnamed and not said.get("sum_other_doc_count"):
        return near
    sought = list(dict.fromkeys([*list(near)[:TOLD], *keep]))
    exact = _aggregated(view, query, {name: {"terms": {"field": column, "size": len(sought), "include": sought}}})[name]
    large = {one: number for one, number in exact.items() if number > unnamed or one in keep}
    return large or exact


def _aggregated(view: View, query: tantivy.Query, asked: Mapping[str, Any]) -> Counts:
    """The buckets of each aggregation."""
    said = view.searcher.aggregate(query, dict(asked))
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
            counts |= tally(view, together([*found, *narrowed(question, without=name)]), [name], keep(question))
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
    if not unfiltered or total <= view.searcher.num_docs * MOST:
        return tally(view, together([*found, *limits]), names, keep(question))
    wide = [name for name in names if name in WIDE]
    common = [name for name in names if name not in WIDE]
    everything = _remembered(view, question, common)
    left = tally(view, together([*limits, (NOT, together(found))]), common)
    return tally(view, together([*found, *limits]), wide, keep(question)) | {
        name: {one: number - left[name].get(one, 0) for one, number in everything[name].items()} for name in common
    }


def keep(question: Question) -> Keep:
    """The values of facets that are counted however small they are: those that are chosen, and those asked for."""
    chosen, asked = question.filters, question.keep
    return {name: (*chosen.get(name, ()), *asked.get(name, ())) for name in (*chosen, *asked)}


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
    kept = tuple((name, *values) for name, values in sorted(question.keep.items()))
    key = (_limits(question), tuple(sorted(names)), kept)
    if key not in view.memory:
        if len(view.memory) >= REMEMBERED:
            view.memory.clear()
        view.memory[key] = tally(view, together(narrowed(question)), names, keep(question))
    remembered: Counts = view.memory[key]
    return remembered
