"""Where each answer of a record comes from: who told it, since when it stands, and who says otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from kapok.core.prepared import prepared
from kapok.exchange.merging import alike, same
from kapok.exchange.models import Harvest, Telling
from kapok.exchange.models.harvests import Standing
from kapok.formats.format import shown
from kapok.formats.kinds import Kind, Parts, Text
from kapok.records.models import Record, Version


@dataclass(frozen=True, slots=True)
class Said:
    """What one source said last of one field."""

    source: str
    at: datetime
    value: Any = None


@dataclass(frozen=True, slots=True)
class Origin:
    """One field: what holds, the version it stands since, the sources that say so, and those that say otherwise."""

    name: str
    kind: Kind
    value: Any
    since: Version | None
    told: list[Said] = field(default_factory=list)
    otherwise: list[Said] = field(default_factory=list)


@prepared
def tellings(key: int) -> QuerySet[Telling]:
    """What sources said last of a record, the latest first."""
    return Telling.objects.filter(record=key).select_related("source").order_by("-last_at", "pk")


def origins(record: Record, said: list[Telling]) -> Iterator[Origin]:
    """Every public field that is answered, or that a source answers."""
    values, versions = record.form.public(record.values), list(record.versions.select_related("by").order_by("number"))
    public = [(telling, record.form.public(telling.values)) for telling in said]
    for name, kind in shown(record.form.fields):
        claims = [(telling, given[name]) for telling, given in public if not kind.is_empty(given.get(name))]
        held = values.get(name)
        if kind.is_empty(held) and not claims:
            continue
        made = Origin(name, kind, held, standing_since(kind, versions))
        for telling, value in claims:
            if agrees(kind, value, held):
                made.told.append(Said(telling.source.name, telling.last_at))
            else:
                made.otherwise.append(Said(telling.source.name, telling.last_at, value))
        yield made


def agrees(kind: Kind, said: Any, held: Any) -> bool:
    """Does a record hold what a source says? It may say more: other languages of a text, other identifiers."""
    if isinstance(kind, Text) and isinstance(held, Mapping):
        return all(held.get(tag) == text for tag, text in said.items())
    if isinstance(kind, Parts) and kind.name == "identifiers":
        return all(any(alike(kind, one, other) for other in held or ()) for one in said)
    return same(kind, said, held)


def standing_since(kind: Kind, versions: list[Version]) -> Version | None:
    """The version in which a field took the value it has."""
    since, before = None, None
    for version in versions:
        value = version.values.get(kind.name)
        if not same(kind, value, before):
            since = version
        before = value
    return since


def pages(said: list[Telling]) -> dict[int, Harvest]:
    """The public pages of these sources, by source."""
    sources = [telling.source_id for telling in said]
    found = Harvest.objects.filter(source__in=sources).exclude(standing=Standing.PROPOSED)
    return {harvest.source_id: harvest for harvest in found}
