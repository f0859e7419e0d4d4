"""Sources that illustrate how Kapok fetches by the clock: the code that reads real ones reads files of the demo."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from kapok.core.outbox import note
from kapok.core.rules import Refused, filled
from kapok.exchange.harvest import fetching, verbs
from kapok.exchange.harvest.asking import Brought
from kapok.exchange.harvest.client import FAILED
from kapok.exchange.models import Fetch, Harvest, Import, Row, Source, Telling
from kapok.exchange.models.harvests import Kind, Rhythm
from kapok.people.models import Body, Person
from kapok.records.models import Record
from kapok.site.demo import tables

UNCHANGED, ERROR = "unchanged", "error"


@dataclass(frozen=True)
class Shown:
    """A source, who registered it, and what came when it was asked so many days ago: a file, nothing new, an error."""

    name: str
    owner: str
    by: str
    address: str
    rhythm: Rhythm
    asked: tuple[tuple[int, str], ...] = ()
    kind: Kind = Kind.FILE
    format: str = "initiative"


SOURCES = (
    Shown(
        "Illustrative Development Fund: activities in IATI",
        "x-fund",
        "secretariat@demo.example",
        "https://iati.demo.example/fund/activities.xml",
        Rhythm.WEEKLY,
        ((98, "fund-first.xml"), (91, UNCHANGED), (84, ERROR), (77, "fund-second.xml"), (70, UNCHANGED)),
    ),
    Shown(
        "Red Ilustrativa de Laboratorios: lista de proyectos",
        "x-laboratories",
        "secretariat@demo.example",
        "https://datos.demo.example/red/proyectos.csv",
        Rhythm.MONTHLY,
        (
            (92, "laboratories-first.csv"),
            (62, "laboratories-second.csv"),
            (32, UNCHANGED),
            (2, "laboratories-third.csv"),
        ),
    ),
    Shown(
        "Illustrative Development Fund: publications",
        "x-fund",
        "editor.fund@demo.example",
        "https://library.demo.example/oai",
        Rhythm.DAILY,
        kind=Kind.OAI,
        format="resource",
    ),
)


def load(people: Mapping[str, Person], known: Mapping[str, str]) -> None:
    """Register each source, and ask it as often as its history tells."""
    for shown in SOURCES:
        source = Source(body=Body.objects.get(code=known[shown.owner]), illustrative=True)
        facts: dict[str, Any] = {"kind": shown.kind, "format": shown.format, "rhythm": shown.rhythm, "whole": True}
        who = people[shown.by]
        harvest = verbs.register(Harvest(source=source), by=who, name=shown.name, address=shown.address, **facts)
        for days, what in shown.asked:
            begun = timezone.now()
            date_back(fetching.fetch(harvest, partial(brought, shown, what)), begun, begun - timedelta(days=days))


def brought(shown: Shown, what: str, harvest: Harvest) -> Brought:
    """What the source answers."""
    if what == ERROR:
        raise Refused(filled(FAILED, host=shown.address.split("/")[2], code=503))
    if what == UNCHANGED:
        return Brought()
    return Brought([(shown.address.rpartition("/")[2], tables.text(f"sources/{what}").encode())])


def date_back(made: Fetch, begun: datetime, moment: datetime) -> None:
    """Everything stands as if the fetch had been then; what it brought is marked illustrative."""
    Fetch.objects.filter(pk=made.pk).update(at=moment)
    if made.imported is None:
        return
    imports = Import.objects.filter(pk=made.imported.pk)
    imports.update(made_at=moment, read_at=moment)
    imports.exclude(applied_at=None).update(applied_at=moment)
    tellings = Telling.objects.filter(source=made.harvest.source)
    for name in ("first_at", "last_at", "gone_at"):
        tellings.filter(**{f"{name}__gte": begun}).update(**{name: moment})
    Row.objects.filter(imported=made.imported).exclude(applied_at=None).update(applied_at=moment)
    brought_in = Record.objects.filter(pk__in=Row.objects.filter(imported=made.imported).values("result"))
    for record in brought_in:
        record.illustrative, record.changed_at = True, moment
        if record.published_at and record.published_at >= begun:
            record.published_at = moment
        record.sources = [{**one, "taken_on": moment.date().isoformat()} for one in record.sources]
        record.save(update_fields=["illustrative", "changed_at", "published_at", "sources"])
        record.versions.filter(at__gte=begun).update(at=moment)
        note(record.reference)
