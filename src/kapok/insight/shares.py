"""Splitting a whole into parts that add up to it exactly: shares to the billionth, money to the cent."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any


def split(whole: int, weights: Sequence[Fraction | int]) -> list[int]:
    """Whole numbers near `whole × weight` that sum to `whole`: what is left goes to the largest remainders.

    Equal remainders are served in the order given, so that the same question always has the same answer.
    """
    # Over one denominator weights are whole numbers, and so is everything below.
    common = lcm(*(weight.denominator for weight in weights))
    whole_weights = [weight.numerator * (common // weight.denominator) for weight in weights]
    total = sum(whole_weights)
    if total <= 0:
        raise ValueError("There is nothing to split by.")
    divided = [divmod(weight * whole, total) for weight in whole_weights]
    parts = [one for one, _left in divided]
    order = sorted(range(len(divided)), key=lambda at: (-divided[at][1], at))
    for at in order[: whole - sum(parts)]:
        parts[at] += 1
    return parts


def weights_of(items: Iterable[Mapping[str, Any]]) -> dict[str, Fraction]:
    """Terms with their weights: the given shares, or equal ones."""
    listed = list(items)
    given = all("share" in item for item in listed)
    found: dict[str, Fraction] = {}
    for item in listed:
        one = str(item["id"]).partition(":")[0]
        weight = Fraction(Decimal(item["share"])) if given else Fraction(1)
        found[one] = found.get(one, Fraction(0)) + weight
    return found


def cross(rows: Mapping[str, Fraction], columns: Mapping[str, Fraction]) -> dict[tuple[str, str], Fraction]:
    """The weight of each pair; an empty side is one nameless whole."""
    return {
        (row, column): one * other
        for row, one in (rows or {"": Fraction(1)}).items()
        for column, other in (columns or {"": Fraction(1)}).items()
    }
