"""Overlaps of published initiatives: found when one is published, put right every night."""

import pytest

from kapok.core.jobs import run_pending
from kapok.insight.models import Overlap, Sketch
from kapok.insight.overlaps import keeping
from kapok.insight.overlaps.jobs import find_all_overlaps, find_overlaps
from kapok.records import verbs
from kapok.records.models import Record
from tests import make

pytestmark = pytest.mark.django_db


def initiative(**changes):
    return make.record("initiative", **changes)


def pairs():
    return set(Overlap.objects.values_list("first__identifier", "second__identifier"))


def test_publishing_finds_the_overlaps_of_this_record(django_capture_on_commit_callbacks):
    first = initiative()
    keeping.look(first)
    with django_capture_on_commit_callbacks(execute=True):
        second = initiative()
    assert not pairs()

    run_pending()

    assert pairs() == {(first.identifier, second.identifier)}
    overlap = Overlap.objects.get()
    assert overlap.places == " KEN "
    assert overlap.shared["themes"] == ["i", "b"]


def test_a_change_that_ends_the_overlap_removes_it():
    first, second = initiative(), initiative()
    for one in (first, second):
        keeping.look(one)
    third = initiative(countries=[{"id": "PER"}])
    keeping.look(third)
    assert pairs() == {(first.identifier, second.identifier)}

    keeping.look(verbs.amend(second, by=make.secretariat(), changes={"countries": [{"id": "PER"}]}))

    assert pairs() == {(second.identifier, third.identifier)}


def test_what_is_withdrawn_overlaps_no_more():
    first, second = initiative(), initiative()
    for one in (first, second):
        keeping.look(one)
    assert pairs()

    keeping.look(verbs.withdraw(second, by=make.secretariat(), reason="Entered twice."))

    assert not pairs()
    assert not Sketch.objects.get(record=second).alive


def test_the_night_puts_right_what_was_missed():
    made = [initiative() for _one in range(3)]
    keeping.look(made[0])
    Overlap.objects.all().delete()

    find_all_overlaps()

    assert len(pairs()) == 3
    assert keeping.look_at_all() == 3
    verbs.withdraw(made[2], by=make.secretariat(), reason="Entered twice.")
    Record.objects.filter(pk=made[1].pk).update(changed_at=None)
    assert keeping.look_at_all() == 1
    assert pairs() == {(made[0].identifier, made[1].identifier)}


def test_other_formats_are_left_alone():
    find_overlaps(make.record("resource").identifier)

    assert not pairs()
