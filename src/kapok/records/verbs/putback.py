"""Taking back what came in from a file."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kapok.core import trail
from kapok.core.news import announce_all
from kapok.core.outbox import note_all
from kapok.core.rules import System
from kapok.core.verbs import verb
from kapok.people.models import Body, Kind, Person
from kapok.records import access
from kapok.records.models import Draft, Record, Reference, Stage, Version
from kapok.records.verbs.intake import ENVELOPE, relink

CHANGED = gettext_noop("Somebody changed this record since; it stays as it is now.")
USED = gettext_noop("Other records point to it, so it was withdrawn and its page says why.")
GONE = gettext_noop("It was gone already.")
BECAUSE = _("The import that brought this record was undone.")


@dataclass
class Return:
    """One record on its way back: how it was before, and its version since. Afterwards `said` tells what was odd."""

    record: Record
    before: dict[str, Any] | None
    after: int
    said: str = ""

    @property
    def owner_id(self) -> int | None:
        """Whose record it is, for the rules."""
        return self.record.owner_id


@dataclass
class Returns:
    """Some records that go back together, for somebody who asked: the trail names them."""

    items: list[Return]
    asked_by: Person | None = None
    details: dict[str, Any] = field(default_factory=dict)


@verb("records.put_back", _("Take back what came in from a file"), access.may_put_back, quiet=True)
def put_back(batch: Returns, *, by: Person | System) -> Returns:
    """Put each record back as it was before; new ones go, unless others point to them. Later changes are kept."""
    rows = Record.objects.select_for_update(of=("self",)).select_related("draft", "owner")
    held = {record.pk: record for record in rows.filter(pk__in=[item.record.pk for item in batch.items])}
    acts, told = [], []
    for item in batch.items:
        record = held.get(item.record.pk)
        if record is None:
            item.said = GONE
            continue
        reference = record.reference
        told += [one.reference for one in Record.objects.filter(references__target=record)]
        if undo(item, record):
            acts.append((reference, {**batch.details, "said": item.said}))
    trail.write_all("records.put_back", acts, batch.asked_by or by)
    note_all(dict.fromkeys([*(reference for reference, _details in acts), *told]))
    announce_all("records.withdraw", [reference for reference, _details in acts])
    return batch


def undo(item: Return, record: Record) -> bool:
    """One record; no when it stays as it is."""
    if is_changed(item, record):
        item.said = CHANGED
        return False
    if item.before is None:
        remove(item, record)
    elif record.number == item.before["number"]:
        restore_draft(item.before, record)
    else:
        restore(item.before, record)
    return True


def is_changed(item: Return, record: Record) -> bool:
    """Did anybody change it after it came in?"""
    if record.number != item.after:
        return True
    drafted = item.before is None and item.after == 0
    if record.working is None:
        return drafted
    began = (item.before or {}).get("draft") or {"revision": 0}
    fresh = record.draft.revision == began["revision"] + 1
    return not (fresh and (drafted or bool(item.before and item.before["number"] == record.number)))


def remove(item: Return, record: Record) -> None:
    """Delete a record nobody needs; withdraw one that others point to."""
    if Reference.objects.filter(target=record).exists() or record.merged.exists():
        record.stage, record.withdrawn_because = Stage.WITHDRAWN, str(BECAUSE)
        record.save(update_fields=["stage", "withdrawn_because"])
        item.said = USED
        return
    own = record.owner if record.owner and record.owner.code == record.identifier else None
    record.delete()
    if own:
        unused = Body.objects.filter(pk=own.pk, kind=Kind.ORGANISATION, records=None, designations=None, requests=None)
        unused.delete()


def restore(kept: dict[str, Any], record: Record) -> None:
    """The version before, whole: the later one is forgotten."""
    Version.objects.filter(record=record, number__gt=kept["number"]).delete()
    for name in ENVELOPE:
        setattr(record, name, kept[name])
    # Days and moments were kept as text: cleaning makes them days and moments again.
    record.clean_fields(exclude=[one.name for one in Record._meta.fields if one.name not in ENVELOPE[5:]])
    record.save()
    relink([record])


def restore_draft(kept: dict[str, Any], record: Record) -> None:
    """The draft as it was, or none."""
    if kept["draft"] is None and record.working:
        record.draft.delete()
    elif kept["draft"]:
        Draft.objects.filter(record=record).update(values=kept["draft"]["values"], revision=kept["draft"]["revision"])
