"""Answering what an address asks: of the present from the index, of a day of the past from the kept versions."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

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


def answer(question: Asked, who: Any, counted: tuple[str, ...] = ()) -> Answer:
    """What the search page and its interface for programs show."""
    if question.as_of is None:
        return index.ask(question.question(who, counted))
    return past(question)


def past(question: Asked) -> Answer:
    """What was published on a day of the past, as it stood then; what changed last comes first.

    Words are looked up in the texts of today: what has gone since is found by its facets alone.
    """
    numbers = shelf().numbers(to_count(question))
    page = min(max(question.page, 1), DEEPEST // question.per_page)
    shown = numbers[(page - 1) * question.per_page : page * question.per_page]
    return Answer(total=len(numbers), page=page, hits=tuple(stood(shown, question)))


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


def stood(numbers: list[int], question: Asked) -> list[Hit]:
    """Records as they stood at the end of the day."""
    assert question.as_of is not None
    end = timezone.make_aware(datetime.combine(question.as_of + timedelta(days=1), time()))
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
