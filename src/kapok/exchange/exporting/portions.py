"""Shares as percentages that make exactly 100, whatever they are divided by."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_DOWN, Decimal

from kapok.formats.kinds import term_id
from kapok.records.formats.common import expand

HUNDRED, STEP = Decimal(100), Decimal("0.01")


def percentages(items: Iterable[Mapping[str, str]]) -> dict[str, Decimal]:
    """Each term with its percentage; equal ones where no shares are given."""
    return rounded(divided(items, lambda one: [one]))


def of_countries(items: Iterable[Mapping[str, str]], as_of: date | None) -> dict[str, Decimal]:
    """Each country with its percentage; groups are divided equally among their members on that day."""
    return rounded(divided(items, lambda one: expand([one], as_of)))


def divided(items: Iterable[Mapping[str, str]], members: Callable[[str], list[str]]) -> dict[str, Decimal]:
    """The part of each member of each term."""
    given = list(items)
    parts: dict[str, Decimal] = {}
    for item in given:
        share = Decimal(item["share"]) if item.get("share") else Decimal(1) / len(given)
        within = members(term_id(item["id"]))
        for member in within:
            parts[member] = parts.get(member, Decimal(0)) + share / len(within)
    return parts


def rounded(parts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Parts of one as percentages of two decimals; what rounding leaves over goes to the largest remainders."""
    total = sum(parts.values())
    if not total:
        return {}
    exact = {one: HUNDRED * part / total for one, part in parts.items()}
    down = {one: value.quantize(STEP, ROUND_DOWN) for one, value in exact.items()}
    left = int((HUNDRED - sum(down.values())) / STEP)
    most = sorted(exact, key=lambda one: (down[one] - exact[one], one))
    for one in most[:left]:
        down[one] += STEP
    return down
