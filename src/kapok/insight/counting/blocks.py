"""Columns of numbers over spells: what is asked often, laid out so that a million answer at once."""

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kapok import vocab
from kapok.insight.counting.dimensions import ALL, dimension
from kapok.insight.counting.turned import Turned, columns_of, turned
from kapok.records.search import number_of

# What a matrix counts. All other records can be listed as of a day, but fall into no cell.
COUNTED = ("initiative", "need")
OPEN_NEED = "open"
NEVER = np.iinfo(np.int32).max
UNRANKED, HORIZONS = 10_000, 8
KEY_LENGTH = 80
KINDS = 16  # more than there are kinds of money
SMALL = 16_384  # bytes of a column that is rather read than kept open
# The replenishment periods of the Global Environment Facility by their first full calendar year; the pilot is 0.
PERIODS = {0: 1991, 1: 1995, 2: 1999, 3: 2003, 4: 2007, 5: 2011, 6: 2015, 7: 2019, 8: 2023}
Numbers = NDArray[Any]


class Part(NamedTuple):
    """What of a budget line falls to one country and theme; `usd` is None where no rate is known."""

    country: str
    theme: str
    kind: str
    usd: int | None
    year: int | None
    funder: str
    cents: int
    currency: str


class Row(NamedTuple):
    """One spell as it is read from the table, with the parts of its money."""

    identifier: str
    format: str
    begins: datetime
    ends: datetime | None
    facts: Mapping[str, Any]
    money: list[Part]


@cache
def ids(vocabulary: str) -> tuple[str, ...]:
    """The terms of a list, whose places stand for them in a column."""
    return tuple(term.id for term in vocab.vocabulary(vocabulary).terms)


def period_of(said: int | None, year: int | None) -> int:
    """The GEF period of a budget line: the one its record names, else the one in force on the first day of its year."""
    if said is not None:
        return said
    known = [number for number, first in PERIODS.items() if year and first <= year]
    return max(known, default=-1)


class Block:
    """Some spells as columns. `columns` are arrays by name; lists within a spell stand as offsets and numbers."""

    def __init__(self, columns: Mapping[str, Numbers]) -> None:
        self.columns = columns
        self.size = len(columns["number"])
        # What was worked out of the columns for the day and the thresholds asked for last.
        self.noted: dict[str, tuple[Any, Numbers]] = {}

    def __getitem__(self, name: str) -> Numbers:
        return self.columns[name]

    def forward(self, name: str) -> tuple[Numbers, Numbers]:
        """For each spell its numbers on one side: offsets, and the numbers in one row."""
        return self.columns[f"{name}.at"], self.columns[f"{name}.ids"]

    def turned(self, name: str) -> Turned:
        """For each number on a side its spells, those confirmed last at the end; `cells` is country with theme."""
        return columns_of(self.columns, name)

    def turned_needs(self, name: str) -> Turned:
        """For each number on a side its open needs, those of the highest rank at the end."""
        return columns_of(self.columns, f"needs.{name}")

    def ranked(self) -> Numbers:
        """Rank and horizon of each spell as one number; the highest rank is the smallest."""
        return self.columns["rank"].astype(np.int32) * HORIZONS + self.columns["horizon"]

    def noting(self, name: str, key: object, made: Callable[[], Numbers]) -> Numbers:
        """What was worked out before by the same key, or is worked out now."""
        held = self.noted.get(name)
        if held is None or held[0] != key:
            held = self.noted[name] = key, made()
        return held[1]

    def holders(self, facet: str, value: str) -> Numbers:
        """The spells that hold a value of a facet."""
        keys, at = self.columns["holders.keys"], self.columns["holders.at"]
        key = f"{facet}|{value}".encode()[:KEY_LENGTH]
        place = int(np.searchsorted(keys, np.bytes_(key)))
        if place >= len(keys) or keys[place] != key:
            return self.columns["holders.ids"][:0]
        return self.columns["holders.ids"][at[place] : at[place + 1]]

    def numbered(self, numbers: Iterable[int]) -> Numbers:
        """For each spell whether its record is one of these, however many there are."""
        order = self.columns["number.order"]
        wanted = np.unique(np.fromiter(numbers, np.int64))
        edges = np.zeros(self.size + 1, np.int32)
        np.add.at(edges, np.searchsorted(self.columns["number"], wanted, "left", sorter=order), 1)
        np.add.at(edges, np.searchsorted(self.columns["number"], wanted, "right", sorter=order), -1)
        mask = np.zeros(self.size, np.bool_)
        mask[order[np.cumsum(edges[:-1]) > 0]] = True
        return mask

    def save(self, folder: Path) -> None:
        """Write each column into a file of its own."""
        for name, column in self.columns.items():
            np.save(folder / f"{name}.npy", column)

    @classmethod
    def load(cls, folder: Path) -> "Block":
        """Open the large columns without reading them; the system keeps in memory what is used of them.

        The many small ones are read: each open file counts against what a process may have open, often 1,024.
        """
        columns = {}
        for path in folder.glob("*.npy"):
            small = path.stat().st_size <= SMALL
            columns[path.stem] = np.load(path) if small else np.load(path, mmap_mode="r").view(np.ndarray)
        return cls(columns)


