"""Needs in each state of their clock, offers and answers, and a word of owners on an overlap."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kapok.insight.matches import fits
from kapok.insight.matches.clock import MONTHS, file_needs
from kapok.insight.matches.verbs import settle
from kapok.insight.models import Circulation, Clock, Feedback, Offer, Overlap, OverlapAnswer
from kapok.insight.overlaps.keeping import in_order
from kapok.people.models import Body
from kapok.records.models import Record
from kapok.site.demo import tables
from kapok.workflow.clock import months_after

Known = dict[str, str]
TALKED = "Both take samples at Mombasa; the teams share one calendar, and the second tests what the first cannot."


def load(known: Known, today: date) -> None:
    """File all needs, then bring some of them further."""
    file_needs(today)
    for entry in tables.entries("illustrative/offers"):
        need = Record.objects.get(identifier=known[entry["need"]])
        move(need, entry, known, today)
        for made in entry.get("offers", ()):
            offer(need, made, known)
        settle(need)
    word(known)


def move(need: Record, entry: dict[str, Any], known: Known, today: date) -> None:
    """The clock of one need, as if its days had passed."""
    circulated = today - timedelta(days=entry["circulated"])
    Clock.objects.filter(need=need).update(
        filed_on=today - timedelta(days=entry["filed"]),
        circulated_on=circulated,
        answers_by=months_after(circulated, MONTHS),
        consolidated_on=today - timedelta(days=entry["closed"]) if "closed" in entry else None,
    )
    now, asked = timezone.now(), fits.sides(need.values)
    grounds = [["theme", *asked.themes[:1]], ["region", asked.region], ["help", *asked.help[:1]]]
    Circulation.objects.bulk_create(
        Circulation(need=need, body=body(key, known), grounds=grounds, made_on=circulated, told_at=now)
        for key in entry["to"]
    )


def offer(need: Record, made: dict[str, Any], known: Known) -> None:
    """One offer, and its answer where there is one."""
    at = timezone.now() - timedelta(days=made["days"])
    record = Record.objects.get(identifier=known[made["record"]]) if "record" in made else None
    Offer.objects.create(
        need=need,
        body=body(made["body"], known),
        record=record,
        words=made.get("words", ""),
        made_at=at,
        state=made.get("state", "open"),
        answer=made.get("answer", ""),
        answered_at=at + timedelta(days=4) if "state" in made else None,
    )


def word(known: Known) -> None:
    """A government says why something does not fit."""
    need = Record.objects.get(identifier=known["n-ken-1"])
    other = Record.objects.get(identifier=known["i-quality"])
    said = "Its samples come twice a year; the border needs results every week."
    Feedback.objects.create(need=need, other=other, body=Body.objects.get(code="KEN"), useful=False, because=said)


def answer_overlaps(known: Known) -> None:
    """What two owners say of their overlap, once overlaps are found."""
    pair = Record.objects.in_bulk([known["i-laboratories"], known["i-seeds"]], field_name="identifier")
    first, second = in_order(*pair.values())
    if Overlap.objects.filter(first=first, second=second).exists():
        side = pair[known["i-seeds"]]
        OverlapAnswer.objects.create(
            first=first, second=second, side=side, said="joint", because=TALKED, body=side.owner
        )


def body(key: str, known: Known) -> Body:
    """An organisation by its key."""
    return Body.objects.get(code=known[key])
