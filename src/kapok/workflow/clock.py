"""When something is due: working days for reviews, months for confirmations."""

from calendar import monthrange
from datetime import date, timedelta

REVIEW_DAYS = 10
GRACE_MONTHS = 3
ASK_BEFORE = timedelta(days=30)
FRESH, DUE, OVERDUE, NOT_CONFIRMED, NO_CLOCK = "fresh", "due", "overdue", "not-confirmed", "no-clock"


def working_days_after(day: date, count: int) -> date:
    """The day on which `count` working days (Monday to Friday) have passed."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def working_days_left(today: date, due: date) -> int:
    """Working days from today until the due day; negative when it is past."""
    low, high, sign = (today, due, 1) if due >= today else (due, today, -1)
    return sign * sum((low + timedelta(days=step)).weekday() < 5 for step in range(1, (high - low).days + 1))


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last day of the month where there is no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def freshness(due: date | None, today: date) -> str:
    """How fresh a confirmed record is (paragraph 39(b); a year, then three months of grace).

    Fresh until 30 days before the due day, then due, overdue from the due day for three months,
    and then publicly “not confirmed”.
    """
    if due is None:
        return NO_CLOCK
    if today < due - ASK_BEFORE:
        return FRESH
    if today < due:
        return DUE
    return OVERDUE if today < months_after(due, GRACE_MONTHS) else NOT_CONFIRMED


def grace_ends_before(today: date) -> date:
    """The latest due day whose grace has passed by today."""
    day = months_after(today, -GRACE_MONTHS) + timedelta(days=3)
    while months_after(day, GRACE_MONTHS) > today:
        day -= timedelta(days=1)
    return day