class Maker:
    """Gathers spells and makes a block of them."""

    def __init__(self) -> None:
        self.plain: dict[str, array[int]] = {name: array("q") for name in PLAIN}
        self.sides = {name: (array("q", [0]), array("i")) for name in ALL}
        self.cells = array("i")
        self.cells_at = array("q", [0])
        self.holders: dict[str, array[int]] = defaultdict(lambda: array("i"))
        self.money: dict[str, array[int]] = {name: array("q") for name in MONEY}
        self.own: list[tuple[int, int, str]] = []
        self.status = {one: at for at, one in enumerate(ids("status"))}
        self.horizon = {one: at for at, one in enumerate(ids("horizon"))}
        self.kinds = {one: at for at, one in enumerate(ids("money-kind"))}
        self.width = dimension("theme").nothing + 1

    def add(self, row: Row) -> None:
        """One more spell."""
        at = len(self.plain["number"])
        facets, days = row.facts["facets"], row.facts["days"]
        said = {
            "number": number_of(row.identifier),
            "need": row.format == "need",
            "support": row.format == "initiative",
            "begins": row.begins.astimezone(UTC).date().toordinal(),
            "ends": row.ends.astimezone(UTC).date().toordinal() if row.ends else NEVER,
            "status": self.status.get(next(iter(facets.get("status", ())), ""), len(self.status)),
            "starts": days.get("starts") or 0,
            "finishes": days.get("ends") or NEVER,
            "said": self.status.get(row.facts.get("said") or "", len(self.status)),
            "open": OPEN_NEED in facets.get("need-state", ()),
            "rank": row.facts.get("rank") or UNRANKED,
            "horizon": self.horizon.get(next(iter(facets.get("horizon", ())), ""), len(self.horizon)),
            "confirmed": row.facts.get("confirmed") or 0,
        }
        for name, value in said.items():
            self.plain[name].append(int(value))
        if row.format in COUNTED:
            numbers = {name: self.side(name, facets.get(name, ())) for name in ALL}
            for country in numbers["country"]:
                self.cells.extend(country * self.width + theme for theme in numbers["theme"])
        else:
            for offsets, held in self.sides.values():
                offsets.append(len(held))
        self.cells_at.append(len(self.cells))
        for facet, values in facets.items():
            for value in values:
                self.holders[f"{facet}|{value}"].append(at)
        self.spend(at, row)

    def side(self, name: str, values: Iterable[str]) -> list[int]:
        """The numbers of a spell on one side."""
        known = dimension(name)
        numbers = [number for one in values if (number := known.number(one)) is not None] or [known.nothing]
        offsets, row = self.sides[name]
        row.extend(numbers)
        offsets.append(len(row))
        return numbers

    def spend(self, at: int, row: Row) -> None:
        """The money of a spell, in rows of country, theme and kind."""
        countries, themes = dimension("country"), dimension("theme")
        for part in row.money:
            place, column = countries.number(part.country), themes.number(part.theme)
            if part.usd is None:
                self.own.append((len(self.money["money.spell"]), part.cents, part.currency))
            place = countries.nothing if place is None else place
            column = themes.nothing if column is None else column
            self.money["money.spell"].append(at)
            self.money["money.cell"].append(place * self.width + column)
            self.money["money.kind"].append(self.kinds.get(part.kind, 0))
            # A part without a rate stands as one, so that adding up the cents of such parts counts them.
            self.money["money.usd"].append(1 if part.usd is None else part.usd)
            self.money["money.known"].append(part.usd is not None)
            self.money["money.year"].append(part.year or 0)
            self.money["money.period"].append(period_of(row.facts.get("period"), part.year))
            self.money["money.funder"].append(dimension("funder").number(part.funder) or 0)

    def block(self) -> Block:
        """The columns."""
        columns: dict[str, Numbers] = {name: np.array(said, PLAIN[name]) for name, said in self.plain.items()}
        for name, (offsets, row) in self.sides.items():
            columns[f"{name}.at"] = np.array(offsets, np.int64)
            columns[f"{name}.ids"] = np.array(row, np.int32)
        columns["cells.at"] = np.array(self.cells_at, np.int64)
        columns["cells.ids"] = np.array(self.cells, np.uint16)
        keys = sorted(self.holders, key=lambda key: key.encode()[:KEY_LENGTH])
        columns["holders.keys"] = np.array([key.encode()[:KEY_LENGTH] for key in keys], f"S{KEY_LENGTH}")
        lengths = [len(self.holders[key]) for key in keys]
        columns["holders.at"] = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)
        joined = [np.array(self.holders[key], np.int32) for key in keys]
        columns["holders.ids"] = np.concatenate(joined) if joined else np.zeros(0, np.int32)
        return laid(columns, {name: np.array(said, MONEY[name]) for name, said in self.money.items()}, self.own)


