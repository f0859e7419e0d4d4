"""Adding up money: which budget lines count for a question, told by one side and by kind, to the cent."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import numpy as np

from kapok import vocab
from kapok.insight import rates
from kapok.insight.counting.blocks import Block, Numbers, ids
from kapok.insight.counting.dimensions import NOWHERE, dimension, places
from kapok.insight.counting.filtering import chosen
from kapok.insight.counting.questions import Question

Parts = Iterable[tuple[Block, Numbers | None]]
SIDES = ("year", "period", "funder", "source", "region", "country", "theme")


@dataclass(frozen=True, slots=True)
class Money:
    """Which money is meant, beyond the question: values of sides that must hold, and the prices of which year."""

    where: Mapping[str, str] = field(default_factory=dict)
    prices: int | None = None
    source_of: Mapping[int, str] = field(default_factory=dict)


class Lines(NamedTuple):
    """Parts of budget lines of a block that count: their places in its columns, and their cents."""

    block: Block
    places: Numbers
    cents: Numbers


@cache
def region_table() -> tuple[str, ...]:
    """The region of each country by its number."""
    return (*(vocab.region_of(country) for country in dimension("country").ids), NOWHERE)


def width() -> int:
    """How many numbers a theme may have."""
    return dimension("theme").nothing + 1


def codes(lines: Lines, side: str) -> Numbers:
    """The number of each part on a side, by which `value_of` finds its value again."""
    block, at = lines.block, lines.places
    if side in {"country", "region"}:
        return block["money.cell"][at].astype(np.int64) // width()
    if side == "theme":
        return block["money.cell"][at].astype(np.int64) % width()
    if side in {"funder", "source"}:
        return block["money.funder"][at].astype(np.int64)
    return block[f"money.{side}"][at].astype(np.int64)


def value_of(side: str, money: Money) -> Callable[[int], str]:
    """What a number on a side stands for."""
    kinds = ids("money-kind")
    named: dict[str, Callable[[int], str]] = {
        "region": lambda number: region_table()[number],
        "source": lambda number: money.source_of.get(number, NOWHERE),
        "period": lambda number: f"GEF-{number}" if number >= 0 else NOWHERE,
        "year": lambda number: str(number) if number else NOWHERE,
        "kind": lambda number: kinds[number],
    }
    return named.get(side) or dimension(side).id_of


def counted(parts: Parts, question: Question, money: Money) -> Iterator[Lines]:
    """The parts of lines that count, in USD; those without a rate of exchange are left out."""
    for block, dead in parts:
        mask = chosen(block, question, dead)
        some = np.flatnonzero(within(block, question) & block["money.known"] & mask[block["money.spell"]])
        lines = Lines(block, some, block["money.usd"][some])
        cents, known = at_prices(lines, money.prices)
        keep = fitting(lines, money) & known
        yield Lines(block, some[keep], cents[keep])


def fitting(lines: Lines, money: Money) -> Numbers:
    """Which parts have the values of sides that must hold."""
    keep = np.ones(lines.places.size, np.bool_)
    for side, value in money.where.items():
        numbers, back = np.unique(codes(lines, side), return_inverse=True)
        named = value_of(side, money)
        keep &= np.array([named(int(one)) == value for one in numbers], np.bool_)[back]
    return keep


def left_out(parts: Parts, question: Question, money: Money) -> dict[tuple[str, str], int]:
    """Cents by own currency and kind that are in no sum: without a rate, or of a year without a level of prices."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    kinds = ids("money-kind")
    for block, dead in parts:
        mask = chosen(block, question, dead)
        kept = within(block, question) & mask[block["money.spell"]]
        own = kept[block["own.part"]]
        lines = Lines(block, block["own.part"][own], block["own.cents"][own])
        fits = fitting(lines, money)
        named = block["own.currency"][own][fits].tolist()
        for currency, kind, cents in zip(
            named, block["money.kind"][lines.places[fits]].tolist(), lines.cents[fits].tolist(), strict=True
        ):
            found[currency.decode(), kinds[kind]] += cents
        if money.prices is not None:
            some = np.flatnonzero(kept & block["money.known"])
            lines = Lines(block, some, block["money.usd"][some])
            fits = fitting(lines, money) & ~at_prices(lines, money.prices)[1]
            for kind in np.unique(block["money.kind"][some[fits]]).tolist():
                found["USD", kinds[kind]] += int(lines.cents[fits & (block["money.kind"][some] == kind)].sum())
    return {key: cents for key, cents in found.items() if cents}


