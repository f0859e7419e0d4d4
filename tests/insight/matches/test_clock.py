"""The clock of a need: filed, circulated by mail, two months for answers, one answer for all."""

from datetime import UTC, datetime

import pytest

from kapok.core.jobs import run_pending
from kapok.insight.matches import clock, queries
from kapok.insight.models import Circulation, Clock
from kapok.insight.verbs import offer
from kapok.mail.models import Letter
from kapok.people.models import Body
from kapok.records.standing import stand_beside
from kapok.search import index as search
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(time_machine):
    """Go to a day; the clock stands still there."""

    def go(text):
        time_machine.move_to(datetime.fromisoformat(text).replace(hour=5, minute=1, tzinfo=UTC), tick=False)

    return go


@pytest.fixture
def donor(index, day):
    """The editor of a body in Africa that trains people of laboratories."""
    day("2026-03-02")
    record = make.record("organisation", themes=["i"], works_in=["KEN"], roles=["training-provider"])
    search.drain()
    return make.editor(stand_beside(record))


def night():
    clock.keep_clocks()
    clock.write_needs()
    run_pending()


def letters(name):
    return list(Letter.objects.filter(name=f"insight/letters/{name}"))


def test_a_need_is_circulated_to_fitting_bodies_and_answered_after_two_months(day, donor):
    day("2026-03-02")
    focal = make.focal_point("KEN")
    need = make.record("need")
    make.record("need", government="PER")

    night()

    held = Clock.objects.get(need=need)
    assert [str(held.filed_on), str(held.circulated_on), str(held.answers_by)] == [
        "2026-03-02",
        "2026-03-02",
        "2026-05-02",
    ]
    circulation = Circulation.objects.get()
    assert [one[0] for one in circulation.grounds] == ["theme", "country", "help"]
    (letter,) = letters("needs")
    assert letter.person == donor
    assert need.title in letter.text
    assert "At work in: Kenya" in letter.text
    assert "/letters/stop/" in letter.text

    day("2026-05-02")
    night()
    assert Clock.objects.get(need=need).consolidated_on is None
    day("2026-05-03")
    night()
    assert str(Clock.objects.get(need=need).consolidated_on) == "2026-05-03"
    (answer,) = letters("consolidated")
    assert answer.person == focal
    assert "No offer came" in answer.text
    assert [one.need for one in queries.unanswered()] == [need]
    assert list(queries.unanswered("PER")) == []
    assert [one.need for one in queries.unanswered("KEN", "i")] == [need]


def test_an_offer_keeps_a_need_from_the_list_of_the_unanswered(day, donor):
    day("2026-03-02")
    need = make.record("need")
    night()
    offer(need, by=donor, body=Body.objects.get(pk=next(iter(donor.edits_for()))), words="We train two analysts.")

    day("2026-06-01")
    night()

    assert Clock.objects.get(need=need).consolidated_on is not None
    assert list(queries.unanswered()) == []


def test_every_night_may_run_twice_and_nobody_is_written_to_again_within_a_week(day, donor):
    day("2026-03-02")
    make.record("need")
    night()
    night()
    assert (Circulation.objects.count(), len(letters("needs"))) == (1, 1)

    day("2026-03-04")
    make.record("need", rank=2)
    night()
    assert (Circulation.objects.count(), len(letters("needs"))) == (2, 1)

    day("2026-03-10")
    night()
    assert len(letters("needs")) == 2


def test_who_stopped_these_letters_gets_none_and_what_is_met_is_not_circulated(day, donor):
    day("2026-03-02")
    donor.letters = {"matches": False}
    donor.save()
    make.record("need")
    make.record("need", rank=2, state="met")
    make.record("need", rank=3, no_need=True)

    night()

    assert Circulation.objects.count() == 1
    assert letters("needs") == []
    assert [one.need.values["rank"] for one in queries.to_look_at(donor)] == [1]
