"""Writing synthetic records in bulk."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from kapok import vocab
from kapok.formats.format import format_of
from kapok.people import governments
from kapok.people.models import Body, Kind
from kapok.records.benchdata.values import Author, numbers
from kapok.records.models import Freshness, Record, Reference, Sequence, Stage, Version
from kapok.workflow.clock import freshness, months_after

SEED = 2003
CHUNK = 2_000
TOLD_EVERY = 20_000
SOURCE = [{"words": "Synthetic; made by kapok bench-data"}]
Echo = Callable[[str], None]


class NotEmpty(Exception):
    """The installation holds records already."""


def fill(total: int, echo: Echo, seed: int = SEED) -> int:
    """Write so many synthetic records into an installation that holds none; answers with how many."""
    if Record.objects.exists():
        raise NotEmpty("This installation holds records already; synthetic ones go into a fresh one.")
    begun = time.monotonic()
    governments.ensure((country.id, country.labels) for country in vocab.vocabulary("country").terms)
    Filler(total, echo, seed).write()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    echo(f"{total} records are written ({time.monotonic() - begun:.0f} seconds).")
    return total


class Filler:
    """Writes format after format, so that each record finds those it points to."""

    def __init__(self, total: int, echo: Echo, seed: int) -> None:
        self.total, self.echo = total, echo
        self.dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self.today = timezone.now().date()
        self.counts = numbers(total)
        self.author = Author(self.dice, self.today, self.counts)
        self.bodies = {body.code: body.pk for body in Body.objects.filter(kind=Kind.GOVERNMENT)}
        # The database's own number of each record that may be pointed to, by prefix, in order of identifiers.
        self.keys: dict[str, list[int]] = {}
        self.done = 0

    def write(self) -> None:
        """All formats."""
        for code, count in self.counts.items():
            form = format_of(code)
            made = self.records(code, count)
            while chunk := list(islice(made, CHUNK)):
                with transaction.atomic():
                    self.keep(chunk)
                self.tell(len(chunk))
            Sequence.objects.update_or_create(prefix=form.prefix, defaults={"last": count})

    def records(self, code: str, count: int) -> Iterator[Record]:
        """Records of one format, not yet saved."""
        form = format_of(code)
        for number in range(1, count + 1):
            values = self.author.make(code)
            published = self.moment()
            record = Record(
                identifier=f"{form.prefix}-{number:06}",
                format=code,
                stage=Stage.PUBLISHED,
                values=values,
                number=1,
                illustrative=True,
                sources=SOURCE,
                published_at=published,
                changed_at=published,
                turns_on=form.turns(values, self.today),
            )
            self.start_clock(record, form.confirm_after)
            yield record

    def keep(self, chunk: list[Record]) -> None:
        """Save records with their bodies, versions and references."""
        if chunk[0].format == "organisation":
            self.keep_bodies(chunk)
        for record in chunk:
            record.owner_id = self.owner(record)
        Record.objects.bulk_create(chunk)
        self.keys.setdefault(chunk[0].form.prefix, []).extend(record.pk for record in chunk)
        now = timezone.now()
        Version.objects.bulk_create(
            Version(record=record, number=1, values=record.values, at=record.changed_at or now) for record in chunk
        )
        Reference.objects.bulk_create(
            Reference(source=record, field=field, target_id=self.target(identifier))
            for record in chunk
            for field, identifier in sorted(set(record.form.references(record.values)))
        )

    def keep_bodies(self, chunk: list[Record]) -> None:
        """The bodies that stand beside organisations."""
        bodies = [
            Body(kind=Kind.ORGANISATION, code=one.identifier, names=one.values["name"], country=one.values["country"])
            for one in chunk
        ]
        self.bodies |= {body.code: body.pk for body in Body.objects.bulk_create(bodies)}

    def owner(self, record: Record) -> int:
        """A national record belongs to its government; an organisation to itself; any other to who made it."""
        values = record.values
        if record.format == "organisation":
            return self.bodies[record.identifier]
        if record.form.national:
            return self.bodies[values["government"]]
        named = values.get("organiser") or values.get("institution") or next(iter(values.get("organisations", ())), "")
        if isinstance(named, dict):
            named = named["organisation"]
        return self.bodies[named or self.author.ref("ORG", "organisation")]

    def target(self, identifier: str) -> int:
        """The database's own number of a record pointed to."""
        prefix, _dash, number = identifier.partition("-")
        return self.keys[prefix][int(number) - 1]

    def start_clock(self, record: Record, months: int | None) -> None:
        """Confirmed on some day of the last two years."""
        if months is None:
            record.freshness = Freshness.NO_CLOCK
            return
        record.confirmed_on = self.today - timedelta(days=int(self.dice.expovariate(1 / 250)) % 800)
        record.due_on = months_after(record.confirmed_on, months)
        record.freshness = Freshness(freshness(record.due_on, self.today))

    def moment(self) -> datetime:
        """Some moment of the last ten years, the latest more often."""
        day: date = self.today - timedelta(days=1 + int(3650 * self.dice.random() ** 2))
        return datetime(day.year, day.month, day.day, self.dice.randrange(24), tzinfo=UTC)

    def tell(self, count: int) -> None:
        """Say how far it got, now and then."""
        before, self.done = self.done, self.done + count
        if before // TOLD_EVERY != self.done // TOLD_EVERY:
            self.echo(f"  {self.done} of {self.total} records")
