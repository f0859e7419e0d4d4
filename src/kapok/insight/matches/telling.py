"""Letters about needs: to fitting bodies, about offers and answers, and one answer for all."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kapok.core.jobs import task
from kapok.insight.matches.grounds import from_plain
from kapok.insight.models import Circulation, Clock, Offer
from kapok.insight.models.needs import Offered
from kapok.mail import letters
from kapok.mail.models import Letter
from kapok.people.models import Designation, Person, Role
from kapok.records.models import Record, Stage
from kapok.records.telling import Keepers

KIND = "matches"
NEEDS = "insight/letters/needs"
# Needs in one letter, and how long a person has peace after it.
MOST, PEACE = 6, timedelta(days=7)


@task("insight.about_offer")
def about_offer(pk: int) -> None:
    """Tell the focal point of an offer that came in."""
    made = (
        Offer.objects.select_related("need", "need__owner", "body", "record").filter(pk=pk, state=Offered.OPEN).first()
    )
    if made is not None:
        for person in dict.fromkeys(Keepers([made.need]).focal_points(made.need)):
            letters.send(person, "insight/letters/offer", {"offer": made}, key=f"offer:{pk}:{person.pk}", kind=KIND)


@task("insight.about_answer")
def about_answer(pk: int) -> None:
    """Tell the one who offered how it was answered."""
    made = Offer.objects.select_related("need", "need__owner", "body", "by").filter(pk=pk).first()
    if made is not None and made.by is not None:
        key = f"answer:{pk}:{made.by.pk}"
        letters.send(made.by, "insight/letters/answered", {"offer": made}, key=key, kind=KIND)


def editors(bodies: Iterable[int]) -> dict[int, list[Person]]:
    """The editors of some bodies, by body."""
    held = Designation.objects.in_force().filter(role=Role.EDITOR, body_id__in=list(bodies), person__is_active=True)
    found: dict[int, list[Person]] = defaultdict(list)
    for one in held.select_related("person").order_by("id"):
        if one.body_id:
            found[one.body_id].append(one.person)
    return found


def write_needs() -> None:
    """Write to each editor once about the needs that fit their bodies, and not again for a week."""
    waiting = Circulation.objects.filter(told_at=None, need__stage=Stage.PUBLISHED).select_related(
        "need__owner", "body"
    )
    by_body: dict[int, list[Circulation]] = defaultdict(list)
    for one in waiting.order_by("need__values__rank", "id"):
        by_body[one.body_id].append(one)
    people = editors(by_body)
    since = timezone.now() - PEACE
    recent = set(Letter.objects.filter(name=NEEDS, made_at__gt=since).values_list("person_id", flat=True))
    for body, found in by_body.items():
        free = [person for person in people[body] if person.pk not in recent]
        if free or not people[body]:
            write_to(free, found[:MOST], len(found))


@transaction.atomic
def write_to(people: list[Person], found: list[Circulation], count: int) -> None:
    """One letter for each of these people about some needs, which are told with that."""
    lines = [{"need": one.need, "grounds": from_plain(one.grounds)} for one in found]
    for person in people:
        key = f"needs:{person.pk}:{max(one.pk for one in found)}"
        facts = {"lines": lines, "count": count, "body": found[0].body}
        letters.send(person, NEEDS, facts, key=key, kind=KIND)
    Circulation.objects.filter(pk__in=[one.pk for one in found]).update(told_at=timezone.now())


def consolidate(clock: Clock, today: date) -> None:
    """One answer for all to the focal point: who was asked, what was offered, what else is known."""
    need = Record.objects.select_related("owner").get(pk=clock.pk)
    offers = list(Offer.objects.filter(need=need).exclude(state=Offered.TAKEN_BACK).select_related("body", "record"))
    asked = Circulation.objects.filter(need=need).count()
    facts: dict[str, Any] = {"need": need, "offers": offers, "asked": asked}
    for person in dict.fromkeys(Keepers([need]).focal_points(need)):
        key = f"consolidated:{need.identifier}:{clock.circulated_on}:{person.pk}"
        letters.send(person, "insight/letters/consolidated", facts, key=key, kind=KIND)
    clock.consolidated_on = today
    clock.save(update_fields=["consolidated_on"])
