"""Background work: tasks, the queue in the database, schedules, and the worker that does it all.

    @task("records.describe")
    def describe(identifier: str) -> None: ...

    describe.enqueue("INI-000123")                         # runs soon, once the transaction is committed
    describe.using(key="INI-000123").enqueue("INI-000123") # at most one of this key waits at a time

    @every("15 2 * * *", "records.refresh_freshness")      # UTC
    def refresh_freshness() -> None: ...

A room writes its tasks in `jobs.py`, which is imported at start. A job whose worker dies runs again
within two minutes, so every task must be safe to run twice.
"""

from kapok.core.jobs import tidy
from kapok.core.jobs.queue import retry, run_pending
from kapok.core.jobs.tasks import Task, every, task

__all__ = ["Task", "every", "retry", "run_pending", "task", "tidy"]
