"""The lists of the desk: what each holds for a person, and how many, all counted in one question to the database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Sentence
from kapok.exchange.harvest.access import sources_visible_to
from kapok.exchange.models.harvests import Standing
from kapok.formats.format import formats
from kapok.insight.matches.queries import to_answer as to_answer_offers
from kapok.insight.matches.queries import to_look_at
from kapok.mail.models import Letter, State
from kapok.people.access import requests_visible_to
from kapok.people.models import Person, Request
from kapok.people.queries import has_focal_point
from kapok.people.queries import waiting as open_requests
from kapok.records.models import Draft, Record, Stage, Working
from kapok.records.telling import ASKED
from kapok.surveys.access import waiting_for
from kapok.workflow import reminders
from kapok.workflow.models import Reminder

Found = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One list: its name in addresses, its words, what it holds, and whether it counts as waiting for the person."""

    name: str
    title: Sentence
    lead: Sentence
    find: Callable[[Person], Found]
    waits: bool = True
    # Whether a person can have any of these at all: what cannot be is not asked of the database.
    applies: Callable[[Person], bool] = lambda who: True


def edits(who: Person) -> bool:
    """Does the person act for any body?"""
    return bool(who.edits_for())


def decides(who: Person) -> bool:
    """Can anything be submitted to the person?"""
    return who.is_secretariat or edits(who)


def grants(who: Person) -> bool:
    """Can the person give roles for bodies?"""
    return who.is_secretariat or bool(who.focal_point_of())


def is_staff(who: Person) -> bool:
    """The Secretariat and administrators."""
    return who.is_secretariat or who.is_administrator


def national() -> list[str]:
    """The codes of the formats whose records a focal point publishes."""
    return [code for code, form in formats.items() if form.national]


def drafts() -> QuerySet[Draft]:
    """Drafts with what a list shows of them."""
    return Draft.objects.select_related("record", "record__owner", "submitted_by")


def mine(who: Person) -> Q:
    """Drafts that a person began or handed in."""
    return Q(record__author=who) | Q(submitted_by=who)


def returned(who: Person) -> Found:
    """Drafts that came back to the person who wrote them."""
    return drafts().filter(mine(who), stage=Working.RETURNED).order_by("-saved_at")


def to_review(who: Person) -> Found:
    """Submitted drafts that the person may publish, escalated ones first, then those due first."""
    own = Q(record__format__in=national(), record__owner_id__in=who.focal_point_of())
    other = ~Q(record__format__in=national())
    if not who.is_secretariat:
        other &= Q(record__owner_id__in=who.edits_for())
    late_first = (F("escalated_at").asc(nulls_last=True), "due_on", "pk")
    return drafts().filter(own | other, stage=Working.SUBMITTED).order_by(*late_first)


def stuck(who: Person) -> Found:
    """National drafts submitted to a government without a focal point, the longest waiting first."""
    found = drafts().filter(~has_focal_point("record__owner"), record__format__in=national(), stage=Working.SUBMITTED)
    return found.order_by("due_on", "pk") if who.is_secretariat else found.none()


def sources(who: Person) -> Found:
    """Sources to let in, and those of the person's bodies whose last fetch is held."""
    found = sources_visible_to(who).order_by("source__name")
    if who.is_secretariat:
        return found.filter(standing__in=(Standing.PROPOSED, Standing.HELD))
    return found.filter(standing=Standing.HELD, source__body__in=who.edits_for())


def to_confirm(who: Person) -> Found:
    """Published records of the person's bodies that should be confirmed, the longest due first."""
    asked = Record.objects.filter(owner_id__in=who.edits_for(), stage=Stage.PUBLISHED, freshness__in=ASKED)
    return asked.select_related("owner", "draft").order_by("due_on", "identifier")


def to_report(who: Person) -> Found:
    """Initiatives of the person's bodies that are over and have no report yet, the latest first."""
    open_ones = reminders.asked("report", timezone.now().date()).filter(body_id__in=who.edits_for())
    things = open_ones.annotate(identifier=Substr("thing", len("record:") + 1)).values("identifier")
    ends = Reminder.objects.filter(
        kind="report", thing=Concat(Value("record:"), OuterRef("identifier")), closed_at=None
    )
    found = Record.objects.filter(identifier__in=things, stage=Stage.PUBLISHED)
    found = found.annotate(ended_on=Subquery(ends.order_by("due_on").values("cycle")[:1]))
    return found.select_related("owner", "draft").order_by("-ended_on", "identifier")


def to_answer(who: Person) -> Found:
    """Requests for a role that the person may grant."""
    if not grants(who):
        return Request.objects.none()
    return open_requests(requests_visible_to(who), who)


