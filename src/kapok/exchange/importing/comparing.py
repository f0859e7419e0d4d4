"""Which record each row speaks of, and what would change."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from kapok.exchange.importing.alike import Alike, traits
from kapok.exchange.importing.merging import Own
from kapok.exchange.importing.source import Told
from kapok.exchange.models import Source, Telling
from kapok.formats.format import Format
from kapok.records.access import visible_to
from kapok.records.models import Alias, Record, Stage

Named = tuple[str, str]


class Register:
    """The records of one format, as far as a person may see them."""

    def __init__(self, form: type[Format], who: Any, source: Source | None) -> None:
        self.form, self.who, self.source = form, who, source
        self._alike: Alike | None = None
        self.records: dict[str, Record] = {}
        self.named: dict[Named, str] = {}
        self.before: dict[int, dict[str, Any]] = {}
        self.told: dict[int, Telling] = {}
        self.others: dict[int, list[tuple[str, dict[str, Any]]]] = {}

    def fetch(self, chunk: Sequence[Told]) -> None:
        """Read all that a chunk of rows may speak of, in a few queries."""
        names = {name for told in chunk for name in told.identifiers}
        aliases = Alias.objects.filter(
            scheme__in={scheme for scheme, _code in names},
            identifier__in={code for _scheme, code in names},
            record__format=self.form.code,
        ).values_list("scheme", "identifier", "record__identifier")
        drafts = {name: self.drafts[name] for name in names if name in self.drafts} if names else {}
        self.named = drafts | {(scheme, code): identifier for scheme, code, identifier in aliases}
        wanted = {*self.named.values(), *(told.identifier for told in chunk if told.identifier)}
        self.records = {record.identifier: record for record in self.visible().filter(identifier__in=wanted)}
        self.tellings(self.records.values())

    @cached_property
    def drafts(self) -> dict[Named, str]:
        """The identifiers within drafts that were never published: only what is published has them as aliases."""
        found: dict[Named, str] = {}
        rows = self.visible().filter(number=0, draft__isnull=False).order_by("pk")
        for identifier, values in rows.values_list("identifier", "draft__values").iterator(chunk_size=2000):
            for one in values.get("identifiers", ()):
                found.setdefault((one.get("scheme", ""), one.get("identifier", "")), identifier)
        return found

    def visible(self) -> Any:
        """The records that can still be changed, and whose page the person may open."""
        open_ = visible_to(self.who).filter(format=self.form.code)
        return open_.filter(stage__in=(Stage.PUBLISHED, Stage.UNPUBLISHED))

    def tellings(self, records: Iterable[Record]) -> None:
        """What this source and others said last of these records."""
        self.before, self.told, self.others = {}, {}, defaultdict(list)
        for telling in Telling.objects.filter(record__in=[one.pk for one in records]).select_related("source"):
            if self.source and telling.source_id == self.source.pk:
                self.before[telling.record_id], self.told[telling.record_id] = telling.values, telling
            else:
                self.others[telling.record_id].append((telling.source.name, telling.values))

    def record_of(self, told: Told) -> Record | None:
        """The record a row names by our identifier, or by one that its source gives."""
        if told.identifier:
            return self.records.get(told.identifier)
        found = [self.named[name] for name in told.identifiers if name in self.named]
        return next((self.records[one] for one in found if one in self.records), None)

    @property
    def alike(self) -> Alike:
        """The index of what looks like what; made when first needed."""
        if self._alike is None:
            rows = self.visible().order_by("pk").values_list("identifier", "number", "values", "draft__values")
            self._alike = Alike(
                traits(self.form, (values if number else drafted) or {}, identifier)
                for identifier, number, values, drafted in rows.iterator(chunk_size=2000)
            )
        return self._alike


def own_of(told: Told, record: Record) -> tuple[Own, dict[str, Any]]:
    """What is known of values that came out of Kapok as this record; and how that is kept with the row."""
    kept = {"cleared": told.cleared, "seen": version_of(told, record)}
    return own_kept(kept, record), kept


def own_kept(kept: Mapping[str, Any], record: Record) -> Own:
    """The same from what was kept with the row."""
    number = kept["seen"]
    if number is None:
        return Own(kept["cleared"])
    old = record.versions.filter(number=number).first() if number != record.number else None
    values = old.values if old else values_of(record) if number == record.number else None
    return Own(kept["cleared"], None if values is None else record.form.public(values))


def version_of(told: Told, record: Record) -> int | None:
    """The version of the record that a form of ours was made from; None when nobody can tell."""
    if told.made_at is None:
        return told.number if told.number >= 0 else None
    if record.number == 0 or record.changed_at is None or record.changed_at <= told.made_at:
        return record.number
    return record.versions.filter(at__lte=told.made_at).values_list("number", flat=True).first()


def values_of(record: Record) -> dict[str, Any]:
    """What the record says now: published, or in its draft when it never was."""
    values: dict[str, Any] = record.values if record.number else record.draft.values if record.working else {}
    return values
