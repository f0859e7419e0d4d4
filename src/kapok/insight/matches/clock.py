"""The clock of a need: filed, circulated to fitting bodies, two months for answers, then one answer for all."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kapok.core.jobs import every
from kapok.core.news import announce, listen
from kapok.insight.matches import fits, telling, verbs
from kapok.insight.matches.finding import UNMET, profile_of
from kapok.insight.models import Circulation, Clock, Offer
from kapok.people.models import Designation, Role
from kapok.records.models import Record, Stage
from kapok.workflow.clock import months_after

MONTHS = 2
# To so many bodies a need is sent, those with most reasons first; a body gets at the most so many new ones a day.
BODIES, PER_BODY = 10, 12
LEAST = 2


@every("0 2 * * *", "insight.keep_clocks")
def keep_clocks() -> None:
    """File new needs, circulate them, and answer those whose two months are over."""
    today = timezone.now().date()
    file_needs(today)
    circulate(today)
    close(today)
    announce("insight.clocks", "needs")


@every("30 5 * * *", "insight.write_needs")
def write_needs() -> None:
    """Write the letters about needs that fit."""
    telling.write_needs()


@listen("records.publish")
def keep_offers(reference: str, **facts: object) -> None:
    """A need published anew keeps its offers, and the state that follows from them."""
    identifier = reference.partition(":")[2]
    if identifier.startswith("NED-") and Offer.objects.filter(need__identifier=identifier).exists():
        verbs.settle(Record.objects.get(identifier=identifier))


def is_unmet(need: Record) -> bool:
    """Does it wait for help?"""
    return need.values.get("state", "open") in UNMET and not need.values.get("no_need")


def file_needs(today: date) -> None:
    """Start a clock for each need that has none."""
    new = Record.objects.filter(format="need", stage=Stage.PUBLISHED, clock__isnull=True)
    made = [
        Clock(need=need, filed_on=need.published_at.date() if need.published_at else today)
        for need in new.iterator(chunk_size=500)
    ]
    Clock.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)


def circulate(today: date) -> None:
    """Send what was filed to the bodies that it fits. A need that fits nobody waits, and is tried again every night."""
    waiting = Clock.objects.filter(circulated_on=None, need__stage=Stage.PUBLISHED).order_by("filed_on", "pk")
    profiles = {body: fits.answering("organisation", one) for body, one in profiles_of_bodies().items()}
    room = dict.fromkeys(profiles, PER_BODY)
    for clock in waiting.select_related("need").iterator(chunk_size=200):
        if not is_unmet(clock.need):
            continue
        fitting = fitting_bodies(clock.need, profiles, room)
        if fitting:
            send(clock, fitting, today)
            for body, _grounds in fitting:
                room[body] -= 1


def fitting_bodies(
    need: Record, profiles: dict[int, fits.Fit], room: dict[int, int]
) -> list[tuple[int, list[list[str]]]]:
    """The bodies that a need fits and that can take one more today, most reasons first."""
    asked = fits.sides(need.values)
    found = [
        (body, [one.plain() for one in grounds])
        for body, answer in profiles.items()
        if room[body] > 0 and len(grounds := answer(asked)) >= LEAST
    ]
    return sorted(found, key=lambda pair: (-len(pair[1]), pair[0]))[:BODIES]


@transaction.atomic
def send(clock: Clock, fitting: list[tuple[int, list[list[str]]]], today: date) -> None:
    """Note whom a need goes to, and start its two months."""
    Circulation.objects.bulk_create(
        [Circulation(need=clock.need, body_id=body, grounds=grounds, made_on=today) for body, grounds in fitting],
        ignore_conflicts=True,
    )
    clock.circulated_on, clock.answers_by = today, months_after(today, MONTHS)
    clock.save(update_fields=["circulated_on", "answers_by"])


def profiles_of_bodies() -> dict[int, dict[str, list[str]]]:
    """What the organisations are and do for which somebody is designated, by the number of their body."""
    held = Designation.objects.in_force().filter(role=Role.EDITOR, person__is_active=True)
    codes = dict(held.filter(body__kind="organisation").values_list("body__code", "body_id"))
    found = Record.objects.filter(identifier__in=codes, format="organisation", stage=Stage.PUBLISHED)
    return {codes[record.identifier]: profile_of(record) for record in found}


def close(today: date) -> None:
    """One answer for each need whose time is over; what is met meanwhile needs none."""
    over = Clock.objects.filter(answers_by__lt=today, consolidated_on=None, need__stage=Stage.PUBLISHED)
    for clock in over.select_related("need"):
        with transaction.atomic():
            telling.consolidate(clock, today)


__all__ = ["circulate", "close", "file_needs", "keep_clocks", "write_needs"]
