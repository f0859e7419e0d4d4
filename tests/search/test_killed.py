"""Killing the indexer at any instant loses nothing: what was committed to the store reaches the index."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.search import killable

ROUNDS, CHANGES = 6, 1500


@pytest.fixture
def run(data):
    env = os.environ | {"DATA": str(data), "KAPOK_TESTING": "1", "DJANGO_SETTINGS_MODULE": "kapok.site.settings"}
    env.pop("DATABASE_URL", None)

    def start(act):
        command = [sys.executable, killable.__file__, act]
        return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)

    return start


def said(process):
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0, out
    return json.loads(out.splitlines()[-1])


@pytest.mark.slow
def test_an_indexer_killed_again_and_again_converges(run, data):
    said(run("prepare"))
    dice = random.Random(os.environ.get("PYTEST_RANDOMLY_SEED", 1))
    store = sqlite3.connect(data / "kapok.sqlite3", isolation_level=None)
    killed = 0
    for number in range(ROUNDS):
        store.execute("BEGIN IMMEDIATE")
        for _ in range(CHANGES):
            killable.change(store, f"thing:{dice.randrange(2000)}", f"word{number} maize {dice.random()}")
        store.execute("COMMIT")
        process = run("drain")
        process.stdout.readline()  # it says when it begins
        time.sleep(dice.random() * 0.25)
        process.kill()
        process.communicate()
        killed += process.returncode < 0
    store.close()

    seen = said(run("finish"))

    assert killed >= ROUNDS // 2
    assert seen["wrong"] == []
    assert seen["total"] == seen["things"] > 1000
    assert seen["left"] == 0
