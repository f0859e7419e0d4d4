"""Answering what an address asks: of the present from the index, of a day of the past from the kept versions."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import best
from kapok.formats.kinds import knowing
from kapok.insight.counting import Question as Count
from kapok.insight.counting import shelf
from kapok.insight.models import Spell
from kapok.records.models import Record, Version
from kapok.records.search import card, identifier_of
from kapok.search import index
from kapok.search.documents import PUBLIC
from kapok.search.questions import Answer, Hit, Question
from kapok.site.find.asked import Asked

DEEPEST = 20_000
EARLIER = _(
    "These registers began after that day. Initiatives stand here by their own dates, as they are known today; "
    "what needs were filed then is not known."
)


def answer(question: Asked, who: Any, counted: tuple[str, ...] = ()) -> Answer:
    """What the search page and its interface for programs show."""
    if question.as_of is None:
        return index.ask(question.question(who, counted))
    return past(question, question.as_of)


def past(question: Asked, as_of: date) -> Answer:
    """What was published on a day of the past, as it stood then; what changed last comes first.

    On a day before the registers began: the initiatives that had begun by then, as they stand today. Words are
    looked up in the texts of today: what has gone since is found by its facets alone.
    """
    numbers = shelf().numbers(to_count(question))
    page = min(max(question.page, 1), DEEPEST // question.per_page)
    shown = numbers[(page - 1) * question.per_page : page * question.per_page]
    note = remark(as_of)
    day = timezone.localdate() if note else as_of
    return Answer(total=len(numbers), page=page, hits=tuple(stood(shown, day)), note=note)


def remark(as_of: date | None) -> str:
    """What a reader must know of an answer about a day before anything was published here; else nothing."""
    return str(EARLIER) if as_of is not None and shelf().is_before(as_of) else ""


def to_count(question: Asked, **facts: Any) -> Count:
    """The same question to the columns of numbers."""
    return Count(
        filters=question.filters,
        years=question.years,
        as_of=question.as_of,
        counted=question.only_counted,
        found=tuple(index.numbers(Question(q=question.q, viewer=(PUBLIC,)))) if question.q else None,
        **facts,
    )


def stood(numbers: list[int], day: date) -> list[Hit]:
    """Records as they stood at the end of a day."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    identifiers = [identifier_of(number) for number in numbers]
    spells = Spell.objects.filter(identifier__in=identifiers, valid_from__lt=end).order_by("valid_from")
    latest = {one.identifier: one for one in spells}
    versions = Version.objects.filter(record__spells__in=latest.values()).select_related("record__owner")
    found = {
        one.record.identifier: (one.record, one.values, latest[one.record.identifier].facts)
        for one in versions
        if one.number == latest[one.record.identifier].number
    }
    with knowing(identifiers):
        return [hit(*found[one]) for one in identifiers if one in found]


def hit(record: Record, values: Mapping[str, Any], facts: Mapping[str, Any]) -> Hit:
    """One line of the list."""
    facets = {name: tuple(ids) for name, ids in facts["facets"].items()}
    extra = card(record, values, facets, record.reference) | {"freshness": "", "reviewed": True}
    title, tag = best(record.form.title_of(values))
    return Hit(record.reference, record.format, extra, ((title, False),), (), tag, 0.0)
