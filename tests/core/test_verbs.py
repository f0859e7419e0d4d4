"""Verbs: one transaction, a lock, the rule, the trail, and news only once all is safe."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from kapok.core import trail
from kapok.core.jobs.models import Job
from kapok.core.models import Entry
from kapok.core.news import _listeners, announce_all, listen
from kapok.core.rules import SYSTEM, Refused, is_anyone, rule
from kapok.core.verbs import may, remember, verb, verbs

pytestmark = pytest.mark.django_db


@rule("Only jobs that wait can be hurried.")
def is_waiting(who, job):
    return job.state == "ready"


@verb("tests.hurry", "Hurry", is_waiting)
def hurry(job, *, by, to=5):
    job.priority = to
    job.save()
    remember(to=to, at=timezone.now())
    return job


@verb("tests.remove", "Remove", is_anyone)
def remove(job, *, by):
    job.delete()


@verb("tests.begin", "Begin", is_anyone)
def begin(name, *, by):
    return Job.objects.create(name=name, run_after=timezone.now())


@verb("tests.murmur", "Murmur", is_anyone, quiet=True)
def murmur(job, *, by):
    return job


@verb("tests.stumble", "Stumble", is_anyone)
def stumble(job, *, by):
    job.priority = 9
    job.save()
    raise RuntimeError("in the middle")


@pytest.fixture
def job():
    return Job.objects.create(name="tests.anything", run_after=timezone.now())


@pytest.fixture
def heard(monkeypatch):
    """Everything announced."""
    said = []
    monkeypatch.setitem(_listeners, "*", [lambda reference, news, **facts: said.append((news, reference))])
    return said


def test_a_verb_changes_the_row_and_writes_the_trail(job, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        result = hurry(job, by=SYSTEM, to=7)
        assert heard == []

    assert result.priority == Job.objects.get().priority == 7
    entry = Entry.objects.get()
    assert (entry.verb, entry.thing, entry.by, entry.capacity) == ("tests.hurry", f"core.job:{job.pk}", None, "system")
    assert entry.details["to"] == 7
    assert heard == [("tests.hurry", f"core.job:{job.pk}")]


def test_a_refusal_changes_nothing_and_says_why(job, heard):
    Job.objects.update(state="dead")

    with pytest.raises(Refused, match="Only jobs that wait can be hurried"):
        hurry(job, by=SYSTEM)

    assert Job.objects.get().priority == 0
    assert not Entry.objects.exists()


def test_a_verb_reads_the_row_again(job):
    Job.objects.update(name="tests.renamed")
    assert job.name == "tests.anything"

    assert hurry(job, by=SYSTEM).name == "tests.renamed"


def test_a_verb_on_something_deleted_meanwhile_says_so(job):
    Job.objects.all().delete()

    with pytest.raises(Refused, match="no longer there"):
        hurry(job, by=SYSTEM)


def test_a_verb_that_deletes_still_names_what_it_deleted(job, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        remove(job, by=SYSTEM)

    assert Entry.objects.get().thing == f"core.job:{job.pk}"
    assert heard == [("tests.remove", f"core.job:{job.pk}")]


def test_a_verb_that_makes_something_names_what_it_made():
    made = begin("tests.new", by=SYSTEM)

    assert Entry.objects.get().thing == f"core.job:{made.pk}"


def test_a_quiet_verb_leaves_no_trace(job, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        murmur(job, by=SYSTEM)

    assert callbacks == []
    assert not Entry.objects.exists()


def test_a_verb_that_fails_leaves_nothing_half_done(job, heard):
    with pytest.raises(RuntimeError, match="in the middle"):
        stumble(job, by=SYSTEM)

    assert Job.objects.get().priority == 0
    assert not Entry.objects.exists()


def test_may_asks_the_same_rule(job):
    assert may(SYSTEM, hurry, job)
    job.state = "dead"
    assert not may(SYSTEM, hurry, job)


def test_every_verb_is_listed_with_its_room():
    assert verbs["tests.hurry"].room == "tests"
    assert verbs["tests.hurry"].rule is is_waiting


def test_a_listener_that_fails_does_not_stop_the_others(monkeypatch, caplog, django_capture_on_commit_callbacks, job):
    heard = []
    monkeypatch.setitem(_listeners, "tests.hurry", [])
    listen("tests.hurry")(lambda reference, **facts: 1 / 0)
    listen("tests.hurry")(lambda reference, **facts: heard.append(reference))

    with django_capture_on_commit_callbacks(execute=True):
        hurry(job, by=SYSTEM)

    assert heard == [f"core.job:{job.pk}"]
    assert "A listener to tests.hurry failed" in caplog.text


def test_many_things_are_told_one_by_one_or_all_together(monkeypatch, django_capture_on_commit_callbacks, db):
    heard = []
    monkeypatch.setitem(_listeners, "tests.many", [])
    listen("tests.many")(lambda reference, **facts: heard.append(reference))
    listen("tests.many", together=True)(lambda references, **facts: heard.append(references))

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        announce_all("tests.many", ["thing:1", "thing:2"])
        announce_all("tests.many", [])

    assert heard == ["thing:1", "thing:2", ["thing:1", "thing:2"]]
    assert len(callbacks) == 1


def test_the_trail_names_the_person_and_is_newest_first(job):
    person = get_user_model().objects.create_user(email="a@body.example")
    hurry(job, by=person)
    hurry(job, by=SYSTEM)

    entries = list(trail.about(job))

    assert [entry.by for entry in entries] == [None, person]


def test_the_chain_is_whole_until_someone_changes_history(job):
    for to in (1, 2, 3):
        hurry(job, by=SYSTEM, to=to)
    assert trail.broken_links() == []
    first, second, _third = Entry.objects.order_by("id")

    Entry.objects.filter(pk=second.pk).update(details={"to": 9})
    assert trail.broken_links() == [second.pk]

    Entry.objects.filter(pk=second.pk).update(details=second.details)
    Entry.objects.filter(pk=first.pk).delete()
    assert trail.broken_links() == [second.pk]


def test_the_chain_survives_a_forgotten_person(job):
    person = get_user_model().objects.create_user(email="a@body.example")
    hurry(job, by=person)

    Entry.objects.update(by=None)

    assert trail.broken_links() == []
