"""Taking many records in at once, from a file: the same rule, trail, versions and notes as one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core import trail
from kapok.core.news import announce_all
from kapok.core.outbox import note_all
from kapok.core.rules import Sentence, System
from kapok.core.verbs import verb
from kapok.formats.format import Format
from kapok.people.models import Body, Person
from kapok.records import access
from kapok.records.models import Alias, Draft, Record, Reference, Sequence, Stage, Version, Working
from kapok.records.standing import stand_beside
from kapok.records.verbs.adopt import start_clock
from kapok.records.verbs.draft import owner_from
from kapok.records.verbs.review import set_clock

# What of a published record an undo puts back.
ENVELOPE = (
    "values",
    "number",
    "stage",
    "sources",
    "reviewed",
    "changed_at",
    "confirmed_on",
    "due_on",
    "freshness",
    "turns_on",
)


@dataclass
class Intake:
    """One record on its way in; afterwards it tells what became of it."""

    form: type[Format]
    values: Mapping[str, Any]
    record: Record | None = None
    # The version that was compared with: a record changed since stays as it is.
    number: int = 0
    owner: Body | None = None
    publish: bool = False
    confirmed: bool = False
    sources: list[dict[str, str]] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] | None = None
    refused: Sentence = ""

    @property
    def owner_id(self) -> int | None:
        """Whose record it is or will be, for the rules."""
        return self.record.owner_id if self.record else self.owner.pk if self.owner else None


@dataclass
class Batch:
    """Some records that go in together, in one transaction."""

    items: list[Intake]


@verb("records.take_in", _("Take records in from a file"), access.may_take_in, quiet=True)
def take_in(batch: Batch, *, by: Person | System) -> Batch:
    """Publish what may be published, keep the rest as drafts; what was changed meanwhile stays out with a sentence.

    Published facts that are not complete read as not confirmed by their owner, as with `adopt`.
    """
    hold(batch)
    fresh = [item for item in batch.items if item.record is None]
    old = [item for item in batch.items if item.record is not None and not item.refused]
    create(fresh, by)
    for item in old:
        change(item, by)
    done = [*fresh, *old]
    keep([item for item in done if item.publish])
    note_all(item.record.reference for item in done if item.record)
    acts = [(item.record, {**item.details, "published": item.publish}) for item in done if item.record]
    trail.write_all("records.take_in", acts, by)
    announce_all("records.adopt", [item.record.reference for item in done if item.record and item.publish])
    return batch


def hold(batch: Batch) -> None:
    """Read the records again under lock, and set aside those that somebody changed or works on."""
    wanted = [item.record.pk for item in batch.items if item.record]
    rows = Record.objects.select_for_update(of=("self",)).select_related("draft", "owner").filter(pk__in=wanted)
    held = {record.pk: record for record in rows}
    for item in batch.items:
        if item.record is None:
            continue
        found = held.get(item.record.pk)
        if found is None:
            item.refused = _("It is no longer there: someone deleted it a moment ago.")
        elif found.number != item.number:
            item.refused = _("Somebody changed this record after the file was read. Read the file again.")
        elif found.working and (found.number or found.draft.stage == Working.SUBMITTED):
            item.refused = _("Somebody works on a new version of this record. Publish or discard that draft first.")
        item.record = found or item.record


def create(items: list[Intake], by: Person | System) -> None:
    """New records, as drafts or published."""
    author = by if isinstance(by, Person) else None
    for item, identifier in zip(items, numbered(items), strict=True):
        record = Record(identifier=identifier, format=item.form.code, author=author, sources=item.sources)
        record.owner = owner_from(item.form, item.values, item.owner)
        item.record = record
        if item.publish:
            put_before_the_public(item, record)
            if record.format == "organisation" and record.owner is None:
                record.owner = stand_beside(record)
    Record.objects.bulk_create([item.record for item in items if item.record])
    drafts = [item for item in items if not item.publish]
    Draft.objects.bulk_create([Draft(record=item.record, values=dict(item.values), editor=author) for item in drafts])


def numbered(items: list[Intake]) -> list[str]:
    """An identifier for each, never given out twice."""
    last: dict[str, int] = {}
    for prefix in dict.fromkeys(item.form.prefix for item in items):
        count = sum(item.form.prefix == prefix for item in items)
        Sequence.objects.get_or_create(prefix=prefix)
        Sequence.objects.filter(prefix=prefix).update(last=F("last") + count)
        last[prefix] = Sequence.objects.get(prefix=prefix).last - count
    made = []
    for item in items:
        last[item.form.prefix] += 1
        made.append(str(Sequence(prefix=item.form.prefix, last=last[item.form.prefix])))
    return made


def change(item: Intake, by: Person | System) -> None:
    """A record that is there: a new version, or a draft beside it, or its draft written anew."""
    record = item.record
    if record is None:
        return
    item.before = before(record)
    author = by if isinstance(by, Person) else None
    if item.publish:
        sources = [one for one in record.sources if one not in item.sources]
        record.sources = [*sources, *item.sources]
        put_before_the_public(item, record)
        record.save()
    elif record.working:
        Draft.objects.filter(record=record).update(
            values=item.values, editor=author, revision=F("revision") + 1, seen=F("revision"), before=F("values")
        )
    else:
        Draft.objects.create(record=record, values=dict(item.values), base=record.number, editor=author)


def before(record: Record) -> dict[str, Any]:
    """The record as it is, for an undo."""
    kept = {name: text(getattr(record, name)) for name in ENVELOPE[3:]}
    drafted = {"values": record.draft.values, "revision": record.draft.revision} if record.working else None
    return {**kept, "values": record.values, "number": record.number, "stage": record.stage, "draft": drafted}


def text(value: Any) -> Any:
    """A moment, a day or any plain value as it can be kept."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def put_before_the_public(item: Intake, record: Record) -> None:
    """A new version; publishing it confirms it only where its own people publish something complete."""
    now = timezone.now()
    fresh = record.number == 0
    record.values = dict(item.values)
    record.number += 1
    record.stage = Stage.PUBLISHED
    record.published_at = record.published_at or now
    record.changed_at = now
    if item.confirmed:
        set_clock(record)
    elif fresh:
        start_clock(record, None, now.date())
    else:
        record.turns_on = record.form.turns(record.values, now.date())


