"""Matches, offers and clocks as pages and the API show them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kapok.core.prepared import prepared
from kapok.insight.access import circulations_of, offers_visible_to
from kapok.insight.matches.finding import UNMET, Match
from kapok.insight.models import Circulation, Clock, Feedback, Offer
from kapok.insight.models.needs import Offered
from kapok.people.models import Person
from kapok.records.models import Record, Stage

LIVE = (Offered.OPEN, Offered.ACCEPTED)
# A need whose state nobody told is open.
WAITS = Q(need__values__state__isnull=True) | Q(need__values__state__in=UNMET)


@dataclass(frozen=True, slots=True)
class Line:
    """A match with what was said about it."""

    match: Match
    said: list[Feedback] = field(default_factory=list)


@prepared
def words_on(needs: Sequence[int], others: Sequence[int]) -> QuerySet[Feedback]:
    """What readers said of matches between some needs and others."""
    return Feedback.objects.filter(need__in=needs, other__in=others).select_related("body")


def lines(found: Iterable[Match]) -> list[Line]:
    """Matches with the words of readers."""
    found = list(found)
    words: dict[tuple[int, int], list[Feedback]] = defaultdict(list)
    needs, others = {one.need.pk for one in found}, {one.other.pk for one in found}
    for one in words_on(sorted(needs), sorted(others)):
        words[one.need_id, one.other_id].append(one)
    return [Line(one, words[one.need.pk, one.other.pk]) for one in found]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a need has come."""

    clock: Clock | None
    step: str
    asked: int
    offers: list[Offer]


@prepared
def clock_of(need: int) -> QuerySet[Clock]:
    """The clock of a need."""
    return Clock.objects.filter(need=need)


@prepared
def offers_to(need: int) -> QuerySet[Offer]:
    """What was offered to a need. Everybody sees these, as they see the need."""
    return offers_visible_to(AnonymousUser()).filter(need=need)


@prepared
def circulated(need: int) -> QuerySet[Circulation, int]:
    """How often a need was sent to a body: one row, or none."""
    sent = Circulation.objects.filter(need=need).order_by().values("need")
    return sent.annotate(sent=Count("pk")).values_list("sent", flat=True)


def standing(need: Record, today: date) -> Standing:
    """The clock of a need and what was offered."""
    clock = next(iter(clock_of(need.pk)), None)
    offers = offers_to(need.pk)
    return Standing(clock, step(clock, offers, today), sum(circulated(need.pk)), offers)


def step(clock: Clock | None, offers: list[Offer], today: date) -> str:
    """Where the clock stands, by name."""
    if clock is None or clock.circulated_on is None:
        return "filed"
    if clock.consolidated_on is None:
        return "circulated"
    return "consolidated" if any(one.state in LIVE for one in offers) else "unanswered"


def unanswered(country: str = "", theme: str = "") -> QuerySet[Clock]:
    """Needs whose two months are over without an offer that stands, the most pressing first."""
    live = Offer.objects.filter(need=OuterRef("pk"), state__in=LIVE)
    found = Clock.objects.filter(consolidated_on__isnull=False, need__stage=Stage.PUBLISHED)
    found = found.filter(WAITS, ~Exists(live))
    if country:
        found = found.filter(need__owner__code=country)
    if theme:
        found = found.filter(Q(need__values__theme=theme))
    return found.select_related("need", "need__owner").order_by("need__values__rank", "consolidated_on", "pk")


def to_look_at(who: Any) -> QuerySet[Circulation]:
    """Needs circulated to the bodies of a person that still wait, and to which the body has not offered yet."""
    own = Offer.objects.filter(need=OuterRef("need"), body=OuterRef("body"))
    found = circulations_of(who).filter(WAITS, ~Exists(own), need__clock__consolidated_on=None)
    return found.order_by("need__clock__answers_by", "-pk")


def to_answer(who: Any) -> QuerySet[Offer]:
    """Offers that a focal point has not answered yet, the oldest first."""
    governments = who.focal_point_of() if isinstance(who, Person) else ()
    return offers_visible_to(who).filter(state=Offered.OPEN, need__owner_id__in=governments).order_by("made_at", "pk")


def is_unmet(need: Record) -> bool:
    """Does it wait for help?"""
    return need.values.get("state", "open") in (*UNMET, "being-met") and not need.values.get("no_need")
