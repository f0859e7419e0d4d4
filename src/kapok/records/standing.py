"""The body beside an organisation's record, for which persons can be designated."""

from urllib.parse import urlsplit

from kapok.people import bodies
from kapok.people.models import Body
from kapok.records.models import Record


def stand_beside(record: Record) -> Body:
    """The body of an organisation's record, under the same identifier, with the names the record gives."""
    host = (urlsplit(record.values.get("web", "")).hostname or "").removeprefix("www.")
    country = record.values.get("country", "")
    names = record.values.get("name", {})
    return bodies.ensure(record.identifier, names, country=country, domains=[host] if host else [])
