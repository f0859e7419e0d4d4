"""What the room hears of its own news."""

from django.utils import timezone

from kapok.core.news import listen
from kapok.records import reports
from kapok.records.models import Record
from kapok.workflow import reminders

CHANGES = ("publish", "adopt", "restore", "withdraw", "merge", "unmerge")


@listen(*(f"records.{change}" for change in CHANGES), together=True)
def watch_reports(references: list[str], **facts: object) -> None:
    """An initiative that is over is asked for its report; one that has given it is asked no more."""
    identifiers = [reference.partition(":")[2] for reference in references]
    reports.watch_all(Record.objects.filter(identifier__in=identifiers, format="initiative"), timezone.now().date())


@listen("records.confirm", "records.publish", "records.withdraw", "records.merge", together=True)
def stop_asking(references: list[str], **facts: object) -> None:
    """What was just confirmed, or is gone, is not asked about any more."""
    reminders.close("confirm", references)
