"""What a row means: new, changed, the same, staying out, or looking like another; and why."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop

from kapok.core.rules import System
from kapok.exchange.importing.alike import LEAST, traits
from kapok.exchange.importing.cleaning import missing
from kapok.exchange.importing.comparing import Register, own_of, values_of
from kapok.exchange.importing.merging import merge
from kapok.exchange.importing.said import REFUSED, Notes
from kapok.exchange.importing.source import Told
from kapok.exchange.merging import says_same
from kapok.exchange.models import Outcome
from kapok.formats.format import Format, format_of
from kapok.records.access import may_take_one
from kapok.records.models import Record, Working
from kapok.records.verbs import Intake

if TYPE_CHECKING:
    from kapok.exchange.importing.examining import Examination

NO_TITLE = gettext_noop("There is no title in this row. Without one nobody could find the record.")
NO_SUCH = gettext_noop("There is no record %(value)s, or it is not open to you.")
NOT_YOURS = gettext_noop("Only the people of the body that owns %(record)s and the Secretariat change it.")
TWICE = gettext_noop("“%(value)s” stands in row %(row)s of this import already, which says something else.")
AGAIN = gettext_noop("“%(value)s” stands in row %(row)s of this import already, which says the same.")
OPEN_DRAFT = gettext_noop("Somebody works on a new version of %(record)s. Publish or discard that draft first.")
INCOMPLETE = gettext_noop("It goes in as a draft: these answers are missing for publication: %(labels)s.")
AS_DRAFT = gettext_noop("It goes in as a draft, since only its government or its body publishes it.")
IN_FILE = gettext_noop("It looks like row %(row)s of this import.")


@dataclass
class Judged:
    """What was found about one row."""

    outcome: str
    values: dict[str, Any] = field(default_factory=dict)
    target: Record | None = None
    score: int = 0
    reasons: list[dict[str, Any]] = field(default_factory=list)
    draft: bool = False
    # What is kept of how it came out of Kapok, for when it goes in.
    own: dict[str, Any] | None = None

    @property
    def before(self) -> dict[str, Any]:
        """What the row keeps until it goes in."""
        number = {"number": self.target.number} if self.target else {}
        return {**number, "draft": self.draft, **({"own": self.own} if self.own else {})}


def judge(run: "Examination", told: Told, said: dict[str, Any], number: int) -> Judged:
    """Find what the row speaks of and what it would do."""
    form, notes = format_of(told.format), told.notes
    register = run.register(told.format)
    if (twice := repeated(run, told, said, number)) is not None:
        return twice
    record = register.record_of(told)
    if told.identifier and record is None:
        notes.refuse(NO_SUCH, "id", told.identifier)
    if record is None and not form.title_of(said):
        notes.refuse(NO_TITLE, "title" if "title" in form.fields else "name")
    if notes.of(REFUSED):
        return Judged(Outcome.REFUSED, target=record)
    if record:
        return of_record(run, register, record, said, told)
    found = similar(register, form, said, number)
    if found.outcome == Outcome.NEW:
        found.values = said
        found.draft = goes_in(run, form, said, None, notes)
    return found


def repeated(run: "Examination", told: Told, said: dict[str, Any], number: int) -> Judged | None:
    """A row whose identifier stood in an earlier one."""
    names = [(told.format, code) for _scheme, code in told.identifiers] + [(told.format, told.identifier)]
    for name in names:
        if not name[1]:
            continue
        before = run.seen.setdefault(name, number)
        if before == number:
            continue
        if says_same(format_of(told.format), run.said(before), said):
            told.notes.remark(AGAIN, "identifiers", name[1], row=before)
            return Judged(Outcome.SAME)
        told.notes.refuse(TWICE, "identifiers", name[1], row=before)
        return Judged(Outcome.REFUSED)
    return None


def of_record(run: "Examination", register: Register, record: Record, said: dict[str, Any], told: Told) -> Judged:
    """A row about a record that is there."""
    notes = told.notes
    current = values_of(record)
    before, others = register.before.get(record.pk, {}), register.others.get(record.pk, [])
    own, kept = own_of(told, record) if told.identifier else (None, None)
    merged = merge(record.form, current, said, before, others, notes, own=own)
    if not merged.changed:
        return Judged(Outcome.SAME, target=record, own=kept)
    if record.working and (record.number or record.draft.stage == Working.SUBMITTED):
        notes.refuse(OPEN_DRAFT, record=record.identifier)
        return Judged(Outcome.REFUSED, target=record)
    draft = goes_in(run, record.form, merged.values, record, notes)
    if not may_take_one(run.by, Intake(record.form, merged.values, record=record, publish=not draft)):
        notes.refuse(NOT_YOURS, record=record.identifier)
        return Judged(Outcome.REFUSED, target=record)
    return Judged(Outcome.CHANGED, merged.values, record, draft=draft, own=kept)


def similar(register: Register, form: type[Format], said: dict[str, Any], number: int) -> Judged:
    """New, unless it looks like a record or an earlier row; the same where it says nothing that the record does not."""
    own = traits(form, said, f"#{number}")
    identifier, score, reasons = register.alike.best(own)
    register.alike.add(own)
    if score < LEAST:
        return Judged(Outcome.NEW)
    if identifier.startswith("#"):
        reasons.insert(0, {"say": IN_FILE, "with": {"row": identifier[1:]}})
        return Judged(Outcome.SIMILAR, score=score, reasons=reasons)
    target = register.visible().filter(identifier=identifier).first()
    if target and not merge(form, values_of(target), said, {}, [], Notes()).changed:
        return Judged(Outcome.SAME, target=target)
    return Judged(Outcome.SIMILAR, target=target, score=score, reasons=reasons)


def goes_in(
    run: "Examination", form: type[Format], values: dict[str, Any], record: Record | None, notes: Notes
) -> bool:
    """Does it go in as a draft? Told with the reason."""
    if record is not None and record.number == 0:
        return True
    if run.imported.options.get("drafts"):
        return True
    intake = Intake(form, values, record=record, owner=run.imported.body, publish=True)
    if not may_take_one(run.by, intake):
        if publishes_any(run):
            notes.remark(AS_DRAFT)
        return True
    open_ = missing(form, values)
    if not open_:
        return False
    strict = not (isinstance(run.by, System) or run.by.is_secretariat)
    if strict:
        notes.remark(INCOMPLETE, labels=open_)
    run.counts["open"] += 1
    return strict


def publishes_any(run: "Examination") -> bool:
    """May this person publish anything of this import? Then a draft deserves a word."""
    by = run.by
    return (
        isinstance(by, System)
        or by.is_secretariat
        or bool(run.imported.body and run.imported.body.pk in by.edits_for())
    )
