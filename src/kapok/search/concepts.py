"""Synonyms: one concept under its names in all languages (LMO, OVM, ЖИО, 改性活生物体; the names of a country).

Names are recognised when a text is indexed, and the concept itself becomes a term beside the words. A question
then asks for one rare term instead of a dozen phrases. A concept called as a facet's value (`country:KEN`) also
stands in each document that carries that value.
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kapok.search.analysis import open_ended, tokens, words

SIGN = "§"
Names = Mapping[str, Iterable[str]]


def term(concept: str) -> str:
    """How a concept stands in the index; no word can look like this."""
    return SIGN + re.sub(r"\s+", "_", concept)


class Concepts:
    """A table of names, ready to be recognised in a row of stems: the longest name wins."""

    def __init__(self, names: Names) -> None:
        self._terms = {concept: term(concept) for concept in names}
        listed = {concept: sorted(set(said)) for concept, said in names.items()}
        self.words = frozenset(word for said in listed.values() for name in said for word in words(name))
        self.digest = hashlib.blake2b(json.dumps(listed, sort_keys=True).encode(), digest_size=8).hexdigest()
        self._firsts: dict[str, set[str]] = defaultdict(set)
        by_first: dict[str, dict[tuple[str, ...], set[str]]] = defaultdict(lambda: defaultdict(set))
        for concept, said in listed.items():
            for name in said:
                for language in ("en", "fr", "es"):
                    row = tuple(open_ended(tokens(name, language)))
                    if row:
                        by_first[row[0]][row].add(concept)
                        self._firsts[concept].add(row[0])
        self._rows = {
            first: sorted(((row, sorted(ids)) for row, ids in rows.items()), key=lambda one: -len(one[0]))
            for first, rows in by_first.items()
        }

    def find(self, row: Sequence[str]) -> Iterator[tuple[int, int, list[str]]]:
        """Each name in a row of stems: where it begins, where it ends, and which concepts it names."""
        rows, over = self._rows, 0
        for at, first in enumerate(row):
            if at < over or first not in rows:
                continue
            for name, ids in rows[first]:
                if tuple(row[at : at + len(name)]) == name:
                    over = at + len(name)
                    yield at, over, ids
                    break

    def firsts(self, concepts: Iterable[str]) -> set[str]:
        """The stems with which the names of some concepts begin."""
        return {stem for concept in concepts for stem in self._firsts.get(concept, ())}

    def reach(self, concepts: Iterable[str]) -> dict[str, int]:
        """For each stem with which names of some concepts begin: how many stems the longest name has that does so."""
        return {first: len(self._rows[first][0][0]) for first in self.firsts(concepts)}

    def terms(self, row: Sequence[str]) -> list[str]:
        """The concepts named in a row of stems, each once."""
        return list(dict.fromkeys(self._terms[concept] for _, _, ids in self.find(row) for concept in ids))

    def of_facets(self, facets: Mapping[str, Iterable[str]]) -> list[str]:
        """The concepts that are values of a document's facets."""
        pairs = (f"{name}:{value}" for name, values in facets.items() for value in values)
        return [self._terms[pair] for pair in pairs if pair in self._terms]


NONE = Concepts({})
