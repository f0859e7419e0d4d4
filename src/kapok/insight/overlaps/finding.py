"""Which initiatives come near another, of which kind that is, and why. The rules stand in docs/use/overlaps.md."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, utils

from kapok.insight.overlaps.bits import common, count
from kapok.insight.overlaps.shelf import LENGTH, NEVER, Shelf, Sought

DUPLICATE, CONTINUES, COOPERATE = "duplicate", "continues", "cooperate"
# Of the smaller of two lists of countries, one in so many must be shared: two programmes that meet in one
# country of twenty have little to say to each other.
PART = 2
# How long after the end of the first the next one may begin, in days: a round of funding may lie between, and
# ends slip. It may also begin before that end, once the first has spent this part of its time.
PAUSE, SPENT = 6 * 366, 0.6
# A second one of the same undertaking begins within so many days of the first.
AT_ONCE = 400
ALIKE = 80
LOOKED_AT = 60
MOST = 12
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Found:
    """One initiative that comes near: its kind, the number of reasons, how alike the titles are, and what is shared."""

    key: int
    kind: str
    reasons: int
    alike: int
    shared: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Compared:
    """Rows beside the one sought: what each shares with it."""

    rows: NDArray[np.int64]
    place: Mask
    theme: Mask
    time: Mask
    follows: Mask
    method: Mask
    audience: Mask
    body: Mask
    name: Mask
    # One of the two has no days, but a body is shared: nothing says that they are apart.
    undated: Mask
    # Nobody told the methods of one of the two: then nothing speaks against them.
    untold: Mask

    @property
    def near(self) -> Mask:
        """Country, theme and time are shared; beyond these a method, an audience or a body, where methods are told."""
        besides = self.method | self.audience | self.body | self.untold
        return (self.place & self.theme & (self.time | self.follows | self.undated) & besides) | self.name

    @property
    def reasons(self) -> NDArray[np.int64]:
        """How many reasons speak for each row."""
        parts = (self.place, self.theme, self.time | self.follows, self.method, self.audience, self.body, self.name)
        found: NDArray[np.int64] = np.sum([part.astype(np.int64) for part in parts], axis=0)
        return found


def compare(shelf: Shelf, sought: Sought) -> Compared:
    """Look at all candidates at once: first at what most of them fail, then at the rest of the few that are left."""
    named = shelf.marked([shelf.of_name[one] for one in sought.facts.names if one in shelf.of_name])
    own = shelf.rows.get(sought.facts.key, -1)
    rows = shelf.candidates(sought)
    held, mine = shelf.arrays, sought.row
    rows = rows[meets(held["starts"][rows], held["ends"][rows], sought)]
    rows = rows[by_theme(held["own"][rows], held["up"][rows], mine)]
    rows = rows[by_place(held["countries"][rows], mine["countries"])]
    rows = np.union1d(rows, np.flatnonzero(named & held["alive"][: shelf.size]))
    rows = rows[rows != own]
    return beside(shelf, sought, rows, named[rows])


def beside(shelf: Shelf, sought: Sought, rows: NDArray[np.int64], named: Mask) -> Compared:
    """Some rows in every respect."""
    held, mine = {name: shelf.arrays[name][rows] for name in (*Shelf.WIDTHS, "starts", "ends")}, sought.row
    body = shelf.sharing(shelf.of_body, sought.facts.bodies, rows)
    return Compared(
        rows=rows,
        place=by_place(held["countries"], mine["countries"]),
        theme=by_theme(held["own"], held["up"], mine),
        time=(held["starts"] <= sought.ends) & (held["ends"] >= sought.starts),
        follows=following(held["starts"], held["ends"], sought) & body,
        method=common(held["methods"], mine["methods"]),
        audience=common(held["audience"], mine["audience"]),
        body=body,
        name=named,
        undated=undated(held["starts"], sought) & body,
        untold=~held["methods"].any(axis=-1) | (not mine["methods"].any()),
    )


def meets(starts: Any, ends: Any, sought: Sought) -> Mask:
    """At the same time, or one some time after the other; without days nobody can tell."""
    return np.asarray(((starts <= sought.ends + PAUSE) & (ends >= sought.starts - PAUSE)) | undated(starts, sought))


def undated(starts: Any, sought: Sought) -> Mask:
    """One of the two has no days."""
    return np.asarray((starts >= NEVER) | (sought.starts >= NEVER))


def by_place(rows: Any, row: Any) -> Mask:
    """A country is shared, and enough of them."""
    shared = count(rows & row)
    smaller = np.minimum(count(rows), int(count(row)))
    return np.asarray((shared > 0) & (shared * PART >= smaller))


def by_theme(own: Any, up: Any, mine: dict[str, Any]) -> Mask:
    """A theme of one is a theme of the other, or lies below it."""
    return np.asarray(common(own, mine["up"]) | common(up, mine["own"]))


def following(starts: Any, ends: Any, sought: Sought) -> Mask:
    """One takes over from the other: it begins late in the time of the first, or after it, and ends later."""
    known = (starts < NEVER) & (sought.starts < NEVER)
    after = takes_over(sought.starts, sought.ends, starts, ends)
    before = takes_over(starts, ends, sought.starts, sought.ends)
    return np.asarray(known & (after | before))


def takes_over(starts: Any, ends: Any, first_starts: Any, first_ends: Any) -> Any:
    """Does the later one begin when the first has spent most of its time, and not too long after its end?"""
    late = starts >= first_starts + SPENT * (first_ends - first_starts)
    return late & (starts <= first_ends + PAUSE) & (ends > first_ends)


def near(shelf: Shelf, sought: Sought, most: int = MOST) -> tuple[list[Found], set[int]]:
    """The nearest initiatives, most reasons first, then the titles most alike; and the keys of all that come near."""
    compared = compare(shelf, sought)
    held = np.flatnonzero(compared.near)
    keys = {shelf.keys[row] for row in compared.rows[held].tolist()}
    reasons, late = compared.reasons, shelf.arrays["starts"][compared.rows[held]]
    first = held[np.lexsort((-late, -reasons[held]))][:LOOKED_AT]
    judged = [judge(shelf, sought, compared, at, int(reasons[at])) for at in first.tolist()]
    judged.sort(key=lambda one: (one.kind != DUPLICATE, -one.reasons, -one.alike, -one.key))
    # What is shared is named only for those that are shown.
    return [replace(one, shared=what(shelf, sought, shelf.rows[one.key])) for one in judged[:most]], keys


def judge(shelf: Shelf, sought: Sought, compared: Compared, at: int, reasons: int) -> Found:
    """One row: how alike the titles are, and of which kind it is."""
    row = int(compared.rows[at])
    alike = likeness(sought.facts.titles, shelf.titles[row])
    same = alike >= ALIKE and is_same(shelf, sought, row, bool(compared.body[at]))
    kind = DUPLICATE if compared.name[at] or same else CONTINUES if compared.follows[at] else COOPERATE
    return Found(shelf.keys[row], kind, reasons, alike)


def is_same(shelf: Shelf, sought: Sought, row: int, body: bool) -> bool:
    """The same themes and a body, the countries of one among those of the other, begun at about the same time."""
    starts = int(shelf.arrays["starts"][row])
    begun = abs(starts - sought.starts) <= AT_ONCE or NEVER in (starts, sought.starts)
    held, mine = shelf.arrays["countries"][row], sought.row["countries"]
    within = int(count(held & mine)) == min(int(count(held)), int(count(mine)))
    return begun and body and within and bool((shelf.arrays["own"][row] == sought.row["own"]).all())


def likeness(these: tuple[str, ...], those: tuple[str, ...]) -> int:
    """How alike the nearest two titles are, of a hundred."""
    pairs = ((one, other) for one in these for other in those)
    return round(max((fuzz.token_sort_ratio(a, b, processor=utils.default_process) for a, b in pairs), default=0))


def what(shelf: Shelf, sought: Sought, row: int) -> dict[str, Any]:
    """What the two share, by name."""

    def both(name: str) -> list[str]:
        return shelf.terms[name].named(shelf.arrays[name][row] & sought.row[name])

    facts = sought.facts
    starts, ends = int(shelf.arrays["starts"][row]), int(shelf.arrays["ends"][row])
    low, high = max(starts, sought.starts), min(ends, sought.ends)
    return {
        "countries": both("countries"),
        # The finest that both can be put under.
        "themes": both("own") or sorted({*both_ways(shelf, sought, row)}),
        "methods": both("methods"),
        "audience": both("audience"),
        "bodies": [one for one in facts.bodies if one in shelf.bodies[row]],
        "names": [one for one in facts.names if one in shelf.names[row]],
        "span": [low, high] if low <= high else [],
    }


def both_ways(shelf: Shelf, sought: Sought, row: int) -> list[str]:
    """The wider theme of one that is the theme of the other."""
    terms, held, mine = shelf.terms["own"], shelf.arrays, sought.row
    return [*terms.named(held["own"][row] & mine["up"]), *terms.named(held["up"][row] & mine["own"])]


__all__ = ["CONTINUES", "COOPERATE", "DUPLICATE", "LENGTH", "Compared", "Found", "compare", "likeness", "near"]
