"""The digest: what is new in the searches that people keep, by mail, and nothing when there is nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone, translation

from kapok.core.jobs import every, task
from kapok.core.languages import code_of
from kapok.core.rules import SYSTEM
from kapok.formats.format import formats
from kapok.mail import letters
from kapok.search import index, verbs
from kapok.search.documents import PUBLIC
from kapok.search.models import Frequency, SavedSearch
from kapok.search.questions import Hit, Question, Span
from kapok.site.find.asked import asked
from kapok.site.find.away import given
from kapok.site.find.results import marked, meta
from kapok.site.find.stamps import stamps

# A little less than a day and a week, so that a job that starts a minute early is not a day late.
WAIT = {Frequency.DAILY: timedelta(hours=20), Frequency.WEEKLY: timedelta(days=6, hours=20)}
SHOWN, READ = 15, 100


@dataclass(frozen=True, slots=True)
class New:
    """One new record as the letter tells of it."""

    identifier: str
    type: str
    title: str
    facts: str


@every("20 5 * * *", "site.digests")
def digests() -> None:
    """Put every search that is due into the queue."""
    for pk in due(timezone.now()).values_list("pk", flat=True).iterator():
        tell.using(key=str(pk)).enqueue(pk)


def due(now: datetime) -> QuerySet[SavedSearch]:
    """The searches whose keeper wants to hear now."""
    waiting = Q()
    for frequency, wait in WAIT.items():
        waiting |= Q(frequency=frequency, looked_at__lte=now - wait)
    return SavedSearch.objects.filter(waiting, person__is_active=True)


@task("site.tell")
def tell(pk: int) -> None:
    """Write to the keeper of one search, if it holds anything new."""
    now = timezone.now()
    search = due(now).select_related("person").filter(pk=pk).first()
    if search is None:
        return
    found = list(new_in(search))
    with transaction.atomic():
        verbs.tell(search, by=SYSTEM, now=now, until=max((at for at, _hit in found), default=None))
        if found:
            write(search, found, now)


def new_in(search: SavedSearch) -> Iterator[tuple[datetime, Hit]]:
    """What was published after its keeper was last told, oldest first, as every visitor may see it."""
    question = asked(QueryDict(search.query.lstrip("?")))
    since = search.told_until
    wanted = Question(
        q=question.q,
        filters=question.filters,
        alternatives=question.alternatives,
        ranges=(Span("published", since.date().toordinal()),),
        viewer=(PUBLIC,),
        language=search.person.language,
        sort="newest",
        per_page=READ,
    )
    # Without an index the job fails and is tried again: nobody must miss a week because of it.
    answer = given(index.ask(wanted))
    known = stamps(str(hit.extra.get("id")) for hit in answer.hits)
    pairs = [(known[str(hit.extra["id"])][0], hit) for hit in answer.hits if str(hit.extra.get("id")) in known]
    yield from sorted((pair for pair in pairs if pair[0] > since), key=lambda pair: pair[0])


def write(search: SavedSearch, found: list[tuple[datetime, Hit]], now: datetime) -> None:
    """The letter, in the language of its reader."""
    language = search.person.language
    with translation.override(code_of(language)):
        items = [told(hit, language) for _at, hit in found[-SHOWN:]]
    facts = {"search": search, "items": items, "count": len(found), "more": len(found) - len(items), "tag": language}
    letters.send(search.person, "site/letters/digest", facts, key=f"digest:{search.pk}:{now:%Y-%m-%d}", kind="digests")


def told(hit: Hit, language: str) -> New:
    """One record in words."""
    form = formats.get(hit.kind)
    facts = " · ".join(meta(hit.extra, language))
    return New(str(hit.extra["id"]), str(form.label) if form else "", str(marked(hit.title).striptags()), facts)
