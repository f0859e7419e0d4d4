"""The clock: working days, months, freshness."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapok.workflow import clock

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("start", "due"),
    [("2026-03-02", "2026-03-16"), ("2026-03-06", "2026-03-20"), ("2026-03-07", "2026-03-20")],
)
def test_ten_working_days_leave_out_the_weekends(start, due):
    assert clock.working_days_after(date.fromisoformat(start), 10).isoformat() == due


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [("2026-03-02", "2026-03-16", 10), ("2026-03-14", "2026-03-16", 1), ("2026-03-16", "2026-03-16", 0),
     ("2026-03-17", "2026-03-16", -1), ("2026-03-21", "2026-03-20", 0), ("2026-03-23", "2026-03-20", -1)],
)  # fmt: skip
def test_working_days_left(today, due, left):
    assert clock.working_days_left(date.fromisoformat(today), date.fromisoformat(due)) == left


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [("2026-01-31", 1, "2026-02-28"), ("2024-02-29", 12, "2025-02-28"), ("2026-01-15", -3, "2025-10-15"),
     ("2026-11-30", 3, "2027-02-28"), ("2026-12-31", 48, "2030-12-31")],
)  # fmt: skip
def test_months_after(day, months, then):
    assert clock.months_after(date.fromisoformat(day), months).isoformat() == then


@given(DAYS)
def test_grace_ends_before_divides_overdue_from_not_confirmed(today):
    last = clock.grace_ends_before(today)

    assert clock.freshness(last, today) == clock.NOT_CONFIRMED
    assert clock.freshness(last + timedelta(days=1), today) != clock.NOT_CONFIRMED


@given(DAYS, DAYS)
def test_freshness_only_grows_older_with_the_days(due, today):
    order = [clock.FRESH, clock.DUE, clock.OVERDUE, clock.NOT_CONFIRMED]

    now, tomorrow = clock.freshness(due, today), clock.freshness(due, today + timedelta(days=1))

    assert order.index(tomorrow) - order.index(now) in {0, 1}


def test_no_due_day_no_clock():
    assert clock.freshness(None, date(2026, 1, 1)) == clock.NO_CLOCK
