"""The sides of a matrix: which numbers each spell has there, and what the numbers stand for."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from kapok.insight.counting.blocks import Block, Numbers
from kapok.insight.counting.dimensions import dimension
from kapok.insight.counting.questions import Question

CHUNK = 1 << 20
Parts = Iterable[tuple[Block, Numbers | None]]


class Side(NamedTuple):
    """One side of the matrix in one block: for each spell its numbers, and how many numbers there are."""

    at: Numbers
    ids: Numbers

    def slices(self, some: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
        """The numbers of some spells, and the spell of each; a million numbers at a time."""
        lengths = self.at[some + 1] - self.at[some]
        ends = np.cumsum(lengths)
        first = 0
        while first < some.size:
            done = ends[first - 1] if first else 0
            last = max(first + 1, int(np.searchsorted(ends, done + CHUNK, "right")))
            spells, counts = some[first:last], lengths[first:last]
            yield self.numbers_of(spells, counts), np.repeat(spells, counts)
            first = last

    def numbers_of(self, spells: Numbers, counts: Numbers) -> Numbers:
        """The numbers of some spells in one row, of which each spell has so many."""
        begins = np.repeat(self.at[spells] - (np.cumsum(counts) - counts), counts)
        begins += np.arange(begins.size)
        return np.take(self.ids, begins)


class Axis:
    """The values of one side that a matrix can show; when the question chooses some, those and no others."""

    def __init__(self, question: Question, name: str, blocks: list[Block]) -> None:
        self.name, self.dimension = name, dimension(name)
        self.chosen = question.filters.get(name, ())
        self.plain = not self.chosen
        if self.plain and self.dimension.is_fixed:
            self.size = self.dimension.nothing + 1
        elif self.plain:
            known = [block.turned(name).keys for block in blocks]
            self.size = 1 + max((int(keys[-1]) for keys in known if keys.size), default=0)
        else:
            self.size = len(self.chosen)

    def side(self, block: Block) -> Side:
        """For each spell of a block its numbers on this side."""
        if self.plain:
            return Side(*block.forward(self.name))
        holders = [block.holders(self.name, value) for value in self.chosen]
        spells = np.concatenate([*holders, np.zeros(0, np.int32)])
        numbers = np.repeat(np.arange(len(holders), dtype=np.int32), [len(one) for one in holders])
        order = np.argsort(spells, kind="stable")
        lengths = np.bincount(spells, minlength=block.size)
        return Side(np.concatenate([[0], np.cumsum(lengths)]), numbers[order])

    def key_of(self, numbers: Numbers) -> Numbers:
        """The keys of some numbers of the whole list; those that the matrix does not show are -1."""
        if self.plain:
            return np.where(numbers < self.size, numbers, -1)
        keys = np.full(numbers.shape, -1, np.int64)
        for at, value in enumerate(self.chosen):
            keys[numbers == self.dimension.number(value)] = at
        return keys

    def id_of(self, number: int) -> str:
        """The value behind a number."""
        return self.dimension.id_of(number) if self.plain else self.chosen[number]

    def order(self, held: Iterable[int]) -> list[int]:
        """Numbers in the order of the list, none last."""
        nothing = self.dimension.nothing if self.plain else -1
        return sorted(held, key=lambda one: (one == nothing, one))
