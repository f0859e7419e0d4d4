"""Schedules: which moments have come, and the job that each of them starts exactly once."""

from datetime import UTC, datetime, timedelta

from cronsim import CronSim
from django.db import IntegrityError, transaction
from django.utils import timezone

from kapok.core.jobs.models import Due, Job
from kapok.core.jobs.tasks import schedules


def latest(cron: str, now: datetime) -> datetime:
    """The last moment at or before now that the schedule names."""
    next_minute = now.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    return next(CronSim(cron, next_minute, reverse=True))


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