def at_prices(lines: Lines, base: int | None) -> tuple[Numbers, Numbers]:
    """The cents at the prices of a year, each part rounded by itself; and which parts have a known year."""
    if base is None:
        return lines.cents, np.ones(lines.places.size, np.bool_)
    years, back = np.unique(lines.block["money.year"][lines.places], return_inverse=True)
    index = rates.deflator()
    factors = [float(index[base] / index[year]) if year in index and base in index else 0.0 for year in years.tolist()]
    factor = np.array(factors, np.float64)[back]
    return np.rint(lines.cents * factor).astype(np.int64), factor > 0


def within(block: Block, question: Question) -> Numbers:
    """For each part of a line whether the filters of the question keep it: a part for Kenya is no part for Peru."""
    kept = within_lines(block, question, also_cells=True)
    return np.ones(len(block["money.cell"]), np.bool_) if kept is None else kept


def within_lines(block: Block, question: Question, also_cells: bool = False) -> Numbers | None:
    """The same by funder and year alone, or also by cell and kind; none when no filter concerns these."""
    kept: Numbers | None = None
    for name, numbers in allowed(question).items():
        if also_cells or name == "funder":
            held = holding(block, name, numbers)
            kept = held if kept is None else kept & held
    if question.years is not None:
        first, last = question.years
        held = (block["money.year"] >= first) & (block["money.year"] <= last)
        kept = held if kept is None else kept & held
    return kept


def holding(block: Block, name: str, numbers: list[int]) -> Numbers:
    """For each part of a line whether its number on a side is one of these."""
    if name in {"country", "theme"}:
        cells = np.arange((dimension("country").nothing + 1) * width())
        held = np.isin(cells // width() if name == "country" else cells % width(), numbers)
        return held[block["money.cell"]]
    return np.isin(block[f"money.{name}"], numbers)


def allowed(question: Question) -> dict[str, list[int]]:
    """The numbers that the filters of the question leave on each side of money."""
    found: dict[str, list[int]] = {}
    filters = question.filters
    countries = [set(filters["country"])] if filters.get("country") else []
    for name in ("region", "group"):
        if filters.get(name):
            known = [one for one in filters[name] if vocab.term("group", one)]
            countries.append({country for one in known for country in vocab.members(one, question.as_of)})
    if countries:
        both = set.intersection(*countries)
        found["country"] = [places("country")[one] for one in both if one in places("country")]
    if filters.get("theme"):
        tops = {[one, *vocab.ancestors("theme", one)][-1] for one in filters["theme"]}
        found["theme"] = [places("theme")[one] for one in tops if one in places("theme")]
    if filters.get("funder"):
        numbers = [dimension("funder").number(one) for one in filters["funder"]]
        found["funder"] = [number for number in numbers if number is not None]
    if filters.get("money-kind"):
        kinds = ids("money-kind")
        found["kind"] = [kinds.index(one) for one in filters["money-kind"] if one in kinds]
    return found


def summed(parts: Parts, question: Question, money: Money, *sides: str) -> dict[tuple[str, ...], int]:
    """Cents by the values of some sides, exactly."""
    found: dict[tuple[str, ...], int] = defaultdict(int)
    named = [value_of(side, money) for side in sides]
    for lines in counted(parts, question, money):
        if not lines.places.size:
            continue
        columns = np.stack([codes(lines, side) for side in sides])
        keys, back = np.unique(columns, axis=1, return_inverse=True)
        sums = np.zeros(keys.shape[1], np.int64)
        np.add.at(sums, back.reshape(-1), lines.cents)
        for numbers, cents in zip(keys.T.tolist(), sums.tolist(), strict=True):
            found[tuple(name(one) for name, one in zip(named, numbers, strict=True))] += cents
    return dict(found)


def by_record(parts: Parts, question: Question, money: Money) -> list[tuple[int, int]]:
    """Each record with its cents, the largest first: the rows behind a figure."""
    found: dict[int, int] = defaultdict(int)
    for lines in counted(parts, question, money):
        spells, back = np.unique(lines.block["money.spell"][lines.places], return_inverse=True)
        sums = np.zeros(spells.size, np.int64)
        np.add.at(sums, back, lines.cents)
        for number, cents in zip(lines.block["number"][spells].tolist(), sums.tolist(), strict=True):
            found[number] += cents
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))
