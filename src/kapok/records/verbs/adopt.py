"""The verb that takes facts over from a source, before their owner has looked at them."""

import logging
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.outbox import note as tell_index
from kapok.core.rules import System
from kapok.core.verbs import remember, verb
from kapok.formats.format import Format
from kapok.people.models import Body
from kapok.records import access
from kapok.records.models import Freshness, Record, Stage
from kapok.records.ranks import refuse_shared_rank
from kapok.records.standing import stand_beside
from kapok.records.verbs.draft import next_identifier, owner_from
from kapok.records.verbs.review import keep_links, keep_version
from kapok.workflow.clock import GRACE_MONTHS, freshness, months_after

logger = logging.getLogger("kapok.records")


@verb("records.adopt", _("Take over facts from a source"), access.may_adopt)
def adopt(
    form: type[Format],
    *,
    by: System,
    raw: Mapping[str, Any],
    owner: Body | None = None,
    sources: Iterable[Mapping[str, str]] = (),
    confirmed_on: date | None = None,
    published_at: datetime | None = None,
    illustrative: bool = False,
) -> Record:
    """Publish what a source says, as far as it is right; the public reads that its owner has not confirmed it.

    Each source is `{"address", "words", "taken_on"}`. What the source leaves open stays open; what is wrong
    in it is left out and remembered in the trail. A day of confirmation starts the clock as of that day.
    An organisation without another owner gets its body and owns its own record.
    """
    values, problems = form.clean(raw, final=False)
    now = timezone.now()
    record = Record(
        identifier=next_identifier(form),
        format=form.code,
        owner=owner_from(form, values, owner),
        stage=Stage.PUBLISHED,
        values=values,
        number=1,
        illustrative=illustrative,
        sources=[dict(source) for source in sources],
        published_at=published_at or now,
        changed_at=published_at or now,
    )
    if form.code == "organisation" and record.owner is None:
        record.owner = stand_beside(record)
    start_clock(record, confirmed_on, now.date())
    refuse_shared_rank(record, values, problems)
    record.save()
    keep_version(record, by, "; ".join(source.get("words", "") for source in record.sources))
    keep_links(record)
    told = [f"{problem.path}: {problem.sentence}" for problem in problems.errors]
    if told:
        logger.warning("%s was taken over without what is wrong in it: %s", record.identifier, "; ".join(told))
    remember(sources=record.sources, left_out=told, illustrative=illustrative)
    tell_index(record.reference)
    return record


def start_clock(record: Record, confirmed_on: date | None, today: date) -> None:
    """Count from the day somebody confirmed it; what nobody confirmed is past its grace from the beginning."""
    months = record.form.confirm_after
    record.turns_on = record.form.turns(record.values, today)
    if months is None:
        record.freshness = Freshness.NO_CLOCK
        return
    record.confirmed_on = confirmed_on
    record.due_on = months_after(confirmed_on, months) if confirmed_on else months_after(today, -GRACE_MONTHS)
    record.freshness = Freshness(freshness(record.due_on, today))
