"""Schedules: which moments have come, and the job that each of them starts exactly once."""

from datetime import UTC, datetime, timedelta

from cronsim import CronSim
from django.db import IntegrityError, transaction
from django.utils import timezone

from kapok.core.jobs.models import Due, Job
from kapok.core.jobs.tasks import every, schedules

KEEP = timedelta(days=30)


def latest(cron: str, now: datetime) -> datetime:
    """The last moment at or before now that the schedule names."""
    return next(CronSim(cron, now.astimezone(UTC) + timedelta(minutes=1), reverse=True))


def look(now: datetime | None = None) -> int:
    """Start what has become due, and count it.

    After a long stop each schedule starts once, for its latest moment. A schedule seen for the first
    time waits for its next moment.
    """
    now = now or timezone.now()
    return sum(_start(name, latest(cron, now)) for name, cron in schedules.items())


def _start(name: str, at: datetime) -> bool:
    seen = Due.objects.filter(schedule=name)
    if seen.filter(at__gte=at).exists():
        return False
    known = seen.exists()
    try:
        with transaction.atomic():
            due = Due.objects.create(schedule=name, at=at)
            if known:
                job = Job.objects.create(name=name, arguments={"args": [], "kwargs": {}}, run_after=at)
                Due.objects.filter(pk=due.pk).update(job=job)
    except IntegrityError:
        return False
    return known


@every("40 3 * * *", "core.tidy_queue")
def tidy_queue() -> None:
    """Forget finished jobs and past due times after a month; dead jobs stay until someone looks."""
    old = timezone.now() - KEEP
    Job.objects.filter(state="done", finished_at__lt=old).delete()
    newest = [Due.objects.filter(schedule=name).values("pk")[:1] for name in schedules]
    kept = [row["pk"] for query in newest for row in query]
    Due.objects.filter(at__lt=old).exclude(pk__in=kept).delete()
