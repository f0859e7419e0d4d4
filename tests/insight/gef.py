"""The labelled sample: projects of the GEF as facts that can be compared, and pairs of them with a label each.

The titles, countries, agencies and years are those of the public list of projects. The subjects are ours: what a person
who registers the project would choose from a list. How long a project lasts is not in the list, so its usual length is
taken. The labels were written before the rules were tuned, and every third pair was kept apart for judging them.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kapok.insight.overlaps.facts import WORLD, Facts

DATA = Path(__file__).parent / "data"
MONTHS = {"Enabling Activity": 24, "Medium-size Project": 36, "Full-size Project": 60, "PFD": 72}
UNTOLD = {"Global", "Regional", ""}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two projects and whether one who leads either would want to be told of the other."""

    first: int
    second: int
    overlap: bool
    kind: str
    part: str
    why: str


def pairs() -> list[Pair]:
    """The labelled pairs."""
    return [
        Pair(int(row["first"]), int(row["second"]), row["overlap"] == "yes", row["kind"], row["part"], row["why"])
        for row in rows(DATA / "overlap-pairs.csv")
    ]


def projects() -> dict[int, Facts]:
    """The projects of the sample, on their finer subjects."""
    return {int(row["id"]): facts(row, "subjects") for row in rows(DATA / "overlap-projects.csv")}


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


def facts(row: dict[str, str], themes: str) -> Facts:
    """One project; where no year is told, it has no days."""
    year = int(row["year"]) if row["year"] else 0
    months = MONTHS.get(row["type"], 36)
    countries = tuple(one for one in parts(row["countries"]) if one not in UNTOLD)
    return Facts(
        key=int(row["id"]),
        countries=countries or ((WORLD,) if "Global" in parts(row["countries"]) else ()),
        themes=tuple(parts(row[themes])),
        starts=date(year, 1, 1) if year else None,
        ends=date(year + months // 12 - 1, 12, 31) if year else None,
        bodies=tuple(parts(row["agencies"])),
        titles=(row["title"],),
    )


def parts(cell: str) -> list[str]:
    """What a cell holds, between semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]
