"""The worker: does jobs one after another and renews the lease of the one at hand."""

import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, close_old_connections, connection

from kapok.core.jobs import calendar
from kapok.core.jobs.models import Job
from kapok.core.jobs.queue import LEASE, claim, perform, renew

PAUSE = 0.5
PAUSE_WITHOUT_DATABASE = 3.0
CALENDAR_EVERY = 20
logger = logging.getLogger("kapok.jobs")


def own_name() -> str:
    """How this process signs its leases."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


@contextmanager
def heartbeat(job: Job) -> Iterator[None]:
    """Renew the lease in the background while the job runs."""
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(LEASE.total_seconds() / 4):
                try:
                    if not renew(job):
                        logger.warning("Job %s (%s) was taken over by another worker", job.pk, job.name)
                        return
                except Error:
                    logger.warning("The lease of job %s could not be renewed; trying again", job.pk)
                    connection.close()
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"lease-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=5)


def step(name: str) -> bool:
    """Do one job if one is due."""
    job = claim(name)
    if job is None:
        return False
    with heartbeat(job):
        perform(job)
    return True


def loop(stop: threading.Event, name: str = "") -> None:
    """Work until told to stop; the job at hand is finished first. A database that is away is waited for."""
    name = name or own_name()
    rounds = 0
    while not stop.is_set():
        try:
            if rounds % CALENDAR_EVERY == 0:
                calendar.look()
            rounds += 1
            busy = step(name)
            pause = 0.0 if busy else PAUSE
        except Error as error:
            logger.error("The database does not answer, the worker waits: %s", error)
            connection.close()
            pause, rounds = PAUSE_WITHOUT_DATABASE, 0
        close_old_connections()
        stop.wait(pause)
