"""Counting a matrix over blocks of spells. A record counts once in a cell, a row, a column and the whole."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from kapok.insight.counting.blocks import UNRANKED, Block, Numbers, ids
from kapok.insight.counting.dimensions import dimension, places
from kapok.insight.counting.filtering import chosen, lately, soon_after, statuses
from kapok.insight.counting.money import Lines, codes, region_table, within
from kapok.insight.counting.questions import Matrix, Question, Tally
from kapok.insight.thresholds import state_of

# What one spell is to a cell. The recent ones are those confirmed lately.
NEED, PLANNED, PLANNED_RECENT, ONGOING, ONGOING_RECENT, ENDING, ENDING_RECENT, COMPLETED = range(8)
CLASSES, UNCOUNTED = 8, 255
MONEYED = ("country", "region", "funder", "theme", "year")
CHUNK = 1 << 20
HORIZONS = 8
Parts = Iterable[tuple[Block, Numbers | None]]


class Side(NamedTuple):
    """One side of the matrix in one block: for each spell its numbers, and how many numbers there are."""

    at: Numbers
    ids: Numbers


class Counts:
    """Counts by class for some keys, and the best rank, the last confirmation and the money of each."""

    def __init__(self, size: int, kinds: int) -> None:
        self.by_class = np.zeros(size * CLASSES, np.int64)
        self.rank = np.full(size, UNRANKED * HORIZONS, np.int32)
        self.confirmed = np.zeros(size, np.int32)
        self.usd = np.zeros((size, kinds), np.int64)
        self.unconverted = np.zeros(size, np.int64)


def answer(parts: Parts, question: Question) -> Matrix:
    """Count everything."""
    held = list(parts)
    rows, cols = Axis(question, question.rows, held), Axis(question, question.cols, held)
    kinds = ids("money-kind")
    cells = Counts(rows.size * cols.size, len(kinds))
    by_row, by_col, total = (Counts(size, len(kinds)) for size in (rows.size, cols.size, 1))
    for block, dead in held:
        mask = chosen(block, question, dead)
        classes = classes_of(block, question)
        some = np.flatnonzero(mask & (classes != UNCOUNTED))
        if not some.size:
            continue
        facts = Facts(block, classes)
        left, right = rows.side(block), cols.side(block)
        whole = Side(np.arange(block.size + 1), np.zeros(block.size, np.int32))
        count(by_row, left, some, facts)
        count(by_col, right, some, facts)
        count(total, whole, some, facts)
        if rows.plain and cols.plain and (question.rows, question.cols) == ("country", "theme"):
            count(cells, Side(block["cells.at"], block["cells.ids"]), some, facts)
        else:
            for few in np.array_split(some, len(some) // CHUNK + 1):
                count_product(cells, left, right, cols.size, few, facts)
        spend(block, question, mask, (rows, cols), (cells, by_row, by_col, total))
    return told(question, rows, cols, (cells, by_row, by_col, total))


class Axis:
    """The values of one side that a matrix can show; when the question chooses some, those and no others."""

    def __init__(self, question: Question, name: str, parts: list[tuple[Block, Numbers | None]]) -> None:
        self.name, self.dimension = name, dimension(name)
        self.chosen = question.filters.get(name, ())
        self.plain = not self.chosen
        if self.plain and self.dimension.is_fixed:
            self.size = self.dimension.nothing + 1
        elif self.plain:
            known = [block.forward(name)[1] for block, _dead in parts]
            self.size = 1 + max((int(numbers.max()) for numbers in known if numbers.size), default=0)
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

    def id_of(self, number: int) -> str:
        """The value behind a number."""
        return self.dimension.id_of(number) if self.plain else self.chosen[number]

    def order(self, held: Iterable[int]) -> list[int]:
        """Numbers in the order of the list, none last."""
        nothing = self.dimension.nothing if self.plain else -1
        return sorted(held, key=lambda one: (one == nothing, one))


class Facts(NamedTuple):
    """What is counted of the spells of a block."""

    block: Block
    classes: Numbers


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


def slices(side: Side, some: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """The numbers of some spells, and the spell of each; a million numbers at a time."""
    lengths = side.at[some + 1] - side.at[some]
    ends = np.cumsum(lengths)
    first = 0
    while first < some.size:
        done = ends[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(ends, done + CHUNK, "right")))
        spells, counts = some[first:last], lengths[first:last]
        low, high = int(side.at[spells[0]]), int(side.at[spells[-1] + 1])
        if spells[-1] - spells[0] + 1 == spells.size:
            numbers = side.ids[low:high]
        else:
            begins = np.repeat(side.at[spells] - (ends[first:last] - counts - done), counts)
            numbers = side.ids[begins + np.arange(begins.size)]
        yield numbers, np.repeat(spells, counts)
        first = last


def count(into: Counts, side: Side, some: Numbers, facts: Facts) -> None:
    """Count some spells under each of their numbers on one side."""
    for numbers, spells in slices(side, some):
        add(into, numbers.astype(np.int64), spells, facts)


def count_product(into: Counts, left: Side, right: Side, width: int, some: Numbers, facts: Facts) -> None:
    """Count some spells in each cell where their rows and columns meet."""
    for rows, spells in slices(left, some):
        lengths = right.at[spells + 1] - right.at[spells]
        begins = np.repeat(right.at[spells] - (np.cumsum(lengths) - lengths), lengths)
        cols = right.ids[begins + np.arange(begins.size)]
        add(into, np.repeat(rows, lengths).astype(np.int64) * width + cols, np.repeat(spells, lengths), facts)


def add(into: Counts, keys: Numbers, spells: Numbers, facts: Facts) -> None:
    """Count spells under keys."""
    block = facts.block
    classes = facts.classes[spells]
    into.by_class += np.bincount(keys * CLASSES + classes, minlength=into.by_class.size)
    needs = classes == NEED
    if needs.any():
        wanted = spells[needs]
        ranks = block["rank"][wanted].astype(np.int32) * HORIZONS + block["horizon"][wanted]
        np.minimum.at(into.rank, keys[needs], ranks)
    np.maximum.at(into.confirmed, keys, block["confirmed"][spells])


def spend(block: Block, question: Question, mask: Numbers, axes: tuple[Axis, Axis], into: tuple[Counts, ...]) -> None:
    """Add up the money that falls to cells, to their rows and columns, and to the whole."""
    rows, cols = axes
    cells, by_row, by_col, total = into
    some = np.flatnonzero(mask[block["money.spell"]] & within(block, question))
    money = block["money.kind"][some], block["money.usd"][some], block["money.known"][some]
    row, col = axis_keys(rows, block, some), axis_keys(cols, block, some)
    add_money(total, np.zeros(some.size, np.int64), *money)
    for counts, keys in ((by_row, row), (by_col, col)):
        if keys is not None:
            held = keys >= 0
            add_money(counts, keys[held], *(one[held] for one in money))
    if row is not None and col is not None:
        held = (row >= 0) & (col >= 0)
        add_money(cells, row[held] * cols.size + col[held], *(one[held] for one in money))


def axis_keys(axis: Axis, block: Block, some: Numbers) -> Numbers | None:
    """The keys of parts of budget lines on one side; money is split by no other sides than these."""
    if axis.name not in MONEYED:
        return None
    numbers = codes(Lines(block, some, block["money.usd"]), axis.name)
    if axis.name == "region":
        numbers = np.array([places("region").get(one, len(places("region"))) for one in region_table()])[numbers]
    if axis.plain:
        return np.where(numbers < axis.size, numbers, -1)
    keys = np.full(some.size, -1, np.int64)
    for at, value in enumerate(axis.chosen):
        keys[numbers == axis.dimension.number(value)] = at
    return keys


def add_money(into: Counts, keys: Numbers, kind: Numbers, usd: Numbers, known: Numbers) -> None:
    """Add cents up, exactly, and count what could not be converted."""
    # One flat index: numpy adds at pairs of indices thirty times slower.
    at = keys[known].astype(np.int64) * into.usd.shape[1] + kind[known]
    np.add.at(into.usd.reshape(-1), at, usd[known])
    into.unconverted += np.bincount(keys[~known], minlength=into.unconverted.size)


def told(question: Question, rows: Axis, cols: Axis, counts: tuple[Counts, Counts, Counts, Counts]) -> Matrix:
    """The counts as plain values."""
    cells, by_row, by_col, total = counts
    left, right = tallies(by_row, question), tallies(by_col, question)
    shown_rows, shown_cols = rows.order(left), cols.order(right)
    row_ids, col_ids = {one: rows.id_of(one) for one in shown_rows}, {one: cols.id_of(one) for one in shown_cols}
    return Matrix(
        question=question,
        rows=list(row_ids.values()),
        cols=list(col_ids.values()),
        cells={
            (row_ids[key // cols.size], col_ids[key % cols.size]): tally
            for key, tally in tallies(cells, question).items()
        },
        by_row={row_ids[one]: left[one] for one in shown_rows},
        by_col={col_ids[one]: right[one] for one in shown_cols},
        total=tallies(total, question).get(0, Tally()),
    )


def tallies(counts: Counts, question: Question) -> dict[int, Tally]:
    """What stands under each key that anything was counted under."""
    by_class = counts.by_class.reshape(-1, CLASSES)
    keys = np.flatnonzero(by_class.any(axis=1))
    said = by_class[keys].T
    planned = said[PLANNED] + said[PLANNED_RECENT]
    ending = said[ENDING] + said[ENDING_RECENT]
    ongoing = said[ONGOING] + said[ONGOING_RECENT] + ending
    recent = said[PLANNED_RECENT] + said[ONGOING_RECENT] + said[ENDING_RECENT]
    states = states_of(said[NEED], planned + ongoing, ending, recent, question)
    columns = (said[NEED], planned, ongoing, said[COMPLETED], ending, recent, counts.rank[keys], counts.confirmed[keys])
    rank_of = {one: named_rank(one) for one in np.unique(counts.rank[keys]).tolist()}
    day_of = {one: date.fromordinal(one) if one else None for one in np.unique(counts.confirmed[keys]).tolist()}
    lines = zip(keys.tolist(), *(column.tolist() for column in columns), states, strict=True)
    found = {
        key: Tally(need, plan, go, done, end, new, *rank_of[rank], day_of[day], {}, 0, state)
        for key, need, plan, go, done, end, new, rank, day, state in lines
    }
    kinds = ids("money-kind")
    places, of_kind = np.nonzero(counts.usd)
    for key, kind, usd in zip(places.tolist(), of_kind.tolist(), counts.usd[places, of_kind].tolist(), strict=True):
        if key in found:
            found[key].usd[kinds[kind]] = usd
    for key in np.flatnonzero(counts.unconverted).tolist():
        if key in found:
            found[key].unconverted = int(counts.unconverted[key])
    return found


def named_rank(ranked: int) -> tuple[int | None, str]:
    """The rank and the horizon that a number stands for; those of a key without needs are none."""
    rank, horizon = divmod(ranked, HORIZONS)
    horizons = ids("horizon")
    if rank == UNRANKED and horizon == 0:
        return None, ""
    return (rank if rank < UNRANKED else None), (horizons[horizon] if horizon < len(horizons) else "")


def states_of(needs: Numbers, active: Numbers, ending: Numbers, recent: Numbers, question: Question) -> list[str]:
    """The state of each key; equal figures are looked at once."""
    most = question.thresholds.crowd
    flags = (needs > 0) * 4 + (ending == active) * 2 + (recent > 0)
    kinds, back = np.unique(flags * (most + 1) + np.minimum(active, most), return_inverse=True)
    named = []
    for code in kinds.tolist():
        flag, some = divmod(code, most + 1)
        named.append(state_of(flag >> 2, some, some if flag & 2 else 0, flag & 1, question.thresholds))
    return [named[at] for at in back.tolist()]
