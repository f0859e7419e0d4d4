"""By what a matrix can be told: countries, themes, years, and what each is called in columns of numbers."""

from dataclasses import dataclass
from functools import cache

from kapok import vocab

NOWHERE = "none"
# The sides of a matrix, and the facet of the search page that each of them is.
ROWS = ("country", "region", "group", "organisation", "funder")
COLUMNS = ("theme", "method", "audience", "level", "year")
ALL = ROWS + COLUMNS
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Dimension:
    """The values of one side. Those of a fixed list have its places as numbers; the last number is for none."""

    name: str
    ids: tuple[str, ...]

    @property
    def is_fixed(self) -> bool:
        """Is it a list of terms, rather than records or years?"""
        return bool(self.ids)

    @property
    def nothing(self) -> int:
        """The number of a record that names none."""
        return len(self.ids) if self.is_fixed else 0

    def number(self, one: str) -> int | None:
        """The number of a value; None when the side does not show it."""
        if self.is_fixed:
            return places(self.name).get(one)
        digits = one.rpartition("-")[2]
        return int(digits) if digits.isdigit() and int(digits) > 0 else None

    def id_of(self, number: int) -> str:
        """The value of a number."""
        if number == self.nothing:
            return NOWHERE
        if self.is_fixed:
            return self.ids[number]
        return str(number) if self.name == "year" else f"ORG-{number:06}"


@cache
def dimension(name: str) -> Dimension:
    """One side by its name."""
    return Dimension(name, tuple(values_of(name)))


def values_of(name: str) -> list[str]:
    """The values of a fixed side in their order; none for records and years."""
    regions = list(vocab.REGIONS.values())
    if name == "region":
        return regions
    if name == "group":
        return [term.id for term in vocab.vocabulary("group").terms if term.id not in regions]
    if name in {"organisation", "funder", "year"}:
        return []
    return [term.id for term in vocab.vocabulary(name).terms if not term.broader]


@cache
def places(name: str) -> dict[str, int]:
    """The number of each value of a fixed side."""
    return {one: at for at, one in enumerate(dimension(name).ids)}
