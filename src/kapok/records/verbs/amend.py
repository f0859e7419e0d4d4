"""The verb that changes single answers of a published record and leaves all others as they are."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.outbox import note as tell_index
from kapok.core.rules import System
from kapok.core.verbs import remember, verb
from kapok.formats.problems import Problems
from kapok.people.models import Person
from kapok.records import access
from kapok.records.models import Record
from kapok.records.verbs.review import Incomplete, keep_links, keep_version


@verb("records.amend", _("Change single answers"), access.may_amend)
def amend(record: Record, *, by: Person | System, changes: Mapping[str, Any], note: str = "") -> Record:
    """Publish a new version in which only these answers differ. Its confirmation clock goes on as it was.

    What else the record lacks is not asked here. A draft gets the same answers, so that publishing it does not
    take them back. Nothing happens when nothing differs.
    """
    values, problems = record.form.clean({**record.values, **changes}, final=False)
    wrong = Problems()
    wrong.found.extend(one for one in problems.errors if one.path.partition("-")[0] in changes)
    if wrong:
        raise Incomplete(wrong)
    if values == record.values:
        return record
    record.values = values
    record.number += 1
    record.changed_at = timezone.now()
    record.turns_on = record.form.turns(values, timezone.now().date())
    record.save(update_fields=["values", "number", "changed_at", "turns_on"])
    keep_version(record, by, note)
    keep_links(record)
    if record.working is not None:
        amend_draft(record, changes)
    remember(number=record.number, note=note, changed=sorted(changes))
    tell_index(record.reference)
    return record


def amend_draft(record: Record, changes: Mapping[str, Any]) -> None:
    """Give the draft the same answers."""
    draft = record.draft
    draft.values, _problems = record.form.clean({**draft.values, **changes}, final=False)
    draft.revision += 1
    draft.save()
