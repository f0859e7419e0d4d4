"""Tell the index, within the transaction of a change, that something must be described anew."""

from kapok.core.models import Outbox


def note(key: str, topic: str = "search") -> None:
    """Write a note that `key` (such as `record:INI-000123`) has changed; the indexer will read it."""
    Outbox(topic=topic, key=key).save()
