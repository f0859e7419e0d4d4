"""Asking for something on a day, and being done with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from kapok.workflow.models import Reminder


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked about one thing: on which days, in which cycle, and of whom."""

    thing: str
    steps: Iterable[tuple[str, date]]
    cycle: date
    body: int | None = None


def ask(kind: str, thing: str, steps: Iterable[tuple[str, date]], *, cycle: date, body: int | None = None) -> None:
    """Write the days on which it is asked for; what was told stays told. An earlier cycle is over with that."""
    ask_all(kind, [Asking(thing, steps, cycle, body)])


def ask_all(kind: str, askings: Iterable[Asking]) -> None:
    """The same about many things, each of them once."""
    about = {one.thing: one for one in askings}
    if not about:
        return
    open_ = Reminder.objects.filter(kind=kind, thing__in=about, closed_at=None).values_list("pk", "thing", "cycle")
    over = [pk for pk, thing, cycle in open_ if cycle != about[thing].cycle]
    Reminder.objects.filter(pk__in=over).update(closed_at=timezone.now())
    Reminder.objects.bulk_create(
        [
            Reminder(kind=kind, thing=one.thing, body_id=one.body, cycle=one.cycle, step=step, due_on=due_on)
            for one in about.values()
            for step, due_on in one.steps
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
