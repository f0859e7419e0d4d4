"""Shares that make exactly one, whatever the percentages of a source add up to."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal, InvalidOperation

from django.utils.translation import gettext_noop

from kapok.exchange.importing.said import Notes

ADJUSTED = gettext_noop("The shares made %(total)s %%; they were adjusted to make 100 %%.")
PARTLY = gettext_noop("Only some of the shares were given; all were taken as equal.")
STEP = Decimal("0.000001")
NEAR = Decimal("0.5")


def whole(given: Sequence[tuple[str, str]], notes: Notes, path: str) -> list[dict[str, str]]:
    """Terms with shares from terms with percentages; the same term twice is counted together."""
    sums: dict[str, Decimal | None] = {}
    for term, percentage in given:
        said = decimal(percentage)
        before = sums.get(term)
        sums[term] = said if before is None else before + (said or 0)
    known = [said for said in sums.values() if said is not None]
    if not known or len(sums) == 1:
        return [{"id": term} for term in sums]
    if len(known) < len(sums) or sum(known) <= 0:
        notes.remark(PARTLY, path)
        return [{"id": term} for term in sums]
    total = sum(known, Decimal(0))
    if abs(total - 100) > NEAR:
        notes.remark(ADJUSTED, path, total=f"{total.normalize():f}")
    kept = {term: said for term, said in sums.items() if said}
    return [{"id": term, "share": f"{share.normalize():f}"} for term, share in exact(kept, total).items()]


def exact(given: dict[str, Decimal], total: Decimal) -> dict[str, Decimal]:
    """Each as a part of one, rounded down; what is left goes to those that lost most."""
    parts = {term: (said / total).quantize(STEP, ROUND_DOWN) for term, said in given.items()}
    left = int((1 - sum(parts.values(), Decimal(0))) / STEP)
    losers = sorted(given, key=lambda term: parts[term] - given[term] / total)
    for term in losers[:left]:
        parts[term] += STEP
    return parts


def decimal(text: str) -> Decimal | None:
    """A percentage, or None where none is written."""
    try:
        value = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() and value >= 0 else None
