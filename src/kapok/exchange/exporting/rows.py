"""Records on their way out: through the door, a stretch at a time, with nothing private among their values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, prefetch_related_objects

from kapok.records.access import drafts_visible_to, visible_to
from kapok.records.models import Record, Stage

# The first stretch is short, so that the first byte leaves at once.
FIRST, STRETCH = 25, 500
DRAFT = "/draft"
REFERENCE = "record:"


@dataclass(frozen=True, slots=True)
class Taken:
    """One record as it goes out: `values` are public, `stage` says whether it is published or whose draft it is."""

    record: Record
    values: Mapping[str, Any]
    stage: str

    @property
    def published(self) -> bool:
        return self.stage == Stage.PUBLISHED


def stretches(keys: Iterable[str]) -> Iterator[list[str]]:
    """Some keys at a time."""
    pending = iter(keys)
    size = FIRST
    while some := list(islice(pending, size)):
        yield some
        size = STRETCH


def found(keys: Iterable[str], who: Any) -> Iterator[list[Taken]]:
    """The records of a list in its order, as far as this person may still see them."""
    for some in stretches(keys):
        known = seen(some, who)
        if taken := [known[key] for key in some if key in known]:
            yield taken


def seen(keys: list[str], who: Any) -> dict[str, Taken]:
    """What stands behind keys of the index: published values, or those of a draft."""
    plain = [key.removeprefix(REFERENCE) for key in keys if not key.endswith(DRAFT)]
    drafts = [key.removeprefix(REFERENCE).removesuffix(DRAFT) for key in keys if key.endswith(DRAFT)]
    known = {}
    if plain:
        open_ = light(visible_to(who)).filter(stage=Stage.PUBLISHED, identifier__in=plain)
        known = {record.reference: published(record) for record in open_}
    if drafts:
        mine = drafts_visible_to(who).filter(record__identifier__in=drafts)
        for draft in mine:
            values = draft.record.form.public(draft.values)
            known[f"{draft.record.reference}{DRAFT}"] = Taken(draft.record, values, str(draft.stage))
    return known


def light(records: QuerySet[Record]) -> QuerySet[Record]:
    """The same records without their drafts, each owner read once for all that it owns."""
    return records.select_related(None).prefetch_related("owner")


def named(some: Iterable[Taken]) -> None:
    """Read the other names of some records at once, for the shapes that tell them."""
    prefetch_related_objects([one.record for one in some], "aliases")


def published(record: Record) -> Taken:
    """A published record."""
    return Taken(record, record.form.public(record.values), str(Stage.PUBLISHED))


def in_work(record: Record) -> Taken:
    """What a writer goes on from: the draft if there is one, else what is published."""
    if record.working:
        return Taken(record, record.form.public(record.working.values), str(record.working.stage))
    return published(record)


def registered(*codes: str, size: int = STRETCH) -> Iterator[list[Taken]]:
    """Every published record (of some types), in the order in which they were registered."""
    open_ = light(visible_to(AnonymousUser())).filter(stage=Stage.PUBLISHED).order_by("pk")
    if codes:
        open_ = open_.filter(format__in=codes)
    last = 0
    while some := list(open_.filter(pk__gt=last)[:size]):
        last = some[-1].pk
        yield [published(record) for record in some]
