"""Verbs between author and reader: submit, return, publish."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.outbox import note as tell_index
from kapok.core.rules import Refused, System
from kapok.core.verbs import remember, verb
from kapok.formats.problems import Problems
from kapok.people.models import Person
from kapok.records import access, telling
from kapok.records.models import Alias, Draft, Record, Reference, Stage, Version, Working
from kapok.records.ranks import refuse_shared_rank
from kapok.records.standing import stand_beside
from kapok.workflow.clock import REVIEW_DAYS, freshness, months_after, working_days_after

Actor = Person | System


class Incomplete(Refused):
    """The draft lacks answers or has wrong ones; `problems` says which."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(_("Some answers are missing or not right yet. Each is marked below."))
        self.problems = problems


def examine(record: Record, draft: Draft) -> tuple[dict[str, Any], Problems]:
    """The values of the draft and all that keeps it from the public."""
    values, problems = record.form.clean(draft.values, final=True)
    if record.owner_id is None and record.format != "organisation":
        problems.add("owner", _("Choose the body that owns the record."))
    refuse_shared_rank(record, values, problems)
    return values, problems


def check(record: Record) -> Problems:
    """Everything that is missing or wrong in the draft of a record, for its form and its review."""
    return examine(record, record.draft)[1]


def complete(record: Record, draft: Draft) -> dict[str, Any]:
    """The values of the draft, checked as a whole. Raises `Incomplete`."""
    values, problems = examine(record, draft)
    if problems:
        raise Incomplete(problems)
    return values


@verb("records.submit", _("Submit for review"), access.may_submit)
def submit(record: Record, *, by: Person, note: str = "") -> Record:
    """Hand the draft to those who publish. They have ten working days."""
    draft = record.draft
    complete(record, draft)
    draft.stage = Working.SUBMITTED
    draft.submitted_by = by
    draft.submitted_at = timezone.now()
    draft.due_on = working_days_after(timezone.now().date(), REVIEW_DAYS)
    draft.escalated_at = None
    draft.reason = note
    draft.save()
    remember(note=note, due_on=draft.due_on.isoformat())
    telling.about("submitted", record, by, note=note, due_on=draft.due_on.isoformat())
    tell_index(record.reference)
    return record


@verb("records.take_back", _("Take a submission back"), access.may_take_back)
def take_back(record: Record, *, by: Person) -> Record:
    """Make a submission a draft again, so that its author can go on writing; nobody decides about it meanwhile."""
    draft = record.draft
    draft.stage = Working.DRAFT
    draft.due_on = draft.submitted_at = draft.escalated_at = None
    draft.reason = ""
    draft.save()
    tell_index(record.reference)
    return record


@verb("records.return", _("Return with a reason"), access.may_return)
def return_(record: Record, *, by: Person, reason: str) -> Record:
    """Give the draft back to its author, with the reason in words."""
    if not reason.strip():
        raise Refused(_("Say in a sentence what should be changed."))
    draft = record.draft
    draft.stage = Working.RETURNED
    draft.reason = reason.strip()
    draft.due_on = None
    draft.save()
    remember(reason=draft.reason)
    telling.about("returned", record, by, reason=draft.reason, to=draft.submitted_by_id)
    tell_index(record.reference)
    return record


@verb("records.publish", _("Publish"), access.may_publish)
def publish(record: Record, *, by: Actor, note: str = "", reviewed: bool = True) -> Record:
    """Put the draft before the public as a new version.

    The first publication fixes the date; publishing again after a correction keeps it, so that lists sorted
    by date do not jump. Publishing counts as confirming.
    """
    draft = record.draft
    record.values = complete(record, draft)
    now = timezone.now()
    record.number += 1
    record.stage = Stage.PUBLISHED
    record.published_at = record.published_at or now
    record.changed_at = now
    record.reviewed = reviewed
    set_clock(record)
    if record.format == "organisation" and (record.owner is None or record.owner.code == record.identifier):
        record.owner = stand_beside(record)
    record.save()
    keep_version(record, by, note or draft.reason if draft.stage != Working.RETURNED else note)
    keep_links(record)
    if draft.submitted_by_id:
        said = note if isinstance(by, Person) else ""
        telling.about("published", record, by, note=said, reviewed=reviewed, to=draft.submitted_by_id)
    draft.delete()
    record.refresh_from_db()
    remember(number=record.number, note=note, reviewed=reviewed)
    tell_index(record.reference)
    return record


@verb("records.escalate", _("Escalate a late review"), access.may_escalate)
def escalate(record: Record, *, by: System) -> Record:
    """Mark a review that nobody did in time, so that it stands first on the Secretariat's desk."""
    record.draft.escalated_at = timezone.now()
    record.draft.save(update_fields=["escalated_at"])
    return record


def set_clock(record: Record) -> None:
    """Start the confirmation clock anew, and find the next day on which something turns."""
    today = timezone.now().date()
    months = record.form.confirm_after
    record.confirmed_on = today if months else None
    record.due_on = months_after(today, months) if months else None
    record.freshness = freshness(record.due_on, today)
    record.turns_on = record.form.turns(record.values, today)


def keep_version(record: Record, by: Actor, note: str) -> Version:
    """Keep what was published, whole."""
    return Version.objects.create(
        record=record,
        number=record.number,
        values=record.values,
        format_version=record.form.version,
        by=by if isinstance(by, Person) else None,
        at=record.changed_at or timezone.now(),
        note=note,
    )


def keep_links(record: Record) -> None:
    """Write down which records the values point to, and the names others know the record by."""
    wanted = set(record.form.references(record.values))
    targets = {one.identifier: one for one in Record.objects.filter(identifier__in={target for _f, target in wanted})}
    record.references.all().delete()
    Reference.objects.bulk_create(
        Reference(source=record, field=field, target=targets[target])
        for field, target in sorted(wanted)
        if target in targets and targets[target].pk != record.pk
    )
    names = {(item["scheme"], item["identifier"]) for item in record.values.get("identifiers", ())}
    record.aliases.exclude(scheme="old").delete()
    Alias.objects.bulk_create(
        Alias(record=record, scheme=scheme, identifier=identifier) for scheme, identifier in sorted(names)
    )