def laid(columns: dict[str, Numbers], money: dict[str, Numbers], own: list[tuple[int, int, str]]) -> Block:
    """A block of the columns of its spells and of its money, with all that is laid beside for speed."""
    columns = columns | by_cell(money, own)
    columns["number.order"] = np.argsort(columns["number"], kind="stable").astype(np.int32)
    block = Block(columns)
    needs = block["need"] & block["open"]
    for name in (*ALL, "cells"):
        columns |= turned(name, *block.forward(name), block["confirmed"])
        columns |= turned(f"needs.{name}", *block.forward(name), -block.ranked(), needs)
    return block


def by_cell(money: dict[str, Numbers], own: list[tuple[int, int, str]]) -> dict[str, Numbers]:
    """The parts of budget lines by cell, kind and whether they have a rate; where each begins; those without one."""
    keys = (money["money.cell"].astype(np.int64) * KINDS + money["money.kind"]) * 2 + money["money.known"]
    order = np.argsort(keys, kind="stable")
    begins = np.flatnonzero(np.diff(keys[order], prepend=-1))
    now_at = np.empty(len(order), np.int64)
    now_at[order] = np.arange(len(order))
    columns = {name: column[order] for name, column in money.items()}
    return columns | {
        "money.keys": keys[order][begins].astype(np.int32),
        "money.from": begins,
        "own.part": now_at[np.array([at for at, _cents, _currency in own], np.int64)],
        "own.cents": np.array([cents for _at, cents, _currency in own], np.int64),
        "own.currency": np.array([currency.encode() for _at, _cents, currency in own], "S3"),
    }


PLAIN: dict[str, type[np.generic]] = {
    "number": np.int64,
    "need": np.bool_,
    "support": np.bool_,
    "begins": np.int32,
    "ends": np.int32,
    "status": np.uint8,
    "starts": np.int32,
    "finishes": np.int32,
    "said": np.uint8,
    "open": np.bool_,
    "rank": np.int16,
    "horizon": np.uint8,
    "confirmed": np.int32,
}
MONEY: dict[str, type[np.generic]] = {
    "money.spell": np.int32,
    "money.cell": np.uint16,
    "money.kind": np.uint8,
    "money.usd": np.int64,
    "money.known": np.bool_,
    "money.year": np.int16,
    "money.period": np.int16,
    "money.funder": np.int32,
}


def block_of(rows: Iterable[Row]) -> Block:
    """The columns of some spells."""
    maker = Maker()
    for row in rows:
        maker.add(row)
    return maker.block()


def manifest(folder: Path) -> dict[str, Any] | None:
    """What was written down beside saved columns."""
    try:
        said: dict[str, Any] = json.loads((folder / "kapok.json").read_text())
    except (FileNotFoundError, ValueError):
        return None
    return said
