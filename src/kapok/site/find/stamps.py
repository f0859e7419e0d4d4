"""When the records of a list were published and last changed, for feeds, calendars and digests."""

from collections.abc import Iterable
from datetime import datetime

from kapok.records.models import Record, Stage

Stamps = dict[str, tuple[datetime, datetime]]


def stamps(identifiers: Iterable[str]) -> Stamps:
    """First publication and last change of published records, by identifier."""
    found = Record.objects.filter(identifier__in=list(identifiers), stage=Stage.PUBLISHED, published_at__isnull=False)
    rows = found.values_list("identifier", "published_at", "changed_at")
    return {identifier: (published, changed or published) for identifier, published, changed in rows if published}
