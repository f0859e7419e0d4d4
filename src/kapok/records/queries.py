"""Readings of the registers that several places need."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from kapok.core.prepared import prepared
from kapok.formats.kinds import Target, resolver
from kapok.records.access import visible_to
from kapok.records.models import Alias, Record, Reference, Stage

# What a link says of a record that is before the public. Of others the draft, or the survivor, is asked besides.
LINKED = ("identifier", "format", "stage", "values")
REFERRING = 30


@prepared
def open_to_visitors(identifier: str) -> QuerySet[Record]:
    """The record of an identifier as a visitor may open it. Visitors see no drafts, so none is read."""
    return visible_to(AnonymousUser()).select_related(None).select_related("owner").filter(identifier=identifier)


@prepared
def named_so(identifiers: Sequence[str]) -> QuerySet[Record]:
    """The records of some identifiers, with what a link says of them."""
    return Record.objects.filter(identifier__in=identifiers).only(*LINKED).order_by()


@prepared
def with_owners(keys: Sequence[int]) -> QuerySet[Record]:
    """Records by their keys, with what a link says of them and their owners."""
    return Record.objects.select_related("owner").filter(pk__in=keys).only(*LINKED, "owner").order_by()


@prepared
def known_as(key: int) -> QuerySet[Alias]:
    """The names under which others know a record."""
    return Alias.objects.filter(record=key)


@prepared
def merged_into(key: int) -> QuerySet[Record, int]:
    """The keys of the records that a record stands for."""
    return Record.objects.filter(merged_into=key).order_by().values_list("pk", flat=True)


@prepared
def pointing_to(these: Sequence[int], apart_from: int) -> QuerySet[Record]:
    """The published records that point to some records: by type, the latest first."""
    pointing = Reference.objects.filter(target__in=these).values("source")
    found = Record.objects.filter(pk__in=pointing, stage=Stage.PUBLISHED).exclude(pk=apart_from)
    return found.only("identifier", "format", "values").order_by("format", "-published_at")[:REFERRING]


@resolver
def targets(identifiers: Iterable[str]) -> dict[str, Target]:
    """Records by identifier, for links between them."""
    found = named_so(list(identifiers))
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
