"""A record as plain data, for the API, the page's JSON and exports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from kapok.records.models import Record, Reference, Stage
from kapok.records.queries import survivor


def payload(record: Record, viewer: Any = None) -> dict[str, Any]:
    """What the public may know of a record: its envelope and its published values; a merged one by its survivor."""
    record = survivor(record)
    return described(record, referring([record])[record.pk])


def described(record: Record, referred_by: list[dict[str, str]]) -> dict[str, Any]:
    """The same, for a record whose pointing ones are known already."""
    withdrawn = record.stage == Stage.WITHDRAWN
    return {
        "id": record.identifier,
        "type": record.format,
        "url": address_of(record),
        "title": record.form.title_of(record.values),
        "stage": str(record.stage),
        "withdrawn_because": record.withdrawn_because,
        "version": record.number,
        "format_version": record.form.version,
        "languages": record.form.languages(record.values),
        "owner": {"code": record.owner.code, "names": record.owner.names} if record.owner else None,
        "published_at": moment(record.published_at),
        "changed_at": moment(record.changed_at),
        "confirmed_on": moment(record.confirmed_on),
        "due_on": moment(record.due_on),
        "freshness": str(record.freshness),
        "reviewed": record.reviewed,
        "illustrative": record.illustrative,
        "sources": record.sources,
        "aliases": [{"scheme": one.scheme, "identifier": one.identifier} for one in record.aliases.all()],
        "referred_by": referred_by,
        "values": {} if withdrawn else record.form.public(record.values),
    }


def address_of(record: Record) -> str:
    """The lasting address of a record, the same in all languages."""
    return f"{settings.ADDRESS}/records/{record.identifier}"


def referring(records: Iterable[Record]) -> Mapping[int, list[dict[str, str]]]:
    """The published records that point to each of these, by its key in the database."""
    links = Reference.objects.filter(target__in=list(records), source__stage=Stage.PUBLISHED)
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    told = links.order_by("source__identifier", "field").values_list("target_id", "source__identifier", "field")
    for target, identifier, field in told:
        found[target].append({"id": identifier, "field": field})
    return found


def moment(value: Any) -> str | None:
    """A day or a moment in ISO 8601."""
    return value.isoformat() if value else None
