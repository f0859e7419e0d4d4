"""The summary of a chart in words: what is highest and lowest, and where it goes."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kapok.charts.points import Point, Series, Value
from kapok.core.cldr import listed

Say = Callable[[Value], str]
# More names than these in a sentence are a list, and the list is the table.
NAMED = 3
SERIES_SAID = 6


def extremes(points: Sequence[Point], say: Say) -> str:
    """The highest and the lowest of some figures."""
    held = [point for point in points if point.value is not None]
    if not held:
        return _("There is no figure yet.")
    high, low = max(point.value for point in held), min(point.value for point in held)  # type: ignore[type-var]
    if len(held) == 1:
        return _("%(label)s: %(value)s.") % {"label": held[0].label, "value": say(held[0].value)}
    if high == low:
        said = _("All stand at %(value)s.") % {"value": say(high)}
    else:
        said = _("Highest: %(highest)s (%(high)s). Lowest: %(lowest)s (%(low)s).") % {
            "highest": names(held, high),
            "high": say(high),
            "lowest": names(held, low),
            "low": say(low),
        }
    return " ".join(filter(None, [said, missing(len(points) - len(held))]))


def names(points: Sequence[Point], value: Value) -> str:
    """The names of the points that have this value, a few of them."""
    found = [point.label for point in points if point.value == value]
    if len(found) <= NAMED:
        return listed(found)
    rest = len(found) - NAMED + 1
    others = ngettext("%(count)s other", "%(count)s others", rest) % {"count": rest}
    return listed([*found[: NAMED - 1], others])


def missing(count: int) -> str:
    """How many have no figure; nothing when all have one."""
    return ngettext("%(count)s has no figure.", "%(count)s have no figure.", count) % {"count": count} if count else ""


def trend(points: Sequence[Point], say: Say) -> str:
    """Where a line goes between its first and last figure, and its peak."""
    held = [point for point in points if point.value is not None]
    if len(held) < 2:
        return extremes(points, say)
    first, last = held[0], held[-1]
    given = {"first": first.label, "last": last.label, "from": say(first.value), "to": say(last.value)}
    if last.value > first.value:  # type: ignore[operator]
        said = _("Between %(first)s and %(last)s it rises from %(from)s to %(to)s.") % given
    elif last.value < first.value:  # type: ignore[operator]
        said = _("Between %(first)s and %(last)s it falls from %(from)s to %(to)s.") % given
    else:
        said = _("It stands at %(from)s both in %(first)s and in %(last)s.") % given
    return f"{said} {extremes(points, say)}"


def of_series(series: Sequence[Series], say: Say, one: Callable[[Sequence[Point], Say], str]) -> str:
    """The same said of each series, by its name when there are several."""
    if len(series) == 1:
        return one(series[0].points, say)
    said = [
        _("%(name)s: %(summary)s") % {"name": each.label, "summary": one(each.points, say)}
        for each in series[:SERIES_SAID]
    ]
    return " ".join(said) or _("There is no figure yet.")
