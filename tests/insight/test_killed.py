"""Killed at any statement while allocations are kept, nothing is lost; `kapok verify` says so, and repairs damage."""

import json
import os
import random
import signal
import subprocess
import sys

import pytest

from tests.insight import killable

ROUNDS, STATEMENTS = 8, 20


@pytest.fixture
def run(prepared, copy_of):
    """What came of it, beside an installation of its own."""
    here = copy_of(prepared)

    def start(*statements):
        command = [sys.executable, killable.__file__, *map(str, statements)]
        environment = here.environment | {"DJANGO_SETTINGS_MODULE": "kapok.site.settings"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=110, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout.splitlines()[-1])

    return start


@pytest.mark.slow
def test_allocations_survive_a_kill_at_any_statement_and_damage_is_found_and_repaired(run):
    dice = random.Random(os.environ.get("PYTEST_RANDOMLY_SEED", 1))

    seen = run(*(dice.randrange(3, STATEMENTS) for _ in range(ROUNDS)), 2)

    assert seen["ends"].count(-signal.SIGKILL) >= ROUNDS // 2
    assert seen["behind"] > 0  # what the last one had not done is still noted
    assert seen["sound"] == 0
    assert seen["wrong"] == killable.DAMAGED
    assert seen["found"] == [1, 0, 0]