def keep(items: list[Intake]) -> None:
    """Versions, references and other names of many published records at once."""
    records = [item.record for item in items if item.record]
    Version.objects.bulk_create(
        Version(
            record=record,
            number=record.number,
            values=record.values,
            format_version=record.form.version,
            at=record.changed_at or timezone.now(),
            note="; ".join(source.get("words", "") for source in item.sources)[:500],
        )
        for item, record in zip(items, records, strict=True)
    )
    relink(records)


def relink(records: list[Record]) -> None:
    """Write down anew which records these point to, and by which names others know them."""
    wanted = {record.pk: sorted(set(record.form.references(record.values))) for record in records}
    named = {target for links in wanted.values() for _field, target in links}
    targets = dict(Record.objects.filter(identifier__in=named).values_list("identifier", "pk"))
    Reference.objects.filter(source__in=records).delete()
    Reference.objects.bulk_create(
        Reference(source_id=source, field=field_name, target_id=targets[target])
        for source, links in wanted.items()
        for field_name, target in links
        if targets.get(target, source) != source
    )
    Alias.objects.filter(record__in=records).exclude(scheme="old").delete()
    Alias.objects.bulk_create(
        Alias(record=record, scheme=scheme, identifier=identifier)
        for record in records
        for scheme, identifier in sorted(
            {(one.get("scheme", ""), one.get("identifier", "")) for one in record.values.get("identifiers", ())}
        )
    )
