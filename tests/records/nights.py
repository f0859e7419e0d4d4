"""What the clock does each night, for the tests of its parts."""

from django.core import mail as outbox

from kapok.core.jobs import run_pending
from kapok.records import jobs


class Killed(BaseException):
    """The process dies: nothing after this line runs, and no handler catches it."""


def night():
    """What the clock starts each night, in its order."""
    for job in (jobs.turn, jobs.watch_reviews, jobs.lapse, jobs.watch_ends, jobs.write_reminders):
        job()


def letters_of(person):
    run_pending()
    return [message for message in outbox.outbox if message.to == [person.email]]
