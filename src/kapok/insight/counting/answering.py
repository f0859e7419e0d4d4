"""Counting a matrix over blocks of spells. A record counts once in a cell, a row, a column and the whole."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from types import MappingProxyType

import numpy as np

from kapok.insight.counting.axes import Axis, Parts
from kapok.insight.counting.blocks import HORIZONS, UNRANKED, Numbers, ids
from kapok.insight.counting.figures import (
    DONE,
    ENDS,
    GOES,
    NEEDS,
    PLANS,
    RECENT,
    Counts,
    Facts,
    count,
    count_product,
    count_side,
    count_whole,
    facts_of,
)
from kapok.insight.counting.filtering import chosen
from kapok.insight.counting.questions import Matrix, Question, Tally
from kapok.insight.counting.spending import spend
from kapok.insight.thresholds import state_of

USUAL = ("country", "theme")
NO_MONEY: Mapping[str, int] = MappingProxyType({})


def answer(parts: Parts, question: Question) -> Matrix:
    """Count everything."""
    held = list(parts)
    blocks = [block for block, _dead in held]
    rows, cols = Axis(question, question.rows, blocks), Axis(question, question.cols, blocks)
    kinds = len(ids("money-kind"))
    cells = Counts(rows.size * cols.size, kinds)
    by_row, by_col, total = (Counts(size, kinds) for size in (rows.size, cols.size, 1))
    for block, dead in held:
        mask = chosen(block, question, dead)
        facts = facts_of(block, question, mask)
        if not facts.some.size:
            continue
        count_whole(total, facts)
        for axis, counts in ((rows, by_row), (cols, by_col)):
            if axis.plain:
                count_side(counts, axis.name, facts)
            else:
                count(counts, axis.side(block), facts)
        count_cells(cells, rows, cols, facts)
        spend(block, question, mask, (rows, cols), (cells, by_row, by_col, total))
    return told(question, rows, cols, (cells, by_row, by_col, total))


def count_cells(into: Counts, rows: Axis, cols: Axis, facts: Facts) -> None:
    """Count the chosen spells of a block in the cells."""
    if rows.plain and cols.plain and (rows.name, cols.name) == USUAL:
        count_side(into, "cells", facts)
    else:
        count_product(into, rows.side(facts.block), cols.side(facts.block), cols.size, facts)


def told(question: Question, rows: Axis, cols: Axis, counts: tuple[Counts, Counts, Counts, Counts]) -> Matrix:
    """The counts as plain values; those of the cells are worked out when the first of them is read."""
    cells, by_row, by_col, total = counts
    left, right = tallies(by_row, question), tallies(by_col, question)
    row_ids = {one: rows.id_of(one) for one in rows.order(left)}
    col_ids = {one: cols.id_of(one) for one in cols.order(right)}
    return Matrix(
        question=question,
        rows=list(row_ids.values()),
        cols=list(col_ids.values()),
        by_row={name: left[one] for one, name in row_ids.items()},
        by_col={name: right[one] for one, name in col_ids.items()},
        total=tallies(total, question).get(0, Tally()),
        made=partial(told_cells, Held(cells), question, row_ids, col_ids, cols.size),
    )


class Held:
    """The counts of the keys under which anything was counted; nothing is kept of the others."""

    def __init__(self, counts: Counts) -> None:
        self.keys = np.flatnonzero(counts.lanes.any(axis=1))
        self.lanes, self.rank = counts.lanes[self.keys], counts.rank[self.keys]
        self.confirmed, self.usd = counts.confirmed[self.keys], counts.usd[self.keys]
        self.unconverted = counts.unconverted[self.keys]


def told_cells(
    held: Held, question: Question, rows: dict[int, str], cols: dict[int, str], width: int
) -> dict[tuple[str, str], Tally]:
    """Every cell that holds anything, by its row and its column."""
    places = zip((held.keys // width).tolist(), (held.keys % width).tolist(), strict=True)
    return {(rows[row], cols[col]): one for (row, col), one in zip(places, tallies_of(held, question), strict=True)}


def tallies(counts: Counts, question: Question) -> dict[int, Tally]:
    """What stands under each key that anything was counted under."""
    held = Held(counts)
    return dict(zip(held.keys.tolist(), tallies_of(held, question), strict=True))


def tallies_of(held: Held, question: Question) -> list[Tally]:
    """The counts of each key as plain values, in the order of the keys."""
    said = held.lanes.T
    states = states_of(said[NEEDS], said[PLANS] + said[GOES], said[ENDS], said[RECENT], question)
    columns = [said[one].tolist() for one in (NEEDS, PLANS, GOES, DONE, ENDS, RECENT)]
    ranks, days = held.rank.tolist(), held.confirmed.tolist()
    rank_of = {one: named_rank(one) for one in set(ranks)}
    day_of = {one: date.fromordinal(one) if one else None for one in set(days)}
    columns += [[rank_of[one][0] for one in ranks], [rank_of[one][1] for one in ranks], [day_of[one] for one in days]]
    # Without a loop of our own: a matrix has thousands of cells.
    return list(map(Tally, *columns, sums_of(held.usd), held.unconverted.tolist(), states))


def sums_of(usd: Numbers) -> list[Mapping[str, int]]:
    """The cents of each key by kind of money."""
    kinds = ids("money-kind")
    found: list[Mapping[str, int]] = [NO_MONEY] * len(usd)
    some = np.flatnonzero(usd.any(axis=1))
    for at, row in zip(some.tolist(), usd[some].tolist(), strict=True):
        found[at] = {kind: cents for kind, cents in zip(kinds, row, strict=True) if cents}
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
    codes = (flags * (most + 1) + np.minimum(active, most)).tolist()
    named = {}
    for code in set(codes):
        flag, some = divmod(code, most + 1)
        named[code] = state_of(flag >> 2, some, some if flag & 2 else 0, flag & 1, question.thresholds)
    return [named[code] for code in codes]
