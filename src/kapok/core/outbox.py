"""Tell the index, within the transaction of a change, that something must be described anew."""

from collections.abc import Iterable

from kapok.core.models import Outbox, settled


def note(key: str, topic: str = "search") -> None:
    """Write a note that `key` (such as `record:INI-000123`) has changed; the indexer will read it."""
    Outbox(topic=topic, key=key).save()


def note_all(keys: Iterable[str], topic: str = "search") -> None:
    """Write a note for each of many things at once."""
    moment = settled()
    Outbox.objects.bulk_create([Outbox(topic=topic, key=key, transaction=moment) for key in keys])
