"""Reminders: written once, told once, closed when done."""

from datetime import date

import pytest

from kapok.workflow import reminders
from kapok.workflow.models import Reminder

pytestmark = pytest.mark.django_db
FIRST, LATER = date(2026, 1, 10), date(2026, 2, 10)
STEPS = [("1", FIRST), ("2", LATER)]


def test_asking_twice_is_asking_once():
    for _time in range(2):
        reminders.ask("report", "record:A", STEPS, cycle=FIRST)

    assert Reminder.objects.count() == 2


def test_what_was_told_is_not_told_again_when_asked_again():
    reminders.ask("report", "record:A", STEPS, cycle=FIRST)
    reminders.tell(reminders.untold("report", FIRST))
    reminders.close("report", ["record:A"])
    assert not reminders.untold("report", LATER).exists()

    reminders.ask("report", "record:A", STEPS, cycle=FIRST)

    assert [one.step for one in reminders.untold("report", LATER)] == ["2"]
    assert reminders.asked("report", LATER).count() == 2


def test_asking_about_many_is_asking_about_each():
    reminders.ask("report", "record:A", [("1", LATER)], cycle=LATER)
    reminders.ask("report", "record:B", STEPS, cycle=FIRST)

    reminders.ask_all("report", [reminders.Asking(f"record:{name}", STEPS, FIRST) for name in "ABC"])
    reminders.ask_all("report", [])

    asked = reminders.asked("report", LATER).filter(cycle=FIRST)
    assert sorted(asked.values_list("thing", "step")) == [(f"record:{name}", step) for name in "ABC" for step in "12"]
    assert not Reminder.objects.filter(cycle=LATER, closed_at=None).exists()


def test_a_new_cycle_ends_the_one_before_and_leaves_other_things_alone():
    reminders.ask("report", "record:A", STEPS, cycle=FIRST)
    reminders.ask("report", "record:B", STEPS, cycle=FIRST)
    reminders.ask("confirm", "record:A", STEPS, cycle=FIRST)

    reminders.ask("report", "record:A", [("1", LATER)], cycle=LATER)

    left = Reminder.objects.filter(closed_at=None).values_list("kind", "thing", "cycle")
    assert sorted(left) == [("confirm", "record:A", FIRST), ("confirm", "record:A", FIRST),
                            ("report", "record:A", LATER), ("report", "record:B", FIRST),
                            ("report", "record:B", FIRST)]  # fmt: skip
