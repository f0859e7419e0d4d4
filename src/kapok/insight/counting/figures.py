"""Counting spells under keys: the figures of each key, its best rank and its last confirmation."""

from typing import NamedTuple

import numpy as np

from kapok.insight.counting.axes import Side
from kapok.insight.counting.blocks import HORIZONS, UNRANKED, Block, Numbers, ids
from kapok.insight.counting.filtering import lately, soon_after, statuses
from kapok.insight.counting.questions import Question
from kapok.insight.counting.turned import BITS, LANES, lanes_of, last_of

# What one spell is to a cell. The recent ones are those confirmed lately.
NEED, PLANNED, PLANNED_RECENT, ONGOING, ONGOING_RECENT, ENDING, ENDING_RECENT, COMPLETED, UNCOUNTED = range(9)
CLASSES = 9
# The figures of a key, and to which of them each class adds one.
NEEDS, PLANS, GOES, ENDS, RECENT, DONE = range(LANES)
ADDS = {
    NEED: (NEEDS,),
    PLANNED: (PLANS,),
    PLANNED_RECENT: (PLANS, RECENT),
    ONGOING: (GOES,),
    ONGOING_RECENT: (GOES, RECENT),
    ENDING: (GOES, ENDS),
    ENDING_RECENT: (GOES, ENDS, RECENT),
    COMPLETED: (DONE,),
    UNCOUNTED: (),
}
TABLE = np.array([[lane in ADDS[one] for lane in range(LANES)] for one in range(CLASSES)], np.int64)
PACKED = np.array([sum(1 << BITS * lane for lane in ADDS[one]) for one in range(CLASSES)], np.uint64)
NO_RANK = UNRANKED * HORIZONS
# From this part of all pairs on, it is faster to go through all lists than to pick the pairs of the chosen spells.
BROAD = 5


class Counts:
    """Figures for some keys, and the best rank, the last confirmation and the money of each."""

    def __init__(self, size: int, kinds: int) -> None:
        self.lanes = np.zeros((size, LANES), np.int64)
        self.rank = np.full(size, NO_RANK, np.int32)
        self.confirmed = np.zeros(size, np.int32)
        self.usd = np.zeros((size, kinds), np.int64)
        self.unconverted = np.zeros(size, np.int64)


class Facts(NamedTuple):
    """What is counted of a block: the class of each spell, which count, and these in one row."""

    block: Block
    classes: Numbers
    mask: Numbers
    some: Numbers


def facts_of(block: Block, question: Question, mask: Numbers) -> Facts:
    """What of a block counts for a question."""
    key = question.as_of, lately(question), soon_after(question)
    classes = block.noting("classes", key, lambda: classes_of(block, question))
    mask = mask & (classes != UNCOUNTED)
    return Facts(block, classes, mask, np.flatnonzero(mask))


def classes_of(block: Block, question: Question) -> Numbers:
    """What each spell is to a cell."""
    known = {one: at for at, one in enumerate(ids("status"))}
    status = statuses(block, question.as_of)
    recent = (block["confirmed"] >= lately(question)).astype(np.uint8)
    found = np.full(block.size, UNCOUNTED, np.uint8)
    found[block["need"] & block["open"]] = NEED
    support = block["support"]
    found[support & (status == known["completed"])] = COMPLETED
    ongoing = support & (status == known["ongoing"])
    ending = ongoing & (block["finishes"] <= soon_after(question))
    for where, base in ((support & (status == known["planned"]), PLANNED), (ongoing, ONGOING), (ending, ENDING)):
        found[where] = base + recent[where]
    return found


def count_whole(into: Counts, facts: Facts) -> None:
    """Count the chosen spells of a block under one key."""
    classes = facts.classes[facts.some]
    into.lanes[0] += np.bincount(classes, minlength=CLASSES) @ TABLE
    needs = facts.some[classes == NEED]
    into.rank[0] = min(into.rank[0], facts.block.ranked()[needs].min(initial=NO_RANK))
    into.confirmed[0] = max(into.confirmed[0], facts.block["confirmed"][facts.some].max(initial=0))


def count_side(into: Counts, name: str, facts: Facts) -> None:
    """Count the chosen spells under their numbers on a side of which all is shown."""
    side = Side(*facts.block.forward(name))
    if int((side.at[facts.some + 1] - side.at[facts.some]).sum()) * BROAD < len(side.ids):
        count(into, side, facts)
    else:
        count_lists(into, name, facts)


def count_lists(into: Counts, name: str, facts: Facts) -> None:
    """The same by going through the lists of all numbers."""
    packed = PACKED[facts.classes]
    packed[~facts.mask] = 0
    lists = facts.block.turned(name)
    keys, lanes = lanes_of(lists, packed)
    into.lanes[keys] += lanes
    better(into, facts, last_of(lists, facts.mask), last_of(facts.block.turned_needs(name), facts.mask))


def better(into: Counts, facts: Facts, latest: tuple[Numbers, Numbers], highest: tuple[Numbers, Numbers]) -> None:
    """Take up later confirmations and higher ranks, given the spell of each key that has them."""
    keys, spells = latest
    into.confirmed[keys] = np.maximum(into.confirmed[keys], facts.block["confirmed"][spells])
    keys, spells = highest
    into.rank[keys] = np.minimum(into.rank[keys], facts.block.ranked()[spells])


def count(into: Counts, side: Side, facts: Facts) -> None:
    """Count the chosen spells under each of their numbers on one side."""
    for numbers, spells in side.slices(facts.some):
        add(into, numbers.astype(np.int64), spells, facts)


def count_product(into: Counts, left: Side, right: Side, width: int, facts: Facts) -> None:
    """Count the chosen spells in each cell where their rows and columns meet."""
    for rows, spells in left.slices(facts.some):
        lengths = right.at[spells + 1] - right.at[spells]
        keys = np.repeat(rows.astype(np.int64) * width, lengths)
        keys += right.numbers_of(spells, lengths)
        add(into, keys, np.repeat(spells, lengths), facts)


def add(into: Counts, keys: Numbers, spells: Numbers, facts: Facts) -> None:
    """Count spells under keys."""
    classes = facts.classes[spells]
    size = len(into.rank)
    into.lanes += np.bincount(keys * CLASSES + classes, minlength=size * CLASSES).reshape(size, CLASSES) @ TABLE
    needs = np.flatnonzero(classes == NEED)
    if needs.size:
        np.minimum.at(into.rank, keys[needs], facts.block.ranked()[spells[needs]])
    np.maximum.at(into.confirmed, keys, facts.block["confirmed"][spells])
