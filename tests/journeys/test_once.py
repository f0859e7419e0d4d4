"""Pressed twice, sent again, gone back and sent again, sent from two windows at once: each act is done once."""

import random
from collections.abc import Callable
from threading import Thread

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.db import connection

from kapok.records.models import Draft
from kapok.surveys.models import Part
from tests.journeys.sheet import Sheet
from tests.journeys.sheets import ACTS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TRIES = 3


def counts() -> dict[str, int]:
    """How many rows stand in each table of ours, how many letters went out, how often a text was saved."""
    tables = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("kapok.")]
    rows = {model._meta.db_table: model._default_manager.count() for model in tables}
    saved = [each for model in (Draft, Part) for each in model.objects.values_list("revision", flat=True)]
    return rows | {"letters": len(mail.outbox), "saved": sum(saved)}


def grown(before: dict[str, int]) -> dict[str, int]:
    """What came and what went since."""
    return {name: number - before[name] for name, number in counts().items() if number != before[name]}


def alone(sheet: Sheet) -> None:
    assert sheet.send().status_code < 500


def twice(sheet: Sheet) -> None:
    alone(sheet)
    alone(sheet)


def back(sheet: Sheet) -> None:
    """Go back to the page, and send the old sheet once more."""
    assert sheet.client.get(sheet.address).status_code < 500
    alone(sheet)


def at_once(sheet: Sheet) -> None:
    """From two windows in the same moment."""
    answers: list[int] = []

    def send(one: Sheet) -> None:
        try:
            answers.append(one.send().status_code)
        finally:
            connection.close()

    threads = [Thread(target=send, args=(sheet.elsewhere(),)) for _window in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 2
    assert max(answers) < 500


WAYS: tuple[Callable[[Sheet], None], ...] = (alone, twice, back, at_once)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_done_once_however_often_its_form_is_sent(name):
    chance = random.Random(name)
    ways = [[chance.choice(WAYS) for _step in range(chance.randint(1, 3))] for _try in range(TRIES)]
    wanted = None

    # The first is sent once: it finds out what the act does, after one that makes what all others share.
    for steps in [[], [], *([twice, *more] if n == 0 else [at_once, *more] for n, more in enumerate(ways))]:
        cache.clear()  # how many letters a day may bring is not what is tried here
        sheet = ACTS[name]()
        before = counts()
        for step in steps or [alone]:
            step(sheet)
        found = grown(before)
        if not steps:
            wanted = found
        assert found == wanted, [step.__name__ for step in steps]

    assert wanted


def test_there_are_a_hundred_tries():
    assert len(ACTS) * TRIES >= 100
