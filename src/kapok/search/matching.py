"""From pieces to queries: which terms a word stands for, with their weight in the order of results."""

from dataclasses import dataclass, field
from itertools import chain

import tantivy

from kapok.search.analysis import is_han, open_ended, pairs, stem, stems
from kapok.search.concepts import Concepts, term
from kapok.search.engine import SCHEMA, View
from kapok.search.facets import MUST, NOT, SHOULD, Clause
from kapok.search.typed import Piece

Query = tantivy.Query
IN_TITLE = 3.0
PREFIXES = 400  # how many pairs may begin with one Chinese character


@dataclass(slots=True)
class Match:
    """The clauses for all pieces; `stems` and `concepts` are what to mark in the results."""

    wanted: list[tantivy.Query] = field(default_factory=list)
    unwanted: list[tantivy.Query] = field(default_factory=list)
    stems: set[str] = field(default_factory=set)
    concepts: set[str] = field(default_factory=set)

    def clauses(self) -> list[Clause]:
        """All pieces must be found."""
        return [*((MUST, one) for one in self.wanted), *((NOT, one) for one in self.unwanted)]

    def loose(self) -> list[Clause]:
        """All pieces but one, or two of five, must be found."""
        least = max(1, len(self.wanted) - max(1, len(self.wanted) // 3))
        some = Query.boolean_query([(SHOULD, one) for one in self.wanted], minimum_number_should_match=least)
        return [(MUST, some), *((NOT, one) for one in self.unwanted)]


def known_terms(view: View, said: list[str]) -> list[tantivy.Query]:
    """Queries for those of the stems that the index holds, in titles and in texts."""
    found = []
    for one in said:
        if view.searcher.doc_freq("title", one):
            found.append(Query.boost_query(Query.term_query(SCHEMA, "title", one, index_option="freq"), IN_TITLE))
        if view.searcher.doc_freq("text", one):
            found.append(Query.term_query(SCHEMA, "text", one, index_option="freq"))
    return found


def either(parts: list[tantivy.Query]) -> tantivy.Query:
    """One of several; none finds nothing."""
    if not parts:
        return Query.empty_query()
    return parts[0] if len(parts) == 1 else Query.boolean_query([(SHOULD, part) for part in parts])


def rows(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The ways a row of words stands in the index, one for each language it may be written in."""
    found = []
    for language in ("en", "fr", "es"):
        parts = []
        for at, word in enumerate(words):
            if is_han(word):
                run = pairs(word)
                # The last character stands alone where a run ends; the run may go on after the last word.
                parts.extend(run if at + 1 < len(words) or len(run) == 1 else run[:-1])
            else:
                parts.append(stem(word, language))
        found.append(tuple(parts))
    return list(dict.fromkeys(found))


def phrase(row: tuple[str, ...]) -> list[tantivy.Query]:
    """The words side by side, in a title or in a text."""
    return [
        Query.boost_query(Query.phrase_query(SCHEMA, "title", list(row)), IN_TITLE),
        Query.phrase_query(SCHEMA, "text", list(row)),
    ]


def han(view: View, match: Match, word: str) -> tantivy.Query:
    """A run of Chinese: all its pairs, or most of them in a long run; one character as the start of a pair."""
    if len(word) == 1:
        known = {
            one for name in ("title", "text") for one, _ in view.searcher.terms_with_prefix(name, word, None, PREFIXES)
        }
        match.stems.update(known)
        return either(known_terms(view, sorted(known)))
    found = list(dict.fromkeys(pairs(word)[:-1]))
    match.stems.update(found)
    parts = [either(known_terms(view, [pair])) for pair in found]
    if len(parts) == 1:
        return parts[0]
    least = len(parts) if len(parts) < 3 else round(len(parts) * 0.7)
    return Query.boolean_query([(SHOULD, part) for part in parts], minimum_number_should_match=least)


def word(view: View, match: Match, said: str) -> tantivy.Query:
    """One word in all its stems."""
    if is_han(said):
        return han(view, match, said)
    match.stems.update(stems(said))
    return either(known_terms(view, list(stems(said))))


def piece(view: View, match: Match, asked: Piece) -> tantivy.Query:
    """One piece: an identifier, a phrase, or a word."""
    if len(asked.words) == 1 and not asked.identifier:
        return word(view, match, asked.words[0])
    ways = rows(asked.words)
    match.stems.update(chain.from_iterable(ways))
    parts = [part for way in ways for part in (phrase(way) if len(way) > 1 else known_terms(view, list(way)))]
    if asked.identifier:
        parts.append(Query.boost_query(Query.term_query(SCHEMA, "names", asked.identifier), 50.0))
    return either(parts)


def match(view: View, pieces: list[Piece]) -> Match:
    """The whole of what was typed. Names of concepts among the words stand for all their names."""
    made = Match()
    made.wanted = _all(view, made, [one for one in pieces if one.wanted])
    made.unwanted = _all(view, Match(), [one for one in pieces if not one.wanted])
    return made


def _all(view: View, made: Match, pieces: list[Piece]) -> list[tantivy.Query]:
    found: list[tantivy.Query] = []
    at = 0
    for start, end, ids in named(view.concepts, pieces):
        found.extend(piece(view, made, one) for one in pieces[at:start])
        found.append(_concept(view, made, pieces[start:end], ids))
        at = end
    found.extend(piece(view, made, one) for one in pieces[at:])
    return found


def named(concepts: Concepts, pieces: list[Piece]) -> list[tuple[int, int, list[str]]]:
    """Which pieces, from where to where, name a concept in some language; the longest name wins."""
    found: list[tuple[int, int, list[str]]] = []
    for language in ("en", "fr", "es"):
        row: list[str] = []
        owner: list[int] = []
        for at, one in enumerate(pieces):
            stemmed = rows_of_piece(one, language)
            row.extend(stemmed)
            owner.extend([at] * len(stemmed))
        for start, end, ids in concepts.find(row):
            whole = (start == 0 or owner[start - 1] != owner[start]) and (
                end == len(row) or owner[end] != owner[end - 1]
            )
            if whole:
                found.append((owner[start], owner[end - 1] + 1, ids))
    found.sort(key=lambda one: (one[0] - one[1], one[0]))
    taken: list[tuple[int, int, list[str]]] = []
    for place in found:
        if all(place[1] <= other[0] or place[0] >= other[1] for other in taken):
            taken.append(place)
    return sorted(taken)


def rows_of_piece(one: Piece, language: str) -> list[str]:
    """The stems of a piece in one language, as names of concepts are kept."""
    if one.identifier:
        return [one.identifier]
    row = (pairs(said) if is_han(said) else [stem(said, language)] for said in one.words)
    return open_ended(list(chain.from_iterable(row)))


def _concept(view: View, made: Match, pieces: list[Piece], ids: list[str]) -> tantivy.Query:
    """A name stands for all names of its concept; the words of a longer name may also be found apart."""
    made.concepts.update(ids)
    parts = known_terms(view, [term(one) for one in ids])
    if len(pieces) > 1:
        parts.append(Query.boolean_query([(MUST, piece(view, made, one)) for one in pieces]))
    return either(parts)
