"""Letters about records to those who keep and review them: what each says, and who gets it.

Letters about an act (submitted, returned, published) are asked for by the verb, in its transaction. Letters about what
is due are written once a day from the reminders: one letter for a person, with all the records it concerns.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kapok.core.jobs import task
from kapok.core.languages import code_of, words
from kapok.mail import letters
from kapok.people.models import Designation, Person, Role
from kapok.records import reports
from kapok.records.links import confirm_link
from kapok.records.models import Freshness, Record, Stage, Working
from kapok.workflow import reminders
from kapok.workflow.models import Reminder

FOLDER = "records/letters"
# More than these are named by their number, with the way to the desk, so that every letter stays below 20 kB.
MOST = 12
BATCH = 2000
ASKED = (Freshness.DUE, Freshness.OVERDUE, Freshness.NOT_CONFIRMED)


class Keepers:
    """Who looks after records, read at once for many of them."""

    def __init__(self, records: Iterable[Record]) -> None:
        bodies = {record.owner_id for record in records if record.owner_id}
        held = Designation.objects.in_force().filter(body_id__in=bodies, person__is_active=True)
        self.held: dict[int | None, list[Designation]] = defaultdict(list)
        for one in held.select_related("person").order_by("id"):
            self.held[one.body_id].append(one)

    def designated(self, record: Record, role: str) -> list[Person]:
        """Those who hold a role for the owner of a record."""
        return [one.person for one in self.held[record.owner_id] if one.role == role]

    def of(self, record: Record) -> list[Person]:
        """Who keeps a record: the editors of its owner, else the focal point, else its author."""
        editors = self.designated(record, Role.EDITOR) or self.designated(record, Role.FOCAL_POINT)
        return editors or ([record.author] if record.author and record.author.is_active else [])

    def focal_points(self, record: Record) -> list[Person]:
        """The focal point of the government that owns a record."""
        return self.designated(record, Role.FOCAL_POINT)

    def deciders(self, record: Record) -> list[Person]:
        """Who may publish a submitted draft."""
        if record.form.national:
            return self.focal_points(record)
        return [*self.designated(record, Role.EDITOR), *self.focal_points(record), *secretariat()]


def nobody_decides(record: Record) -> bool:
    """Is it a national record of a government that has no focal point?"""
    return record.form.national and not Keepers([record]).focal_points(record)


def secretariat() -> list[Person]:
    """The members of the Secretariat."""
    held = Designation.objects.in_force().filter(role=Role.SECRETARIAT, person__is_active=True)
    return [one.person for one in held.select_related("person").order_by("id")]


@task("records.write_about")
def write_about(event: str, identifier: str, at: str, facts: Mapping[str, Any]) -> None:
    """Write the letters about one act; `facts` are what it said, since the record may have gone on."""
    record = Record.objects.select_related("owner", "author", "draft").filter(identifier=identifier).first()
    if record is None:
        return
    by = Person.objects.filter(pk=facts.get("by") or 0).first()
    to = Keepers([record]).deciders(record) if event == "submitted" else Person.objects.filter(pk=facts.get("to") or 0)
    if event == "submitted" and nobody_decides(record):
        event, to = "no_focal_point", secretariat()
    for person in dict.fromkeys(to):
        if person.pk != facts.get("by"):
            told = {**facts, "record": record, "by": by, "title": title(person, facts.get("titles", record.titles))}
            key = f"{event}:{identifier}:{at}:{person.pk}"
            letters.send(person, f"{FOLDER}/{event}", told, key=key, kind="review")


def about(event: str, record: Record, who: Any, **facts: Any) -> None:
    """Have the letters about an act upon a draft written once it is safe; called by verbs.

    They name the draft as it was then: its title may be another than the published one.
    """
    given = {"by": getattr(who, "pk", None), "titles": record.draft.titles, **facts}
    write_about.enqueue(event, record.identifier, timezone.now().isoformat(), given)


def title(person: Person, titles: Mapping[str, str]) -> str:
    """A title in the language of the person who reads the letter."""
    with translation.override(code_of(person.language)):
        return words(titles) or _("Untitled")


@dataclass(frozen=True, slots=True)
class Telling:
    """How reminders of one kind become letters."""

    letter: str
    # The kind of letter that its receivers may turn off.
    wanted: str
    to: Callable[[Keepers, Record], list[Person]]
    still: Callable[[Reminder, Record], bool]
    # Is it about the draft, whose title may be another than the published one?
    of_draft: bool = False


TELLINGS = {
    "confirm": Telling(
        "confirm", "reminders", Keepers.of, lambda one, record: record.is_published and record.freshness in ASKED
    ),
    "report": Telling(
        "report", "reminders", Keepers.of, lambda one, record: reports.is_missing(record, timezone.now().date())
    ),
    "late": Telling("late", "review", Keepers.focal_points, lambda one, record: is_waiting(one, record), True),
    "escalated": Telling(
        "escalated", "review", lambda keepers, record: secretariat(), lambda one, record: is_waiting(one, record), True
    ),
    "lapsed": Telling("lapsed", "reminders", Keepers.of, lambda one, record: record.stage == Stage.WITHDRAWN),
}


def is_waiting(reminder: Reminder, record: Record) -> bool:
    """Does the draft still wait for the review that was due then?"""
    draft = record.working
    return draft is not None and draft.stage == Working.SUBMITTED and draft.due_on == reminder.cycle


def tell(kind: str, today: date) -> None:
    """Write the letters of all reminders of a kind that were not told yet."""
    while batch := list(reminders.untold(kind, today)[:BATCH]):
        tell_some(TELLINGS[kind], batch)


def tell_some(telling: Telling, batch: list[Reminder]) -> None:
    """Write to each person once about all of these. Killed midway, the same letters have the same keys."""
    latest = {one.thing: one for one in sorted(batch, key=lambda one: (one.due_on, one.pk))}
    identifiers = [thing.partition(":")[2] for thing in latest]
    found = Record.objects.filter(identifier__in=identifiers).select_related("owner", "author", "draft")
    records = {record.reference: record for record in found}
    keepers = Keepers(records.values())
    mine: dict[Person, list[tuple[Reminder, Record]]] = defaultdict(list)
    over = []
    for thing, one in latest.items():
        record = records.get(thing)
        if record is None or not telling.still(one, record):
            over.append(thing)
            continue
        for person in dict.fromkeys(telling.to(keepers, record)):
            mine[person].append((one, record))
    for person, pairs in mine.items():
        write(telling, person, pairs)
    with transaction.atomic():
        reminders.tell(batch)
        reminders.close(batch[0].kind, over)


def write(telling: Telling, person: Person, pairs: list[tuple[Reminder, Record]]) -> None:
    """One letter to one person about all of theirs, those due first on top."""
    pairs.sort(key=lambda pair: (str(pair[1].due_on or ""), pair[1].identifier))
    lines = [line(telling, person, one, record) for one, record in pairs[:MOST]]
    key = f"{telling.letter}:{person.pk}:{max(one.pk for one, _record in pairs)}"
    facts = {"lines": lines, "count": len(pairs), "more": len(pairs) - len(lines)}
    with transaction.atomic():
        letters.send(person, f"{FOLDER}/{telling.letter}", facts, key=key, kind=telling.wanted)


def line(telling: Telling, person: Person, reminder: Reminder, record: Record) -> dict[str, Any]:
    """One record in a letter."""
    return {
        "record": record,
        "title": title(person, record.draft.titles if telling.of_draft else record.titles),
        "step": reminder.step,
        "link": confirm_link(record, person) if reminder.kind == "confirm" else "",
        "ended_on": reports.ended_on(record),
        "due_on": record.due_on or reminder.due_on - timedelta(days=1),
    }
