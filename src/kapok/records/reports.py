"""The report at the end of an initiative: who still owes one, and when they are asked."""

from collections.abc import Iterable
from datetime import date, timedelta

from kapok.records.formats.initiative import span, status
from kapok.records.models import Record
from kapok.workflow import reminders

KIND = "report"
AT_THE_END = "end-of-cycle"
# Asked on the day after the end, and kindly again.
AGAIN = (("1", timedelta(0)), ("2", timedelta(days=30)), ("3", timedelta(days=90)))


def ended_on(record: Record) -> date | None:
    """The last day of an initiative."""
    return span(record.values)[1] if record.format == "initiative" else None


def is_reported(record: Record) -> bool:
    """Does it have its end-of-cycle report?"""
    return any(report.get("kind") == AT_THE_END for report in record.values.get("reports", ()))


def is_missing(record: Record, today: date) -> bool:
    """Is it over, before the public, and without its report?"""
    if record.format != "initiative" or not record.is_published or is_reported(record):
        return False
    return status(record.values, today) == "completed"


def watch(record: Record, today: date) -> None:
    """Begin to ask for the report of an initiative that is over, or stop asking."""
    watch_all([record], today)


def watch_all(records: Iterable[Record], today: date) -> None:
    """The same for many."""
    owing, done = [], []
    for record in records:
        end = ended_on(record)
        if end is not None and is_missing(record, today):
            owing.append(asking(record, end, today))
        elif record.format == "initiative":
            done.append(record.reference)
    if done:
        reminders.close(KIND, done)
    reminders.ask_all(KIND, owing)


def asking(record: Record, end: date, today: date) -> reminders.Asking:
    """When the report of an initiative that is over is asked for."""
    # What was over before we knew of it is asked from today on.
    first = max(end + timedelta(days=1), (record.published_at.date() if record.published_at else today))
    steps = [(step, first + later) for step, later in AGAIN]
    return reminders.Asking(record.reference, steps, cycle=end, body=record.owner_id)
