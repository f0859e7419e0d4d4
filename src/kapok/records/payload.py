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
        "referred_by": referring(record),
        "values": {} if withdrawn else record.form.public(record.values),
    }


def referring(record: Record) -> list[dict[str, str]]:
    """The published records that point to this one."""
    links = record.referred_by.filter(source__stage=Stage.PUBLISHED).order_by("source__identifier", "field")
    return [
        {"id": identifier, "field": field} for identifier, field in links.values_list("source__identifier", "field")
    ]


def moment(value: Any) -> str | None:
    """A day or a moment in ISO 8601."""
    return value.isoformat() if value else None
