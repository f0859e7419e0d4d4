"""Taking the good rows in, some hundred at a time: a worker that dies leaves whole chunks, and the next goes on."""

import json
import re
import time
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from kapok.core.rules import SYSTEM, Refused, apart
from kapok.exchange.importing.comparing import Register, own_kept, values_of
from kapok.exchange.importing.merging import merge
from kapok.exchange.importing.said import REFUSED, Note, Notes
from kapok.exchange.models import Import, Outcome, Row, Source, State, Telling
from kapok.exchange.models.imports import Decision
from kapok.formats.format import format_of
from kapok.people.models import Body, Person
from kapok.records import verbs
from kapok.records.access import may_take_one
from kapok.records.models import Record
from kapok.records.verbs import Batch, Intake
from kapok.records.verbs.intake import text

CHUNK = 200
MARKS = ["applied_at", "result", "before", "after", "outcome", "problems"]
PLACEHOLDER = re.compile(r"ORG-9\d{8}")
STAYED = gettext_noop("It stayed out when the rows went in: %(why)s")
GOOD = Q(outcome__in=(Outcome.NEW, Outcome.CHANGED), decision__in=("", Decision.NEW, Decision.TAKE)) | Q(
    outcome__in=(Outcome.SIMILAR, Outcome.SAME), decision__in=(Decision.NEW, Decision.TAKE)
)


def waiting(imported: Import) -> QuerySet[Row]:
    """The rows that would go in now."""
    return imported.rows.filter(GOOD, extra=False, applied_at=None).order_by("number")


class Application:
    """One taking in; run again after a death, it goes on with the rows that are left."""

    def __init__(self, imported: Import) -> None:
        self.imported = imported
        self.by: Any = imported.by or SYSTEM
        self.real: dict[str, str] = {}
        self.bodies: dict[str, Body] = {}
        self.registers: dict[str, Register] = {}
        self.begun = time.monotonic()

    def run(self) -> Import:
        """Chunk after chunk, until none is left or somebody asks to stop."""
        for extra in self.imported.rows.filter(extra=True).exclude(applied_at=None).select_related("result"):
            self.real[extra.cells["placeholder"]] = extra.result.identifier if extra.result else ""
        while self.step():
            pass
        self.finish()
        return self.imported

    def step(self) -> bool:
        """One chunk in one transaction, with the mark that it went in."""
        with transaction.atomic():
            held = Import.objects.select_for_update().get(pk=self.imported.pk)
            rows = list(waiting(held).select_related("target")[:CHUNK])
            if held.stop or not rows:
                return False
            self.take_extras(rows)
            self.take(rows)
            held.applied_at = held.applied_at or timezone.now()
            held.save(update_fields=["applied_at"])
            self.imported.applied_at = held.applied_at
        return True

    def take_extras(self, rows: list[Row]) -> None:
        """The organisations that these rows name and nobody knows yet go in first."""
        wanted = {one for row in rows for one in PLACEHOLDER.findall(json.dumps(row.said))} - set(self.real)
        if not wanted:
            return
        found = self.imported.rows.filter(extra=True, applied_at=None, cells__placeholder__in=sorted(wanted))
        extras = list(found.order_by("number"))
        self.take(extras)
        for extra in extras:
            if extra.result:
                self.real[extra.cells["placeholder"]] = extra.result.identifier

    def take(self, rows: list[Row]) -> None:
        """Rows through the verb of records, then the marks on the rows."""
        for code in dict.fromkeys(row.format for row in rows):
            self.register(code).tellings([row.target for row in rows if row.target and row.format == code])
        intakes = [self.intake(row) for row in rows]
        self.own(intakes)
        done = self.together([one for one in intakes if not one.refused])
        for row, item in zip(rows, intakes, strict=True):
            self.mark(row, item)
        Row.renew(rows, *MARKS)
        self.tell(rows, intakes, done)

    def register(self, code: str) -> Register:
        if code not in self.registers:
            self.registers[code] = Register(format_of(code), self.by, self.imported.source)
        return self.registers[code]

    def together(self, items: list[Intake]) -> list[Intake]:
        """All at once; when the rule refuses the whole, those it allows."""
        try:
            verbs.take_in(Batch(items), by=self.by)
        except Refused as refused:
            allowed = [item for item in items if may_take_one(self.by, item)]
            for item in items:
                item.refused = "" if item in allowed else refused.sentence
            if len(allowed) < len(items) and allowed:
                verbs.take_in(Batch(allowed), by=self.by)
        return items

    def intake(self, row: Row) -> Intake:
        """What goes in for one row."""
        form, said = format_of(row.format), self.resolved(row.said)
        target = row.target if row.outcome == Outcome.CHANGED or row.decision == Decision.TAKE else None
        expected = row.before or {}
        item = Intake(
            form,
            said,
            record=target,
            number=expected.get("number", 0) if row.outcome == Outcome.CHANGED else target.number if target else 0,
            owner=self.imported.body,
            publish=not expected.get("draft"),
            sources=[self.source(row)] if not row.extra or not expected.get("draft") else [],
            details={"import": self.imported.pk, "row": row.number},
        )
        if target:
            register = self.register(row.format)
            before, others = register.before.get(target.pk, {}), register.others.get(target.pk, [])
            take = row.decision == Decision.TAKE
            own = own_kept(expected["own"], target) if expected.get("own") else None
            item.values = merge(form, values_of(target), said, before, others, Notes(), take=take, own=own).values
            item.publish = item.publish and bool(target.number)
        item.confirmed = bool(isinstance(self.by, Person) and item.publish and self.confirms(item))
        return item

    def confirms(self, item: Intake) -> bool:
        """Publishing by the owner's own people counts as confirming."""
        return not self.by.is_secretariat and item.owner_id in self.by.edits_for()

    def own(self, intakes: list[Intake]) -> None:
        """Without a body chosen, the one that leads a new record owns it."""
        leads = {id(item): lead_of(item) for item in intakes if item.record is None and item.owner is None}
        missing = {lead for lead in leads.values() if lead} - set(self.bodies)
        self.bodies |= {body.code: body for body in Body.objects.filter(code__in=missing)}
        for item in intakes:
            if item.publish and id(item) in leads:
                item.owner = self.bodies.get(leads[id(item)])

    def resolved(self, values: Any) -> dict[str, Any]:
        """The values with real identifiers where organisations were only proposed."""
        text = json.dumps(values)
        made: dict[str, Any] = json.loads(PLACEHOLDER.sub(lambda match: self.real.get(match[0], match[0]), text))
        return made

    def source(self, row: Row) -> dict[str, str]:
        """How the record's page names where this came from."""
        source = self.imported.source
        return {
            "words": source.name if source else row.file,
            "address": source.address if source else "",
            "taken_on": timezone.now().date().isoformat(),
        }

    def mark(self, row: Row, item: Intake) -> None:
        """Note what became of a row."""
        if item.refused:
            why, facts = apart(item.refused)
            note: Note = {"weight": REFUSED, "say": STAYED, "path": "", "value": "", "with": facts, "why": why}
            row.problems, row.outcome = [*row.problems, note], Outcome.REFUSED
            return
        row.applied_at = timezone.now()
        row.result = item.record
        row.before = {**(item.before or {}), "was": bool(item.before), "draft_only": not item.publish}
        telling = self.register(row.format).told.get(row.target_id or 0)
        if telling:
            moments = {name: text(getattr(telling, name)) for name in ("first_at", "last_at", "gone_at")}
            row.before["told"] = {"values": telling.values, **moments}
        row.after = item.record.number if item.record else 0

    def tell(self, rows: list[Row], intakes: list[Intake], done: list[Intake]) -> None:
        """Remember what this source says of each record."""
        went = {id(item) for item in done}
        pairs = [
            (item.record, self.resolved(row.said))
            for row, item in zip(rows, intakes, strict=True)
            if id(item) in went and item.record and not item.refused and not row.extra
        ]
        remember_telling(self.imported, pairs)

    def finish(self) -> None:
        """Say of the records that the file no longer names, where it was said to be the whole list."""
        imported = self.imported
        same = imported.rows.filter(outcome=Outcome.SAME).exclude(target=None).select_related("target")
        with transaction.atomic():
            remember_telling(imported, [(row.target, row.said) for row in same if row.target])
            if imported.options.get("whole") and not Import.objects.get(pk=imported.pk).stop:
                imported.counts["gone"] = mark_gone(imported)
            imported.counts["applied"] = imported.rows.filter(extra=False).exclude(applied_at=None).count()
            imported.state, imported.stop = State.APPLIED if imported.applied_at else State.READ, False
            imported.counts["apply_seconds"] = round(time.monotonic() - self.begun, 2)
            imported.save(update_fields=["state", "stop", "counts", "applied_at"])


