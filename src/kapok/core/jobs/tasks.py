"""Tasks: functions that can be put in the queue, and schedules that put them there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, ParamSpec

from cronsim import CronSim
from django.utils import timezone

from kapok.core.jobs.models import Job, State

P = ParamSpec("P")

tasks: dict[str, "Task[Any]"] = {}
schedules: dict[str, str] = {}


@dataclass(frozen=True)
class Task(Generic[P]):
    """A function with a name in the queue. Calling it does the work at once; `enqueue` leaves it to a worker."""

    name: str
    body: Callable[P, object]
    attempts: int = 6
    # With the mark of completion in one transaction: exactly one effect. For short work on the database only.
    atomic: bool = False
    priority: int = 0
    run_after: datetime | None = None
    key: str = ""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> object:
        return self.body(*args, **kwargs)

    def using(
        self, *, key: str | None = None, priority: int | None = None, run_after: datetime | None = None
    ) -> "Task[P]":
        """The same task with another key, priority (higher goes first) or earliest moment."""
        return replace(
            self,
            key=self.key if key is None else key,
            priority=self.priority if priority is None else priority,
            run_after=run_after or self.run_after,
        )

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Put it in the queue, within the present transaction; arguments must be plain JSON.

        If one of the same key waits already, that one will do; its row is held until we commit, so that
        it cannot start before it can see what we changed.
        """
        job = self.job(*args, **kwargs)
        if self.key:
            keep_one_of_each([job])
        else:
            job.save()

    def enqueue_each(self, keys: Iterable[str]) -> None:
        """Put it in the queue once for each key, which is also all that it is told."""
        wanted: list[Task[Any]] = [self.using(key=key) for key in sorted(set(keys))]
        if wanted:
            keep_one_of_each([one.job(one.key) for one in wanted])

    def job(self, *args: P.args, **kwargs: P.kwargs) -> Job:
        """Its row in the queue, not yet saved."""
        return Job(
            name=self.name,
            arguments={"args": args, "kwargs": kwargs},
            key=self.key,
            slot=slot(self.name, self.key),
            priority=self.priority,
            run_after=self.run_after or timezone.now(),
        )


def keep_one_of_each(jobs: list[Job]) -> None:
    """Save jobs with keys, but for those whose like waits already."""
    Job.objects.bulk_create(jobs, update_conflicts=True, unique_fields=["slot"], update_fields=["name"])


def slot(name: str, key: str) -> str | None:
    """What keeps two waiting jobs of one key apart."""
    return f"{name} {key}" if key else None


def task(name: str, *, attempts: int = 6, atomic: bool = False) -> Callable[[Callable[P, object]], Task[P]]:
    """Make a task of a function. The name begins with the room: `records.describe`."""

    def decorate(body: Callable[P, object]) -> Task[P]:
        made: Task[P] = Task(name, body, attempts, atomic)
        if name in tasks and tasks[name].body is not body:
            raise ValueError(f"two tasks are called {name}")
        tasks[name] = made
        return made

    return decorate


def every(
    cron: str, name: str, *, attempts: int = 6, atomic: bool = False
) -> Callable[[Callable[[], object]], Task[[]]]:
    """Make a task that the worker also starts by the clock: minute, hour, day, month, weekday, in UTC."""
    CronSim(cron, timezone.now())

    def decorate(body: Callable[[], object]) -> Task[[]]:
        schedules[name] = cron
        return task(name, attempts=attempts, atomic=atomic)(body)

    return decorate


def waiting(name: str) -> int:
    """How many jobs of a task wait."""
    return Job.objects.filter(name=name, state=State.READY).count()
