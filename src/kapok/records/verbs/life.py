"""Verbs of the published record: confirm, withdraw, restore, merge."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.outbox import note as tell_index
from kapok.core.rules import Refused, System
from kapok.core.verbs import remember, verb
from kapok.people.models import Person
from kapok.records import access
from kapok.records.models import Draft, Record, Stage, Version
from kapok.records.verbs.review import set_clock


@verb("records.confirm", _("Confirm that it is up to date"), access.may_confirm)
def confirm(record: Record, *, by: Person) -> Record:
    """Say that the record is still right. Its clock starts anew."""
    set_clock(record)
    record.save(update_fields=["confirmed_on", "due_on", "freshness", "turns_on"])
    remember(due_on=record.due_on.isoformat() if record.due_on else "")
    tell_index(record.reference)
    return record


@verb("records.withdraw", _("Withdraw"), access.may_withdraw)
def withdraw(record: Record, *, by: Person | System, reason: str) -> Record:
    """Take the record from the public. Its address stays and gives the reason."""
    if not reason.strip():
        raise Refused(_("Say in a sentence why it is withdrawn: its page will show the reason."))
    record.stage = Stage.WITHDRAWN
    record.withdrawn_because = reason.strip()
    record.changed_at = timezone.now()
    record.save(update_fields=["stage", "withdrawn_because", "changed_at"])
    remember(reason=record.withdrawn_because)
    tell_index(record.reference)
    return record


@verb("records.restore", _("Put before the public again"), access.may_restore)
def restore(record: Record, *, by: Person) -> Record:
    """Undo a withdrawal."""
    record.stage = Stage.PUBLISHED
    record.withdrawn_because = ""
    record.changed_at = timezone.now()
    record.save(update_fields=["stage", "withdrawn_because", "changed_at"])
    tell_index(record.reference)
    return record


@verb("records.return_version", _("Go back to an earlier version"), access.may_revise)
def return_version(record: Record, *, by: Person, number: int) -> Record:
    """Begin a draft with the answers of an earlier version; publishing it makes a new version."""
    version = Version.objects.filter(record=record, number=number).first()
    if version is None:
        raise Refused(_("There is no version %(number)s of this record.") % {"number": number})
    Draft.objects.create(record=record, values=version.values, base=record.number, editor=by)
    remember(number=number)
    tell_index(record.reference)
    return record


@verb("records.merge", _("Merge into another record"), access.may_merge)
def merge(record: Record, *, by: Person, into: Record) -> Record:
    """Let a duplicate stand for another record: its address leads there, and links to it count there."""
    if into.pk == record.pk or into.stage != Stage.PUBLISHED:
        raise Refused(_("Choose another published record to merge into."))
    if into.format != record.format:
        raise Refused(_("Only records of one kind can be merged."))
    record.stage = Stage.MERGED
    record.merged_into = into
    record.changed_at = timezone.now()
    record.save(update_fields=["stage", "merged_into", "changed_at"])
    remember(into=into.identifier)
    tell_referring(record, into)
    return record


@verb("records.unmerge", _("Undo the merge"), access.may_unmerge)
def unmerge(record: Record, *, by: Person) -> Record:
    """Make the duplicate a record of its own again."""
    into = record.merged_into
    remember(out_of=into.identifier if into else "")
    record.stage = Stage.PUBLISHED
    record.merged_into = None
    record.changed_at = timezone.now()
    record.save(update_fields=["stage", "merged_into", "changed_at"])
    tell_referring(record, into or record)
    return record


def tell_referring(record: Record, into: Record) -> None:
    """Have both records, and all that link to the first, described anew."""
    tell_index(record.reference)
    tell_index(into.reference)
    for source in Record.objects.filter(references__target=record).distinct():
        tell_index(source.reference)
