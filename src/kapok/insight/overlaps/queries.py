"""Overlaps as pages and the API show them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from kapok import vocab
from kapok.core.prepared import prepared
from kapok.formats.kinds import knowing
from kapok.insight.access import overlaps_visible_to
from kapok.insight.models import Overlap, OverlapAnswer
from kapok.insight.overlaps import facts, held
from kapok.insight.overlaps.finding import near
from kapok.insight.overlaps.words import Reason, reasons
from kapok.records.access import visible_to
from kapok.records.models import Record, Reference, Stage
from kapok.records.queries import with_owners

FEW = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One overlap as seen from a record, or a pair in a list."""

    record: Record
    other: Record
    kind: str
    reasons: list[Reason]
    answers: list[OverlapAnswer] = field(default_factory=list)
    count: int = 0


@prepared
def overlapping(key: int) -> QuerySet[Overlap]:
    """The overlaps of an initiative, those with most reasons first. Everybody sees these."""
    return overlaps_visible_to(AnonymousUser()).filter(Q(first=key) | Q(second=key))[: 2 * FEW]


def of_record(record: Record) -> list[Line]:
    """The overlaps of a published initiative with their reasons in words."""
    return lines(overlapping(record.pk), record)


def lines(found: Iterable[Overlap], record: Record | None = None) -> list[Line]:
    """Overlaps with reasons in words and the answers of the owners."""
    found = with_records(found, record)
    said = answers(found) if found else {}
    with knowing({one for overlap in found for one in overlap.shared["bodies"]}):
        return [
            Line(
                record=record or one.first,
                other=one.other(record) if record else one.second,
                kind=one.kind,
                reasons=reasons(one.shared, one.kind),
                answers=said[one.first_id, one.second_id],
                count=one.reasons,
            )
            for one in found
        ]


def with_records(found: Iterable[Overlap], record: Record | None = None) -> list[Overlap]:
    """Overlaps with their records and the owners of these, each read once."""
    found = list(found)
    known = {record.pk: record} if record else {}
    sought = {pk for one in found for pk in (one.first_id, one.second_id)} - set(known)
    known |= {one.pk: one for one in with_owners(sorted(sought))}
    for one in found:
        one.first, one.second = known[one.first_id], known[one.second_id]
    return found


@prepared
def answered(first: Sequence[int], second: Sequence[int]) -> QuerySet[OverlapAnswer]:
    """What was said about overlaps between some initiatives and others."""
    return OverlapAnswer.objects.filter(first__in=first, second__in=second).select_related("body", "side")


def answers(found: list[Overlap]) -> Mapping[tuple[int, int], list[OverlapAnswer]]:
    """What was said about each, the oldest first."""
    said: dict[tuple[int, int], list[OverlapAnswer]] = defaultdict(list)
    for one in answered(sorted({one.first_id for one in found}), sorted({one.second_id for one in found})):
        said[one.first_id, one.second_id].append(one)
    return said


def of_draft(who: Any, record: Record, values: Mapping[str, Any]) -> list[Line]:
    """What is known already where a draft wants to go, from its answers so far."""
    sought = facts.of(values, record.pk or 0)
    if not sought.countries or not sought.themes:
        return []
    shelf = held.shelf()
    found = near(shelf, shelf.seek(sought), FEW)[0]
    open_ = visible_to(who).filter(pk__in=[one.key for one in found], stage=Stage.PUBLISHED)
    known = {one.pk: one for one in open_}
    with knowing({body for one in found for body in one.shared["bodies"]}):
        return [
            Line(record, known[one.key], one.kind, reasons(one.shared, one.kind), count=one.reasons)
            for one in found
            if one.key in known
        ]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which overlaps a list shows."""

    country: str = ""
    organisation: str = ""
    kind: str = ""


def listed(who: Any, asked: Asked) -> QuerySet[Overlap]:
    """The overlaps in a country, of an organisation, of a kind."""
    found = overlaps_visible_to(who)
    if asked.country:
        found = found.filter(places__contains=f" {asked.country} ")
    if asked.organisation:
        part = Reference.objects.filter(target__identifier=asked.organisation, source__format="initiative")
        mine = part.values("source_id")
        found = found.filter(Q(first__in=mine) | Q(second__in=mine))
    return found.filter(kind=asked.kind) if asked.kind else found


@dataclass(frozen=True, slots=True)
class Cluster:
    """Three or more initiatives that do the same kind of thing in one country."""

    theme: str
    label: str
    records: list[Record]


def clusters(found: Iterable[Overlap]) -> list[Cluster]:
    """Where more than two come together on one theme, each linked to another; the largest first."""
    groups: dict[str, list[set[int]]] = defaultdict(list)
    known: dict[int, Record] = {}
    for one in found:
        known |= {one.first_id: one.first, one.second_id: one.second}
        for theme in one.shared["themes"]:
            join(groups[theme], {one.first_id, one.second_id})
    made = [
        Cluster(theme, vocab.label("theme", theme), [known[pk] for pk in sorted(pks)])
        for theme, sets in groups.items()
        for pks in sets
        if len(pks) > 2
    ]
    return sorted(made, key=lambda one: (-len(one.records), one.label))


def join(sets: list[set[int]], pair: set[int]) -> None:
    """Put a pair into the set it touches; sets that touch now become one."""
    touched = [one for one in sets if one & pair]
    merged = pair.union(*touched)
    sets[:] = [one for one in sets if not one & pair]
    sets.append(merged)


@prepared
def naming_as_joint(key: int) -> QuerySet[Reference, int]:
    """The keys of the initiatives that name one in their joint actions."""
    pointing = Reference.objects.filter(target=key, field="joint_actions").order_by("source_id")
    return pointing.values_list("source_id", flat=True)[:30]


def joint_actions(record: Record) -> list[tuple[Record, dict[str, Any]]]:
    """What other published initiatives say they do jointly with this one."""
    keys = [key for key in naming_as_joint(record.pk) if key != record.pk]
    naming = Record.objects.filter(stage=Stage.PUBLISHED, pk__in=keys).order_by("identifier") if keys else []
    return [
        (one, action)
        for one in naming
        for action in one.values.get("joint_actions", ())
        if record.identifier in action.get("initiatives", ())
    ]
