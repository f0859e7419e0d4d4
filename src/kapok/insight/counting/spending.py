"""The money of a matrix: which parts of budget lines fall to its cells, rows, columns and the whole."""

import numpy as np

from kapok.insight.counting.axes import Axis
from kapok.insight.counting.blocks import KINDS, Block, Numbers
from kapok.insight.counting.dimensions import places
from kapok.insight.counting.figures import Counts
from kapok.insight.counting.money import Lines, allowed, codes, region_table, width, within_lines
from kapok.insight.counting.questions import Question
from kapok.insight.counting.turned import pieces

# Money is split by no other sides than these; those of places and themes are told by the cell of a part.
OF_CELLS = ("country", "region", "theme")
OF_LINES = ("funder", "year")


def spend(block: Block, question: Question, mask: Numbers, axes: tuple[Axis, Axis], into: tuple[Counts, ...]) -> None:
    """Add up the money of the chosen spells."""
    if not len(block["money.keys"]):
        return
    cells, by_row, by_col, total = into
    rows, cols = axes
    sums = sums_of(block, question, mask)
    some = np.flatnonzero(sums)
    keys, sums = block["money.keys"][some], sums[some]
    add_sums(total, np.zeros(keys.size, np.int64), keys, sums)
    row, col = (cell_keys(axis, keys) for axis in axes)
    for counts, found in ((by_row, row), (by_col, col)):
        if found is not None:
            add_sums(counts, found, keys, sums)
    if row is not None and col is not None:
        add_sums(cells, np.where((row >= 0) & (col >= 0), row * cols.size + col, -1), keys, sums)
    if rows.name in OF_LINES or cols.name in OF_LINES:
        spend_lines(block, question, mask, axes, into)


def sums_of(block: Block, question: Question, mask: Numbers) -> Numbers:
    """For each cell, kind and knowledge of a rate the cents of the chosen spells, or how many parts have no rate."""
    kept = within_lines(block, question)
    begins, spells, usd = block["money.from"], block["money.spell"], block["money.usd"]
    sums = np.zeros(len(begins), np.int64)
    for some, stretch in pieces(begins, len(spells)):
        counted = mask[spells[stretch]]
        if kept is not None:
            counted &= kept[stretch]
        sums[some] = np.add.reduceat(usd[stretch] * counted, begins[some] - stretch.start)
    keys = block["money.keys"] // 2
    for name, numbers in allowed(question).items():
        column = {"country": keys // KINDS // width(), "theme": keys // KINDS % width(), "kind": keys % KINDS}.get(name)
        if column is not None:
            sums[~np.isin(column, numbers)] = 0
    return sums


def cell_keys(axis: Axis, keys: Numbers) -> Numbers | None:
    """The keys of an axis for the cells of money; none for an axis that does not go by cells."""
    if axis.name not in OF_CELLS:
        return None
    cell = keys.astype(np.int64) // (2 * KINDS)
    if axis.name == "theme":
        return axis.key_of(cell % width())
    country = cell // width()
    return axis.key_of(regions()[country] if axis.name == "region" else country)


def regions() -> Numbers:
    """The number of the region of each country."""
    return np.array([places("region").get(one, len(places("region"))) for one in region_table()])


def add_sums(into: Counts, at: Numbers, keys: Numbers, sums: Numbers) -> None:
    """Add sums of cents, and counts of what could not be converted, to some places."""
    known = (keys % 2 == 1) & (at >= 0)
    kinds = into.usd.shape[1]
    # One flat index: numpy adds at pairs of indices thirty times slower.
    np.add.at(into.usd.reshape(-1), at[known] * kinds + keys[known] // 2 % KINDS, sums[known])
    unknown = (keys % 2 == 0) & (at >= 0)
    np.add.at(into.unconverted, at[unknown], sums[unknown])


def spend_lines(
    block: Block, question: Question, mask: Numbers, axes: tuple[Axis, Axis], into: tuple[Counts, ...]
) -> None:
    """Add up part by part, for a side that is told by the line: who pays, and in which year."""
    cells, by_row, by_col, _total = into
    rows, cols = axes
    kept = within_lines(block, question, also_cells=True)
    some = np.flatnonzero(mask[block["money.spell"]] & (True if kept is None else kept))
    row, col = line_keys(rows, block, some), line_keys(cols, block, some)
    for axis, counts, keys in ((rows, by_row, row), (cols, by_col, col)):
        if axis.name in OF_LINES and keys is not None:
            add_parts(counts, keys, block, some)
    if row is not None and col is not None:
        add_parts(cells, np.where((row >= 0) & (col >= 0), row * cols.size + col, -1), block, some)


def line_keys(axis: Axis, block: Block, some: Numbers) -> Numbers | None:
    """The keys of parts of budget lines on one side."""
    if axis.name not in OF_CELLS + OF_LINES:
        return None
    numbers = codes(Lines(block, some, block["money.usd"]), axis.name)
    return axis.key_of(regions()[numbers] if axis.name == "region" else numbers)


def add_parts(into: Counts, keys: Numbers, block: Block, some: Numbers) -> None:
    """Add up cents, exactly, and count what could not be converted."""
    known = block["money.known"][some]
    shown = known & (keys >= 0)
    at = keys[shown] * into.usd.shape[1] + block["money.kind"][some[shown]]
    np.add.at(into.usd.reshape(-1), at, block["money.usd"][some[shown]])
    into.unconverted += np.bincount(keys[~known & (keys >= 0)], minlength=into.unconverted.size)
