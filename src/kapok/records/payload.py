"""A record as plain data, for the API, the page's JSON and exports."""

from typing import Any

from django.conf import settings

from kapok.records.models import Record, Stage
from kapok.records.queries import survivor


def payload(record: Record, viewer: Any = None) -> dict[str, Any]:
    """What the public may know of a record: its envelope and its published values; a merged one by its survivor."""
    record = survivor(record)
    withdrawn = record.stage == Stage.WITHDRAWN
    return {
        "id": record.identifier,
        "type": record.format,
        "url": f"{settings.ADDRESS}/records/{record.identifier}",
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
        "references": [] if withdrawn else referred_to(record),
        "referred_by": referring(record),
        "values": {} if withdrawn else record.form.public(record.values),
    }


def referred_to(record: Record) -> list[dict[str, Any]]:
    """The records that this one points to, a merged one by its survivor; each under the field that names it."""
    shown = set(record.form.references(record.form.public(record.values)))
    links = record.references.select_related("target__merged_into").order_by("field", "target__identifier")
    return [
        link(one.field, found)
        for one in links
        if (one.field, one.target.identifier) in shown and (found := survivor(one.target)).stage == Stage.PUBLISHED
    ]


def referring(record: Record) -> list[dict[str, Any]]:
    """The published records that point to this one."""
    links = record.referred_by.filter(source__stage=Stage.PUBLISHED).select_related("source")
    return [link(one.field, one.source) for one in links.order_by("source__identifier", "field")]


def link(field: str, other: Record) -> dict[str, Any]:
    """One end of a link between records."""
    address = f"{settings.ADDRESS}/records/{other.identifier}"
    return {"field": field, "id": other.identifier, "title": other.form.title_of(other.values), "url": address}


def moment(value: Any) -> str | None:
    """A day or a moment in ISO 8601."""
    return value.isoformat() if value else None
