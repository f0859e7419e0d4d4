"""What a chart is given: points with a label, a figure and perhaps an address, in series."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Value = Decimal | int | float | None


@dataclass(frozen=True, slots=True)
class Point:
    """One figure: `value` None says that there is none, which is not zero; `url` opens what it counts."""

    key: str
    label: str
    value: Value
    url: str = ""
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Points that belong together: one bar colour, one line, one row."""

    key: str
    label: str
    points: Sequence[Point]


def keys_of(series: Sequence[Series]) -> dict[str, str]:
    """The keys that any of the series has, in their order, each with its label."""
    found: dict[str, str] = {}
    for one in series:
        for point in one.points:
            found.setdefault(point.key, point.label)
    return found


def by_key(series: Series) -> dict[str, Point]:
    """The points of a series by their keys."""
    return {point.key: point for point in series.points}
