"""Background work: nothing is lost, nothing is done twice, and what fails is tried again or laid aside."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from kapok.core.jobs import calendar, queue, run_pending, task, tasks, tidy
from kapok.core.jobs.models import Due, Job, State

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
done: list[tuple[object, ...]] = []


@task("tests.note")
def note(*words, **more):
    done.append((*words, *more.items()))


@task("tests.fail", attempts=3)
def fail():
    raise RuntimeError("the far end is away")


@task("tests.torn", attempts=2, atomic=True)
def torn():
    Due.objects.create(schedule="torn", at=NOON)
    raise RuntimeError("in the middle")


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """No other room's schedules, and nothing done yet."""
    monkeypatch.setattr(calendar, "schedules", {})
    done.clear()


def test_a_job_runs_with_its_arguments_and_is_done():
    note.enqueue("a", 1, deep={"b": [2]})

    assert run_pending() == ["tests.note"]

    assert done == [("a", 1, ("deep", {"b": [2]}))]
    job = Job.objects.get()
    assert (job.state, job.attempts, job.error, job.lease_until) == (State.DONE, 1, "", None)
    assert run_pending() == []


def test_calling_a_task_does_the_work_without_the_queue():
    note("at once")

    assert done == [("at once",)]
    assert not Job.objects.exists()


def test_a_job_waits_for_its_moment():
    note.using(run_after=NOON + timedelta(hours=1)).enqueue("later")

    assert run_pending(NOON) == []
    assert run_pending(NOON + timedelta(hours=1)) == ["tests.note"]


def test_higher_priority_goes_first():
    note.enqueue("ordinary")
    note.using(priority=5).enqueue("urgent")

    run_pending()

    assert done == [("urgent",), ("ordinary",)]


def test_one_of_a_key_waits_at_a_time_and_running_ones_do_not_count():
    note.using(key="k").enqueue("first")
    note.using(key="k").enqueue("second")
    note.using(key="other").enqueue("third")
    assert Job.objects.count() == 2

    running = queue.claim("w1")
    note.using(key="k").enqueue("fourth")

    assert running is not None
    assert Job.objects.filter(key="k", state=State.READY).count() == 1


def test_a_job_is_part_of_the_transaction_that_asked_for_it():
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        note.enqueue("never")
        raise RuntimeError

    assert not Job.objects.exists()


def test_a_failed_job_comes_back_with_growing_delay_and_is_given_up_in_the_end():
    fail.enqueue()
    now = timezone.now()
    waits = []

    for _attempt in range(3):
        run_pending(now)
        job = Job.objects.get()
        waits.append(job.run_after - now)
        now = max(job.run_after, now)

    assert waits[:2] == [timedelta(seconds=30), timedelta(seconds=120)]
    assert job.state == State.DEAD
    assert "the far end is away" in job.error
    assert run_pending(now + timedelta(days=9)) == []


def test_retry_puts_dead_jobs_back_and_no_others():
    fail.enqueue()
    Job.objects.update(state=State.DEAD, attempts=3)
    note.enqueue("alive")

    assert queue.retry([0]) == 0
    assert queue.retry() == 1

    assert Job.objects.filter(state=State.READY, attempts=0).count() == 2


def test_a_job_whose_worker_died_is_taken_over_after_its_lease():
    note.enqueue("a")
    start = timezone.now()
    first = queue.claim("killed", start)

    assert queue.claim("second", start + timedelta(seconds=50)) is None
    again = queue.claim("second", start + timedelta(seconds=61))

    assert first is not None
    assert again is not None
    assert (again.pk, again.worker, again.attempts) == (first.pk, "second", 2)
    assert queue.renew(first) is False
    assert queue.renew(again) is True


def test_a_worker_that_lost_its_lease_cannot_mark_the_job_done():
    note.enqueue("a")
    start = timezone.now()
    slow = queue.claim("slow", start)
    queue.claim("quick", start + timedelta(seconds=61))

    assert slow is not None
    assert queue.perform(slow) is False

    job = Job.objects.get()
    assert (job.state, job.worker) == (State.RUNNING, "quick")


def test_a_renewed_lease_keeps_others_away():
    note.enqueue("a")
    start = timezone.now()
    job = queue.claim("slow", start)

    assert job is not None
    queue.renew(job, start + timedelta(seconds=50))

    assert queue.claim("second", start + timedelta(seconds=61)) is None


