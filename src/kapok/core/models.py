"""The trail of all that was done, and the outbox of what the search index must hear of."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from kapok.core.jobs.models import Due, Job

__all__ = ["Due", "Entry", "Job", "Outbox"]


class Entry(models.Model):
    """One act in the trail: which verb, on what, by whom, when. Entries are never changed.

    Each entry holds the hash of the one before it, so that a change to history shows (`kapok verify`).
    """

    verb = models.CharField(max_length=80)
    thing = models.CharField(max_length=120, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    capacity = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(db_index=True)
    details = models.JSONField(default=dict, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("entry of the trail")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.verb} {self.thing}"

    def compute(self) -> str:
        """The hash over all that the entry says, its place in the chain included.

        The person is left out: an account may be erased at its owner's wish without breaking the chain.
        """
        said: list[Any] = [self.verb, self.thing, self.capacity, self.at.isoformat(), self.details, self.previous]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Outbox(models.Model):
    """A note that something the index holds has changed, written in the transaction of the change."""

    topic = models.CharField(max_length=40, default="search")
    key = models.CharField(max_length=160)
    created_at = models.DateTimeField(auto_now_add=True)
    # PostgreSQL hands out ids before commit; the transaction's own number tells which rows are settled.
    transaction = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("note to the index")
        ordering = ("id",)
        indexes = [models.Index(fields=["topic", "id"])]

    def __str__(self) -> str:
        return f"{self.id} {self.key}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.transaction is None:
            self.transaction = settled()
        super().save(*args, **kwargs)


def settled() -> int | None:
    """The number of the present transaction, where the database hands out ids before commit."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT txid_current()")
        number: int = cursor.fetchone()[0]
    return number
