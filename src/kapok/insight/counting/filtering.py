"""Which spells count for a question."""

from datetime import UTC, date, datetime, timedelta

import numpy as np

from kapok.insight.counting.blocks import Block, Numbers, ids
from kapok.insight.counting.questions import Question
from kapok.records.formats.initiative import OPEN_END_DAYS
from kapok.search.documents import EVERY

# What a cell counts of initiatives.
COUNTED = ("planned", "ongoing", "completed")
# What is not known of a day of the past is not asked of it.
ONLY_NOW = frozenset({"freshness"})


def chosen(block: Block, question: Question, dead: Numbers | None) -> Numbers:
    """For each spell whether it counts."""
    mask = np.ones(block.size, np.bool_)
    if dead is not None:
        mask &= ~dead
    if question.as_of is not None:
        mask &= held_on(block, question.as_of.toordinal(), question.earlier)
    for facet, values in question.filters.items():
        if not values or (question.as_of is not None and facet in ONLY_NOW):
            continue
        if facet == "status" and question.as_of is not None:
            mask &= holding_status(block, values, question.as_of)
        elif facet in EVERY:
            for value in values:
                mask &= holding(block, [(facet, value)])
        else:
            mask &= holding(block, [(facet, value) for value in values])
    if question.years is not None:
        first, last = question.years
        years = [("year", str(year)) for year in range(first, last + 1)]
        mask &= holding(block, [*years, ("lacks", "year")])
    if question.counted:
        mask &= counts(block, question.as_of)
    if question.found is not None:
        mask &= block.numbered(question.found)
    return mask


def held_on(block: Block, day: int, earlier: bool) -> Numbers:
    """For each spell whether it counts on a day of the past.

    From the register's first day on: what the public could read at the end of the day. Before it there was nothing to
    read, so that support is told by its own dates: what had begun by then, as it is known today.
    """
    if earlier:
        return block["support"] & (block["starts"] > 0) & (block["starts"] <= day)
    return (block["begins"] <= day) & (block["ends"] > day)


def holding(block: Block, pairs: list[tuple[str, str]]) -> Numbers:
    """For each spell whether it holds one of these values."""
    mask = np.zeros(block.size, np.bool_)
    for facet, value in pairs:
        mask[block.holders(facet, value)] = True
    return mask


def statuses(block: Block, as_of: date | None) -> Numbers:
    """The status of each spell, now or on a day of the past, as its place in the list of terms."""
    if as_of is None:
        return block["status"]
    known = {one: at for at, one in enumerate(ids("status"))}
    day = as_of.toordinal()
    starts, finishes = block["starts"], block["finishes"]
    endless = finishes == np.iinfo(np.int32).max
    found = np.full(block.size, known["ongoing"], np.uint8)
    found[starts > day] = known["planned"]
    found[(starts == 0) | (endless & (day - starts > OPEN_END_DAYS))] = known["unknown"]
    found[~endless & (finishes < day)] = known["completed"]
    for one in ("cancelled", "suspended"):
        found[block["said"] == known[one]] = known[one]
    found[~block["support"]] = len(known)
    return found


def holding_status(block: Block, values: tuple[str, ...], as_of: date) -> Numbers:
    """For each spell whether it had one of these statuses on the day."""
    known = {one: at for at, one in enumerate(ids("status"))}
    return np.isin(statuses(block, as_of), [known[one] for one in values if one in known])


def counts(block: Block, as_of: date | None) -> Numbers:
    """For each spell whether a cell counts it: an open need, or support that is planned, ongoing or completed."""
    status = statuses(block, as_of)
    known = [at for at, one in enumerate(ids("status")) if one in COUNTED]
    return (block["need"] & block["open"]) | (block["support"] & np.isin(status, known))


def day_of(question: Question) -> int:
    """The day from which the question looks."""
    return (question.as_of or datetime.now(UTC).date()).toordinal()


def soon_after(question: Question) -> int:
    """What ends by this day ends soon."""
    return day_of(question) + round(timedelta(days=365.25).days * question.thresholds.ending_months / 12)


def lately(question: Question) -> int:
    """What was confirmed since this day is not stale; nothing is before the registers began, when nobody confirmed."""
    if question.earlier:
        return 0
    return day_of(question) - round(timedelta(days=365.25).days * question.thresholds.stale_months / 12)
