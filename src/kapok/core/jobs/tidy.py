"""Forgetting what nobody needs any more, every night."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from kapok.core.jobs.models import Due, Job, State
from kapok.core.jobs.tasks import every, schedules

KEEP = timedelta(days=30)


@every("40 3 * * *", "core.tidy_queue")
def tidy_queue() -> None:
    """Forget finished jobs and past due times after a month; jobs given up stay until someone looks."""
    old = timezone.now() - KEEP
    Job.objects.filter(state=State.DONE, finished_at__lt=old).delete()
    newest = (Due.objects.filter(schedule=name).values_list("pk", flat=True).first() for name in schedules)
    Due.objects.filter(at__lt=old).exclude(pk__in=[pk for pk in newest if pk]).delete()


@every("50 3 * * *", "core.tidy_sessions")
def tidy_sessions() -> None:
    """Forget sessions that ended."""
    SessionStore.clear_expired()
