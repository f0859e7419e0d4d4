"""A record as plain data, for the API, the page's JSON and exports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from kapok.records.models import Record, Reference, Stage
from kapok.records.queries import survivor


def payload(record: Record, viewer: Any = None) -> dict[str, Any]:
    """What the public may know of a record: its envelope and its published values; a merged one by its survivor."""
    record = survivor(record)
    return described(record, links_of([record]))


@dataclass(frozen=True, slots=True)
class Links:
    """Where records point to and what points to them, by their keys in the database."""

    forth: Mapping[int, list[dict[str, Any]]]
    back: Mapping[int, list[dict[str, Any]]]


def described(record: Record, links: Links) -> dict[str, Any]:
    """The same, for a record whose links are known already. Of one that was withdrawn only the reason is told."""
    withdrawn = record.stage == Stage.WITHDRAWN
    return {
        "id": record.identifier,
        "type": record.format,
        "url": address_of(record),
        "title": {} if withdrawn else record.form.title_of(record.values),
        "stage": str(record.stage),
        "withdrawn_because": record.withdrawn_because,
        "version": record.number,
        "format_version": record.form.version,
        "languages": [] if withdrawn else record.form.languages(record.values),
        "owner": {"code": record.owner.code, "names": record.owner.names} if record.owner else None,
        "published_at": moment(record.published_at),
        "changed_at": moment(record.changed_at),
        "confirmed_on": moment(record.confirmed_on),
        "due_on": moment(record.due_on),
        "freshness": str(record.freshness),
        "reviewed": record.reviewed,
        "illustrative": record.illustrative,
        "sources": [] if withdrawn else record.sources,
        "aliases": [] if withdrawn else aliases_of(record),
        "references": [] if withdrawn else links.forth.get(record.pk, []),
        "referred_by": links.back.get(record.pk, []),
        "values": {} if withdrawn else record.form.public(record.values),
    }


def aliases_of(record: Record) -> list[dict[str, str]]:
    """The identifiers that others gave it."""
    return [{"scheme": one.scheme, "identifier": one.identifier} for one in record.aliases.all()]


def address_of(record: Record) -> str:
    """The lasting address of a record, the same in all languages."""
    return f"{settings.ADDRESS}/records/{record.identifier}"


def links_of(records: Iterable[Record]) -> Links:
    """The links of some records, looked up at once."""
    some = list(records)
    return Links(referred_to(some), referring(some))


def referred_to(records: list[Record]) -> Mapping[int, list[dict[str, Any]]]:
    """The records that each of these points to, a merged one by its survivor; each under the field that names it."""
    shown = {(record.pk, *pair) for record in records for pair in record.form.references(public(record))}
    links = list(Reference.objects.filter(source__in=records).order_by("field", "target__identifier"))
    targets = Record.objects.select_related("merged_into").in_bulk({one.target_id for one in links})
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in links:
        named = targets[one.target_id]
        target = survivor(named)
        if (one.source_id, one.field, named.identifier) in shown and target.stage == Stage.PUBLISHED:
            found[one.source_id].append(link(one.field, target))
    return found


def public(record: Record) -> dict[str, Any]:
    """Its values without what is private."""
    return record.form.public(record.values)


def referring(records: list[Record]) -> Mapping[int, list[dict[str, Any]]]:
    """The published records that point to each of these."""
    links = Reference.objects.filter(target__in=records, source__stage=Stage.PUBLISHED)
    named = list(links.order_by("source__identifier", "field"))
    sources = Record.objects.only("identifier", "format", "values").in_bulk({one.source_id for one in named})
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in named:
        found[one.target_id].append(link(one.field, sources[one.source_id]))
    return found


def link(field: str, other: Record) -> dict[str, Any]:
    """One end of a link between records."""
    titles = other.form.title_of(other.values)
    return {"field": field, "id": other.identifier, "title": titles, "url": address_of(other)}


def moment(value: Any) -> str | None:
    """A day or a moment in ISO 8601."""
    return value.isoformat() if value else None
