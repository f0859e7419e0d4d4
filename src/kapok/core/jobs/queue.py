"""Taking jobs from the queue, doing them, and what happens when one fails or its worker dies."""

import logging
import traceback
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from kapok.core.jobs import calendar
from kapok.core.jobs.models import Job, State
from kapok.core.jobs.tasks import slot, tasks

LEASE = timedelta(seconds=60)
DELAYS = tuple(timedelta(seconds=seconds) for seconds in (30, 120, 600, 3600, 21600))
logger = logging.getLogger("kapok.jobs")


class TakenOver(Exception):
    """The lease ran out while the job was being done, and another worker has it now."""


def claim(worker: str, now: datetime | None = None) -> Job | None:
    """Take the next job that is due, or one whose worker stopped renewing its lease."""
    now = now or timezone.now()
    due = Q(state=State.READY, run_after__lte=now)
    lost = Q(state=State.RUNNING, lease_until__lt=now)
    if not Job.objects.filter(due | lost).exists():
        return None
    with transaction.atomic():
        free = Job.objects.select_for_update(skip_locked=True)
        job = free.filter(lost).first() or free.filter(due).order_by("-priority", "run_after", "id").first()
        if job is None:
            return None
        job.state, job.worker, job.slot = State.RUNNING, worker, None
        job.attempts += 1
        job.lease_until = now + LEASE
        job.save()
    return job


def renew(job: Job, now: datetime | None = None) -> bool:
    """Prolong the lease; no when another worker has taken the job over."""
    until = (now or timezone.now()) + LEASE
    return bool(_held(job).update(lease_until=until))


def perform(job: Job, now: datetime | None = None) -> bool:
    """Do a claimed job and note how it ended: done, to be tried again later, or given up."""
    task = tasks.get(job.name)
    if task is None:
        _give_up(job, f"This installation has no task called {job.name}.")
        return False
    if job.attempts > task.attempts:
        _give_up(job, job.error or "Its worker died each time it was tried.")
        return False
    try:
        if task.atomic:
            with transaction.atomic():
                task(*job.arguments["args"], **job.arguments["kwargs"])
                _finish(job)
        else:
            task(*job.arguments["args"], **job.arguments["kwargs"])
            _finish(job)
    except Exception:
        logger.exception("Job %s (%s) failed at attempt %s", job.pk, job.name, job.attempts)
        _postpone(job, task.attempts, traceback.format_exc(), now)
        return False
    return True


def _held(job: Job) -> QuerySet[Job]:
    """The row, if it is still ours: a job taken over has another worker or one attempt more."""
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker, attempts=job.attempts)


def _finish(job: Job) -> None:
    if not _held(job).update(state=State.DONE, finished_at=timezone.now(), lease_until=None, error=""):
        raise TakenOver(f"Job {job.pk} was taken over by another worker.")


def _give_up(job: Job, error: str) -> None:
    _held(job).update(state=State.DEAD, error=error, lease_until=None, finished_at=timezone.now())
    logger.error("Job %s (%s) is given up: %s", job.pk, job.name, error.strip().splitlines()[-1])


def _postpone(job: Job, attempts: int, error: str, now: datetime | None) -> None:
    """Back into the queue with a growing delay, or given up after the last attempt."""
    if job.attempts >= attempts:
        _give_up(job, error)
        return
    delay = DELAYS[min(job.attempts, len(DELAYS)) - 1]
    back = {"state": State.READY, "lease_until": None, "error": error, "run_after": (now or timezone.now()) + delay}
    try:
        with transaction.atomic():
            _held(job).update(**back, slot=slot(job.name, job.key))
    except IntegrityError:
        # One of the same key was put in the queue meanwhile: it will do the work of both.
        _held(job).update(state=State.DONE, error=error, lease_until=None, finished_at=timezone.now())


def retry(ids: Iterable[int] | None = None) -> int:
    """Put dead jobs back into the queue, all of them or the ones named, and count them."""
    dead = Job.objects.filter(state=State.DEAD)
    if ids is not None:
        dead = dead.filter(pk__in=list(ids))
    return dead.update(state=State.READY, attempts=0, run_after=timezone.now(), finished_at=None)


def run_pending(now: datetime | None = None) -> list[str]:
    """Do everything that is due, in this process, and name what was done; for tests and `kapok worker --once`."""
    done: list[str] = []
    calendar.look(now)
    while job := claim("here", now):
        if perform(job, now):
            done.append(job.name)
    return done
