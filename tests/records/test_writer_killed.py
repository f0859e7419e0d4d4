"""Fifty writers are killed in the middle of their work: nothing they acknowledged is lost, nothing is half done."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
KILLS = 50


def test_nothing_acknowledged_is_lost_and_nothing_is_torn(installation):
    surroundings = installation.environment | {"DJANGO_SETTINGS_MODULE": "kapok.site.settings"}
    command = [sys.executable, "-m", "tests.records.killable", str(KILLS)]

    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=280, check=False)

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    sys.stdout.write(f"{os.environ['KAPOK_TEST_DB']}: {seen['kills']} kills, {seen['acknowledged']} acts\n")
    assert (seen["kills"], seen["lost"], seen["torn"]) == (KILLS, [], [])
    assert seen["acknowledged"] > KILLS
