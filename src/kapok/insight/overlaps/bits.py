"""Sets of terms as bits in rows of whole numbers, so that thousands are compared in one step."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
WORD = 64


class Terms:
    """Gives each term a place among the bits, in the order in which terms come."""

    def __init__(self, words: int) -> None:
        self.words = words
        self.ids: list[str] = []
        self.places: dict[str, int] = {}

    def place(self, term: str) -> int:
        """The place of a term; what comes when all places are taken is not compared (-1)."""
        found = self.places.get(term)
        if found is None:
            if len(self.ids) >= self.words * WORD:
                return -1
            found = self.places[term] = len(self.ids)
            self.ids.append(term)
        return found

    def bits(self, terms: Iterable[str]) -> Words:
        """The bits of some terms."""
        row = [0] * self.words
        for term in terms:
            place = self.place(term)
            if place >= 0:
                row[place // WORD] |= 1 << (place % WORD)
        return np.array(row, dtype=np.uint64)

    def named(self, row: Words) -> list[str]:
        """The terms of a row of bits."""
        found = []
        for number, word in enumerate(row.tolist()):
            while word:
                low = word & -word
                found.append(self.ids[number * WORD + low.bit_length() - 1])
                word ^= low
        return found


def count(rows: Words) -> NDArray[np.int64]:
    """How many bits each row holds."""
    found: NDArray[np.int64] = np.bitwise_count(rows).sum(axis=-1, dtype=np.int64)
    return found


def common(rows: Words, row: Words) -> NDArray[np.bool_]:
    """Which rows share a bit with this one."""
    return np.asarray((rows & row).any(axis=-1))
