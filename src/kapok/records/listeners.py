"""What the room hears of its own news."""

from django.utils import timezone

from kapok.core.news import listen
from kapok.records import reports
from kapok.records.models import Record
from kapok.workflow import reminders


@listen("records.publish", "records.adopt", "records.restore", "records.withdraw", "records.merge", "records.unmerge")
def watch_reports(reference: str, **facts: object) -> None:
    """An initiative that is over is asked for its report; one that has given it is asked no more."""
    identifier = reference.partition(":")[2]
    record = Record.objects.filter(identifier=identifier, format="initiative").first()
    if record is not None:
        reports.watch(record, timezone.now().date())


@listen("records.confirm", "records.publish", "records.withdraw", "records.merge")
def stop_asking(reference: str, **facts: object) -> None:
    """What was just confirmed, or is gone, is not asked about any more."""
    reminders.close("confirm", [reference])
