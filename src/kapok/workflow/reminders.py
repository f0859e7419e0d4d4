"""Asking for something on a day, and being done with it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from kapok.workflow.models import Reminder


def ask(kind: str, thing: str, steps: Iterable[tuple[str, date]], *, cycle: date, body: int | None = None) -> None:
    """Write the days on which it is asked for; what was told stays told. An earlier cycle is over with that."""
    others = Reminder.objects.filter(kind=kind, thing=thing, closed_at=None).exclude(cycle=cycle)
    others.update(closed_at=timezone.now())
    Reminder.objects.bulk_create(
        [
            Reminder(kind=kind, thing=thing, body_id=body, cycle=cycle, step=step, due_on=due_on)
            for step, due_on in steps
        ],
        update_conflicts=True,
        unique_fields=["kind", "thing", "cycle", "step"],
        update_fields=["closed_at"],
    )


def untold(kind: str, today: date) -> QuerySet[Reminder]:
    """What should be told by now, the oldest first, and together what belongs to one body."""
    found = Reminder.objects.filter(kind=kind, due_on__lte=today, told_at=None, closed_at=None)
    return found.order_by("due_on", "body_id", "id")


def asked(kind: str, today: date) -> QuerySet[Reminder]:
    """What is asked for now and not yet done."""
    return Reminder.objects.filter(kind=kind, due_on__lte=today, closed_at=None)


def tell(reminders: Iterable[Reminder]) -> None:
    """Note that they were told."""
    Reminder.objects.filter(pk__in=[one.pk for one in reminders]).update(told_at=timezone.now())


def close(kind: str, things: Iterable[str]) -> None:
    """What was asked for is done, or nobody needs it any more."""
    Reminder.objects.filter(kind=kind, thing__in=list(things), closed_at=None).update(closed_at=timezone.now())