def unsent(who: Person) -> Found:
    """Letters that could not be sent."""
    letters = Letter.objects.filter(state=State.FAILED).select_related("person").order_by("-id")
    return letters if is_staff(who) else letters.none()


def begun(who: Person) -> Found:
    """Drafts the person works on."""
    return drafts().filter(mine(who) | Q(editor=who), stage=Working.DRAFT).order_by("-saved_at")


def sent(who: Person) -> Found:
    """Drafts of the person that others decide about."""
    return drafts().filter(mine(who), stage=Working.SUBMITTED).order_by("due_on", "pk")


LISTS = (
    Waiting(
        "review",
        _("To review"),
        _("Submitted to you. Publish each or return it with a reason; there are ten working days."),
        to_review,
        applies=decides,
    ),
    Waiting(
        "stuck",
        _("No focal point to decide"),
        _("Drafts of governments that have no focal point: ask the government to name one, or return the draft."),
        stuck,
        applies=lambda who: who.is_secretariat,
    ),
    Waiting(
        "sources",
        _("Sources to look at"),
        _("New addresses to let in, and fetches that are held because too many records would vanish."),
        sources,
        applies=lambda who: who.is_secretariat or edits(who),
    ),
    Waiting(
        "returned",
        _("Returned to you"),
        _("These drafts came back with a reason. Mend them and submit them again."),
        returned,
    ),
    Waiting(
        "answers",
        _("Reports to answer"),
        _("Sections of a report that were entrusted to you, and reports of your country that you submit."),
        waiting_for,
    ),
    Waiting(
        "offers",
        _("Offers to answer"),
        _("Help offered to the needs of your country. Accept it, or say why it does not fit."),
        to_answer_offers,
        applies=grants,
    ),
    Waiting("requests", _("Requests for a role"), _("Members who ask to act for a body."), to_answer,
            applies=grants),
    Waiting(
        "confirm",
        _("To confirm"),
        _("Records of your bodies that should be confirmed once a year, so that readers can trust them."),
        to_confirm,
        applies=edits,
    ),
    Waiting(
        "report",
        _("Ended: what came of it?"),
        _(
            "These initiatives of your bodies are over. A few sentences about what was achieved and learned help "
            "others who plan something similar."
        ),
        to_report,
        applies=edits,
    ),
    Waiting(
        "needs",
        _("Needs that fit you"),
        _("Sent to your bodies because they fit their themes, places and kinds of help. Each shows its reasons."),
        to_look_at,
        applies=edits,
    ),
    Waiting(
        "letters", _("Letters that could not be sent"), _("The mail server refused them, or stayed away."), unsent,
        applies=is_staff,
    ),
    Waiting("drafts", _("My drafts"), _("Begun and not yet submitted. Only you and your colleagues see them."), begun,
            waits=False),
    Waiting("sent", _("With others now"), _("Submitted by you; others decide about them."), sent, waits=False),
)  # fmt: skip
NAMED = {one.name: one for one in LISTS}


@dataclass(frozen=True, slots=True)
class Asker:
    """A person, known by all that decides what their lists ask for: who they are, their roles, and the day."""

    known: tuple[Any, ...]
    person: Person = field(compare=False)

    @classmethod
    def of(cls, who: Person) -> "Asker":
        held = tuple((one.role, one.body_id) for one in who.designations_now())
        return cls((who.pk, who.is_active, held, timezone.now().date(), *national()), who)


def totals(who: Person, lists: tuple[Waiting, ...] = LISTS) -> dict[str, int]:
    """How many each list holds, in one question."""
    asked = tuple(one.name for one in lists if one.applies(who))
    row: tuple[int, ...] = ()
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(*question(Asker.of(who), asked))
            row = cursor.fetchone() or ()
    return dict.fromkeys((one.name for one in lists), 0) | dict(zip(asked, row, strict=False))


@lru_cache(maxsize=256)
def question(asker: Asker, asked: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    """The question as the database is asked it.

    It stands in the menu of every page, and writing it takes ten times as long as answering it: it is kept.
    """
    counts = [Coalesce(counted(NAMED[name].find(asker.person)), 0) for name in asked]
    return Person.objects.filter(pk=asker.person.pk).values_list(*counts).query.sql_with_params()


def counted(found: Found) -> Subquery:
    """The number of rows as a part of a larger question."""
    one = found.order_by().annotate(_all=Value(1)).values("_all").annotate(_n=Count("pk")).values("_n")
    return Subquery(one, output_field=IntegerField())


def count(who: Any) -> int:
    """What waits for a person, for the menu of every page."""
    if not isinstance(who, Person):
        return 0
    return sum(totals(who, tuple(one for one in LISTS if one.waits)).values())
