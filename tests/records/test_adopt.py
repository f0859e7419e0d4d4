"""Taking facts over from a source."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kapok.core.models import Entry, Outbox
from kapok.core.rules import SYSTEM, Refused
from kapok.formats.format import format_of
from kapok.people.models import Body
from kapok.records import verbs
from kapok.records.models import Freshness, Record, Stage
from tests import make

pytestmark = pytest.mark.django_db
SOURCE = {"address": "https://example.org/facts", "words": "A table of facts", "taken_on": "2026-11-01"}


def adopted(form: str = "resource", **more):
    raw = more.pop("raw", {"title": {"en": "A manual"}, "year": "2012"})
    return verbs.adopt(format_of(form), by=SYSTEM, raw=raw, sources=[SOURCE], **more)


def test_adopt_publishes_what_the_source_says_and_keeps_the_source():
    made = adopted()

    assert (made.stage, made.number, made.values["year"]) == (Stage.PUBLISHED, 1, 2012)
    assert made.sources == [SOURCE]
    assert made.versions.get().note == "A table of facts"
    assert Outbox.objects.get().key == made.reference


def test_adopt_is_refused_to_persons():
    person: Any = make.secretariat()

    with pytest.raises(Refused, match="Only Kapok itself"):
        verbs.adopt(format_of("resource"), by=person, raw={"title": {"en": "A manual"}})

    assert not Record.objects.exists()


def test_adopt_leaves_out_what_is_wrong_and_remembers_it():
    made = adopted(raw={"title": {"en": "A manual"}, "year": "two thousand"})

    assert made.values == {"title": {"en": "A manual"}}
    assert Entry.objects.get().details["left_out"][0].startswith("year: ")


def test_what_nobody_confirmed_is_not_confirmed():
    made = adopted("initiative", raw={"title": {"en": "A project"}, "starts": "2010"})

    assert (made.freshness, made.confirmed_on) == (Freshness.NOT_CONFIRMED, None)


@pytest.mark.parametrize(
    ("days", "freshness"),
    [(10, Freshness.FRESH), (345, Freshness.DUE), (400, Freshness.OVERDUE), (500, Freshness.NOT_CONFIRMED)],
)
def test_the_clock_counts_from_the_day_of_confirmation(days: int, freshness: str):
    day: date = timezone.now().date() - timedelta(days=days)

    made = adopted("initiative", raw={"title": {"en": "A project"}}, confirmed_on=day)

    assert (made.freshness, made.confirmed_on) == (freshness, day)


def test_an_organisation_gets_its_body_and_owns_itself():
    raw = {"name": {"en": "A network"}, "country": "KEN", "web": "https://www.network.example/"}

    made = adopted("organisation", raw=raw)

    body = Body.objects.get(code=made.identifier)
    assert made.owner == body
    assert (body.names, body.country, body.domains) == ({"en": "A network"}, "KEN", ["network.example"])


def test_a_given_owner_is_kept():
    kenya = make.government("KEN")

    made = adopted("organisation", raw={"name": {"en": "Government of Kenya"}}, owner=kenya)

    assert made.owner == kenya
    assert not Body.objects.filter(code=made.identifier).exists()
