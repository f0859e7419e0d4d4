"""The clocks of the registers: what turns with the day, and what happens when nobody acts in time.

Each job may run twice, and may be killed midway: it goes in small transactions and finds what is left to do.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from kapok.core.jobs import every
from kapok.core.news import announce
from kapok.core.outbox import note
from kapok.core.rules import SYSTEM, Refused
from kapok.formats.format import formats
from kapok.people.models import Person, Role
from kapok.records import reports, telling, verbs
from kapok.records.models import Draft, Freshness, Record, Stage, Working
from kapok.workflow import reminders
from kapok.workflow.clock import ASK_BEFORE, freshness, grace_ends_before, months_after

BATCH = 200
# A national review that is late is recalled to the focal point at once and then weekly, four times.
RECALLED = 4
LAPSED = gettext_noop("The nomination lapsed: nobody confirmed it for four years. The government can nominate again.")
UNREVIEWED = gettext_noop("Published after ten working days without a review.")


@every("10 0 * * *", "records.turn")
def turn() -> None:
    """Bring status, window and freshness of every record to the present day; only those that turn cost anything."""
    today = timezone.now().date()
    published = Record.objects.filter(stage=Stage.PUBLISHED)
    for turning in conditions(today):
        # Sorted here: asked to sort, SQLite would walk through all records instead of the index.
        found = sorted(published.filter(turning).order_by().values_list("pk", flat=True))
        for start in range(0, len(found), BATCH):
            turn_some(found[start : start + BATCH], today)


def conditions(today: date) -> Iterator[Q]:
    """Which records turn, each question answered by one index: a day has come, or the freshness kept is another."""
    soon, grace = today + ASK_BEFORE, grace_ends_before(today)
    yield Q(turns_on__lte=today)
    yield Q(freshness=Freshness.FRESH, due_on__lte=soon)
    yield Q(freshness=Freshness.DUE, due_on__lte=today)
    yield Q(freshness=Freshness.DUE, due_on__gt=soon)
    yield Q(freshness=Freshness.OVERDUE, due_on__lte=grace)
    yield Q(freshness=Freshness.OVERDUE, due_on__gt=today)
    yield Q(freshness=Freshness.NOT_CONFIRMED, due_on__gt=grace)


@transaction.atomic
def turn_some(ids: list[int], today: date) -> None:
    """Turn some records, tell the index, and write down what their keepers are asked from today on."""
    records = list(Record.objects.select_for_update().filter(pk__in=ids, stage=Stage.PUBLISHED).order_by("pk"))
    for record in records:
        before = record.freshness
        record.freshness = Freshness(freshness(record.due_on, today))
        record.turns_on = record.form.turns(record.values, today)
        if record.freshness != before and record.freshness in telling.ASKED:
            step, cycle = str(record.freshness), record.confirmed_on or today
            reminders.ask("confirm", record.reference, [(step, today)], cycle=cycle, body=record.owner_id)
        reports.watch(record, today)
        note(record.reference)
    Record.objects.bulk_update(records, ["freshness", "turns_on"])
    announce("records.turn", "records", count=len(records))


@every("20 0 * * *", "records.watch_reviews")
def watch_reviews() -> None:
    """Act for reviews that nobody did within ten working days."""
    today = timezone.now().date()
    late = Draft.objects.filter(stage=Working.SUBMITTED, due_on__lt=today, escalated_at=None)
    for pk in list(late.order_by("due_on", "pk").values_list("pk", flat=True)):
        act_on_late(pk, today)


@transaction.atomic
def act_on_late(pk: int, today: date) -> None:
    """Publish, escalate or recall one late draft, unless somebody did something about it a moment ago."""
    late = Draft.objects.filter(pk=pk, stage=Working.SUBMITTED, due_on__lt=today, escalated_at=None)
    draft = late.select_for_update(of=("self",)).select_related("record", "submitted_by").first()
    if draft is None or draft.due_on is None:
        return
    record, due = draft.record, draft.due_on
    if record.form.national:
        days = [due + timedelta(days=1 + 7 * week) for week in range(RECALLED)]
        steps = [(str(number), day) for number, day in enumerate(days)]
        reminders.ask("late", record.reference, steps, cycle=due, body=record.owner_id)
    elif not (is_designated(draft.submitted_by) and publish_unreviewed(record)):
        verbs.escalate(record, by=SYSTEM)
        reminders.ask("escalated", record.reference, [("", today)], cycle=due, body=record.owner_id)


def is_designated(person: Person | None) -> bool:
    """Is somebody a designated editor or focal point of any body today?"""
    if person is None or not person.is_active:
        return False
    return person.designations.in_force().filter(role__in=(Role.EDITOR, Role.FOCAL_POINT)).exists()


def publish_unreviewed(record: Record) -> bool:
    """Publish with the mark “not yet reviewed”; no when the draft is not complete any more."""
    try:
        verbs.publish(record, by=SYSTEM, note=UNREVIEWED, reviewed=False)
    except Refused:
        return False
    return True


@every("30 0 * * *", "records.lapse")
def lapse() -> None:
    """Withdraw what was not confirmed for so long that its format lets it lapse (experts, after four years)."""
    today = timezone.now().date()
    for form in formats.values():
        months = getattr(form, "lapses_after", None)
        if months:
            old = Record.objects.filter(format=form.code, stage=Stage.PUBLISHED)
            for record in list(old.filter(confirmed_on__lte=months_after(today, -months)).order_by("pk")):
                lapse_one(record, today)


@transaction.atomic
def lapse_one(record: Record, today: date) -> None:
    """Withdraw one record with the reason, and have its keepers told."""
    verbs.withdraw(record, by=SYSTEM, reason=LAPSED)
    reminders.ask("lapsed", record.reference, [("", today)], cycle=today, body=record.owner_id)


@every("40 0 * * *", "records.watch_ends")
def watch_ends() -> None:
    """Look once more at initiatives changed of late: a report that came, or an end that was past already."""
    now = timezone.now()
    changed = Record.objects.filter(format="initiative", stage=Stage.PUBLISHED, changed_at__gte=now - timedelta(days=3))
    for record in changed.order_by("pk").iterator(chunk_size=BATCH):
        reports.watch(record, now.date())


@every("0 5 * * *", "records.write_reminders")
def write_reminders() -> None:
    """Write today's letters: one for each person and matter, with all the records it concerns."""
    today = timezone.now().date()
    for kind in telling.TELLINGS:
        telling.tell(kind, today)
