"""Percentages in whole numbers: half a percent goes up, and no binary fraction takes part."""


def percent(part: int, whole: int) -> int | None:
    """The share as a whole percentage, half up; nothing where there is nobody to take a share of."""
    return None if whole <= 0 else (200 * part + whole) // (2 * whole)


def tenths(part: int, whole: int) -> str | None:
    """The share with one decimal, half up, as it is printed: "4.3"."""
    if whole <= 0:
        return None
    rounded = (2000 * part + whole) // (2 * whole)
    return f"{rounded // 10}.{rounded % 10}"
