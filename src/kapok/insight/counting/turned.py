"""Lists turned around: for each number the spells that hold it, counted a million at a time in one pass.

A figure of a spell takes one of six lanes of a whole number of 64 bits, so that all six are added at once. A lane
holds up to 1,023; longer lists are therefore laid down in pieces of so many.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
LANES, BITS = 6, 10
PIECE = (1 << BITS) - 1
CHUNK = 1 << 17  # spells added up at once: what they need stays within the cache of a processor
NEAR, FAR = 8, 512  # how many spells at the end of each list are looked at first, and at most at once


class Turned(NamedTuple):
    """The spells of all lists in one row, where each piece begins, and the number whose list it belongs to."""

    spells: Numbers
    begins: Numbers
    keys: Numbers


def turned(name: str, at: Numbers, ids: Numbers, worth: Numbers, only: Numbers | None = None) -> Mapping[str, Numbers]:
    """The columns of the lists of one side; within a list the spell of the highest worth comes last."""
    spells = np.repeat(np.arange(len(at) - 1, dtype=np.int32), np.diff(at))
    if only is not None:
        kept = only[spells]
        spells, ids = spells[kept], ids[kept]
    place = np.empty(len(at) - 1, np.int64)
    place[np.argsort(worth, kind="stable")] = np.arange(len(at) - 1)
    order = np.argsort(ids.astype(np.int64) * max(len(at) - 1, 1) + place[spells], kind="stable")
    keys = ids[order]
    first = np.flatnonzero(np.diff(keys.astype(np.int64), prepend=-1))
    within = np.arange(len(keys)) - np.repeat(first, np.diff(first, append=len(keys)))
    begins = np.flatnonzero(within % PIECE == 0)
    return {
        f"{name}.spells": spells[order],
        f"{name}.begins": begins,
        f"{name}.keys": keys[begins].astype(np.int32),
    }


def columns_of(columns: Mapping[str, Numbers], name: str) -> Turned:
    """The lists of one side."""
    return Turned(columns[f"{name}.spells"], columns[f"{name}.begins"], columns[f"{name}.keys"])


def pieces(begins: Numbers, size: int) -> Iterator[tuple[slice, slice]]:
    """Some pieces at a time: which, and the stretch of the row that they take."""
    first = 0
    while first < len(begins):
        last = max(first + 1, int(np.searchsorted(begins, begins[first] + CHUNK, "right")) - 1)
        end = int(begins[last]) if last < len(begins) else size
        yield slice(first, last), slice(int(begins[first]), end)
        first = last


def lanes_of(lists: Turned, packed: Numbers) -> tuple[Numbers, Numbers]:
    """The keys of all lists, and for each the six figures of its spells, added up."""
    sums = np.zeros(len(lists.begins), np.uint64)
    room = np.empty(2 * CHUNK, np.uint64)
    for some, stretch in pieces(lists.begins, len(lists.spells)):
        held = room[: stretch.stop - stretch.start]
        np.take(packed, lists.spells[stretch], out=held, mode="clip")
        sums[some] = np.add.reduceat(held, lists.begins[some] - stretch.start)
    lanes = unpacked(sums)
    first = np.flatnonzero(np.diff(lists.keys, prepend=-1))
    return lists.keys[first], np.add.reduceat(lanes, first, axis=0) if len(first) else lanes


def unpacked(sums: Numbers) -> Numbers:
    """The six figures in each whole number."""
    shifts = np.arange(LANES, dtype=np.uint64) * np.uint64(BITS)
    lanes: Numbers = (sums[:, None] >> shifts) & np.uint64(PIECE)
    return lanes.astype(np.int64)


def last_of(lists: Turned, mask: Numbers) -> tuple[Numbers, Numbers]:
    """The keys of the lists that hold a spell of the mask, and of each the last such spell."""
    first = np.flatnonzero(np.diff(lists.keys, prepend=-1))
    keys, begins = lists.keys[first], lists.begins[first]
    at = np.append(begins[1:], len(lists.spells))
    found = np.full(len(keys), -1, np.int64)
    left, look = np.arange(len(keys)), NEAR
    while left.size:
        # A window that ends where the last one began; what would lie before a list is its first spell again.
        window = np.maximum(at[left][:, None] - np.arange(1, look + 1), begins[left][:, None])
        spells = lists.spells[window]
        held = mask[spells]
        nearest = held.argmax(axis=1)
        hit = held.any(axis=1)
        found[left[hit]] = spells[hit, nearest[hit]]
        at[left] -= look
        left = left[~hit & (at[left] > begins[left])]
        look = min(look * 8, FAR)
    some = found >= 0
    return keys[some], found[some]
