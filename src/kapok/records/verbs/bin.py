"""Bringing a discarded draft back."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core import trail
from kapok.core.models import Entry
from kapok.core.outbox import note as tell_index
from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.people.models import Person
from kapok.records import access
from kapok.records.models import Draft, Record

KEPT = timedelta(days=30)


def discarded(record: Record) -> Entry | None:
    """The newest discarding of the last 30 days, as long as nothing was begun since."""
    acts = trail.about(record).exclude(verb__in=("records.confirm", "records.invite", "records.unshare"))
    last = acts.first()
    if last is None or last.verb != "records.discard" or last.at < timezone.now() - KEPT:
        return None
    return last


@verb("records.undiscard", _("Bring a discarded draft back"), access.may_revise)
def undiscard(record: Record, *, by: Person) -> Record:
    """Make the draft again that was discarded last, with all its answers."""
    entry = discarded(record)
    if entry is None:
        raise Refused(_("Nothing was discarded here in the last 30 days."))
    Draft.objects.create(record=record, values=entry.details["values"], base=entry.details.get("base", 0), editor=by)
    remember(discarded_at=entry.at.isoformat())
    tell_index(record.reference)
    return record