def lead_of(item: Intake) -> str:
    """The organisation that leads, organises or teaches, by its identifier."""
    values = item.values
    for part in values.get("organisations", ()):
        if isinstance(part, dict) and part.get("role") == "lead":
            return str(part.get("organisation", ""))
    return str(values.get("organiser") or values.get("institution") or "")


def remember_telling(imported: Import, pairs: list[tuple[Record, dict[str, Any]]]) -> None:
    """What the source said, now for the last time; it lists these records again."""
    if imported.source is None:
        return
    now = timezone.now()
    for start in range(0, len(pairs), CHUNK):
        tellings = [
            Telling(source=imported.source, record=record, values=values, first_at=now, last_at=now)
            for record, values in dict(pairs[start : start + CHUNK]).items()
        ]
        Telling.objects.bulk_create(
            tellings,
            update_conflicts=True,
            unique_fields=["source", "record"],
            update_fields=["values", "last_at", "gone_at"],
        )


def mark_gone(imported: Import) -> int:
    """The records that this source named before and names no more; what a row looks like may still be there."""
    known = named_by(imported.source, imported.format).filter(last_at__lt=imported.made_at)
    return unnamed(known, imported).update(gone_at=timezone.now())


def named_by(source: Source | None, code: str) -> QuerySet[Telling]:
    """What a source names of one type until now."""
    return Telling.objects.filter(source=source, record__format=code, gone_at=None)


def unnamed(known: QuerySet[Telling], imported: Import) -> QuerySet[Telling]:
    """What of it no row of an import is about."""
    return known.exclude(record__in=imported.rows.exclude(target=None).values("target"))
