"""Visibility, filters and counts. Each count is the length of the list it opens."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import tantivy

from kapok.search.documents import EVERY, FACET_NAME, PUBLIC
from kapok.search.engine import HIDDEN, JOIN, SCHEMA, WIDE, Counts, View, parted
from kapok.search.questions import Question, Span

Query = tantivy.Query
MUST, SHOULD, NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
Clause = tuple[tantivy.Occur, tantivy.Query]
SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$]")  # signs that mean something in an expression
ENOUGH = 1_000_000  # more values than any facet has, so that nothing is cut off
LARGEST = 4_000_000_000
APART = 8  # so many facets are scanned each in its own column; more of them together in one
NAMED = 300  # how many values of a wide facet each part of the index names
TOLD = 60  # how many of them are told where it holds more
# What counting costs, in nanoseconds (measured at 2,000 and 1,000,000 documents; only their relation matters):
SCANNED = 20.0  # a value of a document that was found
WALKED = 1.6  # an entry in the list of documents of a value
FOUND = 20.0  # a document that was found, anew for each walk
READ = 1_000.0  # a value that is told with its count
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


Keep = Mapping[str, tuple[str, ...]]
NOTHING: Keep = {}


def tally(view: View, query: tantivy.Query, total: float, facets: Iterable[str], keep: Keep = NOTHING) -> Counts:
    """The number of found documents under each value of each facet. `total` is about how many are found.

    Few documents are scanned for the values they hold. Where many are found it is quicker to walk the lists of
    documents of all values, which costs the same whatever is found: those of one facet, or of all at once. Of a facet
    with thousands of values the largest are told, and those of them to `keep`.
    """
    wanted = [name for name in facets if FACET_NAME.fullmatch(name)]
    wide = [name for name in wanted if name in WIDE]
    common = [name for name in wanted if name not in WIDE]
    counts = _walked(view, query, total, common)
    return counts | _scanned(view, query, [name for name in common if name not in counts], wide, keep)


def _walked(view: View, query: tantivy.Query, total: float, names: list[str]) -> Counts:
    """Those facets that are quicker to walk than to scan: each by itself, or all at once where that is quickest."""
    share = total / max(view.searcher.num_docs, 1)
    volumes = {name: view.volumes.get(name, (0, 0)) for name in names}
    scans = {name: READ * values + SCANNED * share * places for name, (values, places) in volumes.items()}
    walks = {name: READ * values + WALKED * places + FOUND * total for name, (values, places) in volumes.items()}
    worth = [name for name in names if walks[name] < scans[name]]
    beginnings = [f"{name}{JOIN}" for name in worth]
    whole = sum(READ * values + WALKED * places for values, places in view.volumes.values()) + FOUND * total
    if whole < sum(min(scans[name], walks[name]) for name in names):
        worth, beginnings = names, [""]
    found: Counts = {}
    for beginning in beginnings:
        found |= parted(view.searcher.terms_with_prefix("counts", beginning, query))
    return {name: found.get(name, {}) for name in worth}


def _scanned(view: View, query: tantivy.Query, names: list[str], wide: list[str], keep: Keep) -> Counts:
    """Few facets counted each from a column of its own, many together from the column that holds them all.

    Of a wide facet each part of the index names its own largest values and says how large one can be that it did not
    name. Where that is nothing, what was named is exact.
    """
    at_once = len(names) > APART
    asked = {JOIN: _terms("counts")} if at_once else {name: _terms(f"facets.{name}") for name in names}
    asked |= {name: _terms(f"facets.{name}", NAMED) for name in wide}
    if not asked:
        return {}
    said = view.searcher.aggregate(query, asked)
    if at_once:
        every = parted(_buckets(said[JOIN]).items())
        counts = {name: every.get(name, {}) for name in names}
    else:
        counts = {name: _buckets(said[name]) for name in names}
    for name in wide:
        near, unnamed = _buckets(said[name]), said[name].get("doc_count_error_upper_bound") or 0
        kept = [one for one in keep.get(name, ()) if one not in near]
        if unnamed or (kept and said[name].get("sum_other_doc_count")):
            near = _largest(view, query, name, list(near)[:TOLD], keep.get(name, ()), unnamed)
        counts[name] = near
    return counts


def _largest(
    view: View, query: tantivy.Query, name: str, near: list[str], keep: Iterable[str], unnamed: int
) -> dict[str, int]:
    """The values of one facet that are larger than any that was not named, counted again; and those to keep."""
    column = f"facets.{name}"
    kept = [one for one in keep if view.searcher.doc_freq(column, one)]
    sought = list(dict.fromkeys([*near, *kept]))
    holding = Query.boolean_query([(MUST, query), (MUST, any_of(column, sought))])
    # A list of values would be compared with the whole dictionary, an expression is followed into it.
    among = {"include": "|".join(SPECIAL.sub(r"\\\g<0>", one) for one in sought)}
    said = view.searcher.aggregate(holding, {name: {"terms": _terms(column)["terms"] | among}})
    exact = _buckets(said[name])
    return {one: number for one, number in exact.items() if number > unnamed or one in kept} or exact


def _buckets(said: Mapping[str, Any]) -> dict[str, int]:
    return {one["key"]: int(one["doc_count"]) for one in said["buckets"]}


def _terms(column: str, size: int = ENOUGH) -> dict[str, Any]:
    """Ask for the values of a column: so many, and so many of each part of the index."""
    return {"terms": {"field": column, "size": size, "segment_size": size}}


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
        if values := question.filters.get(name):
            freed = together([*found, *narrowed(question, without=name)])
            counts |= tally(view, freed, _without(view, name, values, total), [name], keep(question))
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


def _without(view: View, name: str, values: Iterable[str], total: int) -> float:
    """About how many documents there would be without the choice, as if it were independent of everything else."""
    held = sum(view.searcher.doc_freq(f"facets.{name}", value) for value in values)
    return total * view.searcher.num_docs / max(held, total, 1)


def _counted(view: View, question: Question, found: list[Clause], names: list[str], total: int) -> Counts:
    """Counts of facets without a choice. Those of a question without words are remembered till the next commit."""
    if not names:
        return {}
    if not found:
        return _remembered(view, question, names, total)
    return tally(view, together([*found, *narrowed(question)]), total, names, keep(question))


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


def _remembered(view: View, question: Question, names: list[str], total: int) -> Counts:
    """Counts of all that the limits of the question leave, whatever its words."""
    kept = tuple((name, *values) for name, values in sorted(question.keep.items()))
    key = (_limits(question), tuple(sorted(names)), kept)
    if key not in view.memory:
        if len(view.memory) >= REMEMBERED:
            view.memory.clear()
        view.memory[key] = tally(view, together(narrowed(question)), total, names, keep(question))
    remembered: Counts = view.memory[key]
    return remembered