def test_a_job_that_kills_its_worker_each_time_is_given_up():
    fail.enqueue()
    now = timezone.now()
    for _attempt in range(3):
        assert queue.claim("killed", now) is not None
        now += timedelta(seconds=61)

    run_pending(now)

    assert Job.objects.get().state == State.DEAD


def test_an_atomic_job_leaves_nothing_half_done():
    torn.enqueue()

    run_pending()

    assert not Due.objects.filter(schedule="torn").exists()
    assert Job.objects.get().state == State.READY


def test_each_key_of_many_is_put_in_the_queue_once():
    note.using(key="b").enqueue("b")

    note.enqueue_each(["b", "a", "c", "a"])
    note.enqueue_each([])

    assert sorted(Job.objects.values_list("key", flat=True)) == ["a", "b", "c"]
    run_pending()
    assert sorted(done) == [("a",), ("b",), ("c",)]


def test_a_failed_job_gives_way_to_a_waiting_one_of_the_same_key():
    fail.using(key="k").enqueue()
    first = queue.claim("w")
    fail.using(key="k").enqueue()

    assert first is not None
    queue.perform(first)

    assert list(Job.objects.values_list("state", flat=True)) == [State.DONE, State.READY]


def test_a_job_nobody_knows_any_more_is_laid_aside_with_a_sentence():
    Job.objects.create(name="tests.gone", run_after=NOON)

    run_pending()

    assert Job.objects.get().error == "This installation has no task called tests.gone."


def test_two_tasks_cannot_share_a_name():
    with pytest.raises(ValueError, match=r"two tasks are called tests\.note"):
        task("tests.note")(lambda: None)


@pytest.fixture
def daily(monkeypatch):
    """One schedule, at a quarter past two."""
    for module in (calendar, tidy):
        monkeypatch.setattr(module, "schedules", {"tests.daily": "15 2 * * *"})
    monkeypatch.setitem(tasks.tasks, "tests.daily", tasks.Task("tests.daily", lambda: done.append(("daily",))))


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.usefixtures("daily")
def test_a_schedule_seen_first_waits_for_its_next_moment():
    assert run_pending(at(27, 12, 0)) == []
    assert run_pending(at(28, 2, 14) + timedelta(seconds=59)) == []
    assert Due.objects.count() == 1
    assert run_pending(at(28, 2, 15)) == ["tests.daily"]
    assert run_pending(at(28, 2, 16)) == []


@pytest.mark.usefixtures("daily")
def test_a_schedule_runs_once_after_a_long_stop():
    run_pending(at(20, 12, 0))

    assert run_pending(at(29, 9, 0)) == ["tests.daily"]
    assert run_pending(at(29, 9, 1)) == []


@pytest.mark.usefixtures("daily")
def test_a_clock_set_back_runs_nothing_twice():
    run_pending(at(27, 12, 0))
    run_pending(at(28, 2, 15))

    assert run_pending(at(28, 1, 0)) == []
    assert run_pending(at(28, 2, 20)) == []


@pytest.mark.usefixtures("daily")
def test_two_workers_start_a_due_moment_once():
    calendar.look(at(27, 12, 0))
    Due.objects.create(schedule="tests.daily", at=at(28, 2, 15))

    assert calendar.look(at(28, 2, 15)) == 0
    assert calendar._start("tests.daily", at(28, 2, 15)) is False


def test_tidying_keeps_dead_jobs_and_the_last_due_times(daily):
    for state in State.values:
        Job.objects.create(name="tests.note", state=state, run_after=NOON, finished_at=NOON - timedelta(days=900))
    for day in (1, 2):
        Due.objects.create(schedule="tests.daily", at=at(day, 2, 15) - timedelta(days=900))

    tidy.tidy_queue()

    assert not Job.objects.filter(state=State.DONE).exists()
    assert Job.objects.filter(state=State.DEAD).exists()
    assert [due.at.day for due in Due.objects.all()] == [(at(2, 2, 15) - timedelta(days=900)).day]


def test_sessions_that_ended_are_forgotten():
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=days))

    tidy.tidy_sessions()

    assert [session.session_key for session in Session.objects.all()] == ["new"]
