"""All initiatives side by side in arrays. Which ones come near another is read from lists by country and theme."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kapok.insight.overlaps.bits import Terms
from kapok.insight.overlaps.facts import Facts, above

# An initiative in more countries than this stands in a list of its own instead of in the list of each country.
WIDE = 40
# An end that nobody gave is believed to come after three years.
LENGTH = 3 * 365
NEVER = 1 << 30
Rows = NDArray[np.int64]


@dataclass(slots=True)
class Sought:
    """What is asked about, as bits: the shape in which rows are compared with it."""

    facts: Facts
    row: dict[str, Any]
    starts: int
    ends: int


class Shelf:
    """The initiatives that can be compared, each in one row of several arrays."""

    WIDTHS = {"countries": 8, "own": 4, "up": 4, "methods": 1, "audience": 1}

    def __init__(self, wider: Callable[[str], Iterable[str]] = above) -> None:
        self.wider = wider
        themes = Terms(4)
        self.terms = {"countries": Terms(8), "own": themes, "up": themes, "methods": Terms(1), "audience": Terms(1)}
        self.size = 0
        self.arrays: dict[str, Any] = {}
        self.grow(256)
        self.rows: dict[int, int] = {}
        self.keys: list[int] = []
        self.titles: list[tuple[str, ...]] = []
        self.bodies: list[tuple[str, ...]] = []
        self.names: list[tuple[str, ...]] = []
        self.places: dict[tuple[int, int], array[int]] = defaultdict(lambda: array("q"))
        self.of_body: dict[str, array[int]] = defaultdict(lambda: array("q"))
        self.of_name: dict[str, array[int]] = defaultdict(lambda: array("q"))
        self.wide = array("q")

    def grow(self, room: int) -> None:
        """Make room for more rows."""
        shapes: dict[str, Any] = {name: ((room, width), np.uint64) for name, width in self.WIDTHS.items()}
        shapes |= {"starts": ((room,), np.int64), "ends": ((room,), np.int64), "alive": ((room,), np.bool_)}
        for name, (shape, kind) in shapes.items():
            fresh = np.zeros(shape, dtype=kind)
            if name in self.arrays:
                fresh[: self.size] = self.arrays[name][: self.size]
            self.arrays[name] = fresh

    def seek(self, facts: Facts) -> Sought:
        """The facts as bits."""
        up = [*facts.themes, *(wider for one in facts.themes for wider in self.wider(one))]
        sets = {
            "countries": facts.countries,
            "own": facts.themes,
            "up": up,
            "methods": facts.methods,
            "audience": facts.audience,
        }
        row = {name: self.terms[name].bits(terms) for name, terms in sets.items()}
        return Sought(facts, row, *days(facts))

    def put(self, facts: Facts) -> None:
        """Place an initiative, or put it right where it stands already."""
        sought = self.seek(facts)
        at = self.rows.get(facts.key)
        if at is None:
            at = self.rows[facts.key] = self.size
            if at >= len(self.arrays["alive"]):
                self.grow(2 * at)
            self.size += 1
            self.keys.append(facts.key)
            for kept in (self.titles, self.bodies, self.names):
                kept.append(())
        self.titles[at], self.bodies[at], self.names[at] = facts.titles, facts.bodies, facts.names
        for name, bits in sought.row.items():
            self.arrays[name][at] = bits
        self.arrays["starts"][at], self.arrays["ends"][at] = sought.starts, sought.ends
        self.arrays["alive"][at] = True
        self.file(at, facts)

    def file(self, at: int, facts: Facts) -> None:
        """Enter a row into the lists by which it is found. What it no longer holds is noticed when it is compared."""
        for body in facts.bodies:
            self.of_body[body].append(at)
        for name in facts.names:
            self.of_name[name].append(at)
        if len(facts.countries) > WIDE:
            self.wide.append(at)
            return
        for place in self.keys_of(facts):
            self.places[place].append(at)

    def keys_of(self, facts: Facts) -> Iterable[tuple[int, int]]:
        """Each country with each of the widest themes."""
        tops = {([one, *self.wider(one)])[-1] for one in facts.themes}
        countries, themes = self.terms["countries"], self.terms["own"]
        return [(countries.place(country), themes.place(top)) for country in facts.countries for top in tops]

    def drop(self, key: int) -> None:
        """Take an initiative away."""
        if key in self.rows:
            self.arrays["alive"][self.rows[key]] = False

    def candidates(self, sought: Sought) -> Rows:
        """The rows that may come near by place and theme: no others are looked at."""
        facts = sought.facts
        if len(facts.countries) > WIDE:
            return np.flatnonzero(self.arrays["alive"][: self.size])
        lists = [self.places[place] for place in self.keys_of(facts) if place in self.places]
        return np.flatnonzero(self.marked([*lists, self.wide]) & self.arrays["alive"][: self.size])

    def sharing(self, lists: dict[str, "array[int]"], ids: Iterable[str], rows: Rows) -> NDArray[np.bool_]:
        """Which of some rows stand in the list of one of these bodies or names."""
        found: NDArray[np.bool_] = self.marked([lists[one] for one in ids if one in lists])[rows]
        return found

    def marked(self, lists: Iterable["array[int]"]) -> NDArray[np.bool_]:
        """All rows, with those marked that stand in one of the lists."""
        marks = np.zeros(self.size, dtype=np.bool_)
        for one in lists:
            marks[np.frombuffer(one, dtype=np.int64)] = True
        return marks


def days(facts: Facts) -> tuple[int, int]:
    """First and last day as numbers; a span that nobody gave meets no other."""
    if facts.starts is None:
        return NEVER, -NEVER
    last: date | None = facts.ends
    return facts.starts.toordinal(), last.toordinal() if last else facts.starts.toordinal() + LENGTH
