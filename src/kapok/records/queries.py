"""Readings of the registers that several places need."""

from collections.abc import Iterable

from kapok.formats.kinds import Target, resolver
from kapok.records.models import Record, Stage

# What a link says of a record that is before the public. Of others the draft, or the survivor, is asked besides.
LINKED = ("identifier", "format", "stage", "values")


@resolver
def targets(identifiers: Iterable[str]) -> dict[str, Target]:
    """Records by identifier, for links between them."""
    found = list(Record.objects.filter(identifier__in=list(identifiers)).only(*LINKED).order_by())
    rest = [one.pk for one in found if one.stage != Stage.PUBLISHED]
    whole = Record.objects.select_related("draft", "merged_into").in_bulk(rest) if rest else {}
    return {one.identifier: target(survivor(whole.get(one.pk, one))) for one in found}


def target(record: Record) -> Target:
    """What must be known to link to a record."""
    public = record.stage == Stage.PUBLISHED
    return Target(record.identifier, record.format, record.titles, record.get_absolute_url(), public)


def survivor(record: Record) -> Record:
    """The record that a merged one stands for, through any number of merges."""
    seen = {record.pk}
    while record.stage == Stage.MERGED and record.merged_into and record.merged_into.pk not in seen:
        record = record.merged_into
        seen.add(record.pk)
    return record
