"""Overlaps of one record once it is published, and of all every night."""

from kapok.core.jobs import every, task
from kapok.core.news import announce, listen
from kapok.insight.overlaps import keeping
from kapok.records.models import Record

CHANGES = ("publish", "amend", "adopt", "restore", "withdraw", "merge", "unmerge")


@task("insight.find_overlaps")
def find_overlaps(identifier: str) -> None:
    """Find the overlaps of one initiative."""
    record = Record.objects.filter(identifier=identifier, format="initiative").first()
    if record is not None:
        keeping.look(record)
        announce("insight.found", record.reference)


@every("20 1 * * *", "insight.find_all_overlaps")
def find_all_overlaps() -> None:
    """Find those of all, and put right what a lost job left behind."""
    keeping.look_at_all()
    announce("insight.found", "overlaps")


@listen(*(f"records.{change}" for change in CHANGES), together=True)
def hear(references: list[str], **facts: object) -> None:
    """Have changed initiatives looked at soon."""
    identifiers = [reference.partition(":")[2] for reference in references]
    find_overlaps.enqueue_each(one for one in identifiers if one.startswith("INI-"))
