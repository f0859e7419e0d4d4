"""Undoing an import: each record as it was before, some at a time; what somebody changed since stays, and is told."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from kapok.core.rules import SYSTEM
from kapok.exchange.models import Import, Row, State, Telling
from kapok.records import verbs
from kapok.records.verbs import Return, Returns
from kapok.records.verbs.putback import CHANGED

CHUNK = 200


class Undoing:
    """One undoing; run again after a death, it goes on with the rows that are left."""

    def __init__(self, imported: Import) -> None:
        self.imported = imported
        self.by: Any = SYSTEM

    def run(self) -> Import:
        """The last rows first, so that what others point to goes after them."""
        while self.step():
            pass
        imported = self.imported
        # What it left out of a whole list is not missed any more.
        missed = Telling.objects.filter(source=imported.source, last_at__lt=imported.made_at)
        missed.filter(gone_at__gte=imported.applied_at).update(gone_at=None)
        imported.state, imported.undone_at = State.UNDONE, timezone.now()
        imported.counts["kept"] = imported.rows.exclude(undone="").count()
        imported.save(update_fields=["state", "undone_at", "counts"])
        return imported

    def step(self) -> bool:
        """One chunk in one transaction."""
        with transaction.atomic():
            held = Import.objects.select_for_update().get(pk=self.imported.pk)
            found = held.rows.exclude(applied_at=None).select_related("result", "result__owner")
            rows = list(found.order_by("extra", "-number")[:CHUNK])
            if not rows:
                return False
            self.put_back(rows)
        return True

    def unsay(self, rows: list[Row]) -> None:
        """What the source said with this import is as it was before, or unsaid."""
        source = self.imported.source
        Telling.objects.filter(source=source, record__in=[row.result_id for row in rows]).delete()
        again = [
            Telling(source=source, record=row.result, **kept) for row in rows if row.result and (kept := told(row))
        ]
        Telling.objects.bulk_create(again)

    def put_back(self, rows: list[Row]) -> None:
        """Rows through the verb of records, then what it said."""
        pairs = [(row, Return(row.result, before(row), row.after)) for row in rows if row.result]
        batch = Returns([item for _row, item in pairs], self.imported.undone_by, {"import": self.imported.pk})
        verbs.put_back(batch, by=self.by)
        self.unsay([row for row, item in pairs if item.said != CHANGED])
        for row, item in pairs:
            row.undone = item.said
        for row in rows:
            row.applied_at = None
        Row.renew(rows, "undone", "applied_at")


def told(row: Row) -> dict[str, Any] | None:
    """What its source had said of the record before."""
    kept: dict[str, Any] | None = (row.before or {}).get("told")
    return kept


def before(row: Row) -> dict[str, Any] | None:
    """How the record was before; None for one that the row made."""
    return row.before if row.before and row.before.get("was") else None
