"""Serving: it answers, mends itself, stops in good order, and never runs twice on one folder."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

TASKS = """
import sys, threading, time
import kapok.site.command.ground as ground
ground.house()
from datetime import timedelta
from pathlib import Path
from django.utils import timezone
from kapok.core.jobs import queue, task
from kapok.core.jobs.models import Due
from kapok.core.jobs.worker import loop

queue.LEASE = timedelta(seconds=2)
log, slowly = Path(sys.argv[1]), sys.argv[2] == "slowly"

@task("tests.effect", atomic=True)
def effect(name):
    Due.objects.create(schedule=name, at=timezone.now())
    with log.open("a") as file:
        file.write("begun\\n")
    if slowly:
        time.sleep(60)
    with log.open("a") as file:
        file.write("done\\n")

if slowly:
    effect.enqueue("effect")
loop(threading.Event())
"""


def get(url):
    with urlopen(url, timeout=30) as response:
        return response.read().decode()


def until(question, seconds=90.0):
    """Wait until the question is answered with something, and give it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if answer := question():
                return answer
        except (URLError, OSError, subprocess.SubprocessError):
            pass
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


def children(pid):
    """The processes that a process started."""
    found = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (thread / "children").read_text().split()]
    return found


def command_of(pid):
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


@pytest.fixture
def served(installation):
    """A Kapok that answers."""
    address = f"http://127.0.0.1:{installation.environment['PORT']}"
    with installation.start("serve") as process:
        try:
            until(lambda: json.loads(get(f"{address}/readyz"))["status"] == "ready")
            yield installation, process, address
        finally:
            process.kill()
    until(lambda: not reachable(address))


def reachable(address):
    try:
        get(f"{address}/healthz")
    except (URLError, OSError):
        return False
    return True


def test_it_answers_mends_itself_and_stops_in_good_order(served):
    installation, process, address = served

    second = installation.command("serve", PORT="1")
    assert f"Another Kapok (process {process.pid}) serves from" in second.stderr

    worker = next(pid for pid in children(process.pid) if "serve worker" in command_of(pid))
    os.kill(worker, signal.SIGKILL)
    again = until(lambda: [pid for pid in children(process.pid) if "serve worker" in command_of(pid) and pid != worker])
    assert len(again) == 1

    process.terminate()
    assert process.wait(30) == 0
    assert not reachable(address)
    assert f"Kapok answers on {address} " in process.stdout.read()


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "https://kapok.example"])
def test_a_web_process_knows_the_front_page_before_it_answers(installation, address):
    """Whoever comes first waits no longer than the others."""
    asked = "from kapok.site.serve import load; print([(key[1], key[3]) for key in load('').pages])"
    installation.command("reindex")  # pages made without an index are not kept

    done = installation.command("manage", "shell", "-v0", "-c", asked, KAPOK_ADDRESS=address)

    host = address.partition("//")[2]
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith(str([(host, "/en/"), (host, "/en/search")])), done.stdout + done.stderr


def test_a_killed_supervisor_leaves_no_process_behind(served):
    _installation, process, address = served
    web = next(pid for pid in children(process.pid) if "serve web" in command_of(pid))
    family = [*children(process.pid), *children(web)]

    process.kill()

    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))
    assert not reachable(address)


def test_a_killed_workers_job_runs_again_with_one_effect(installation, tmp_path):
    log = tmp_path / "log"
    first = installation.python(TASKS, str(log), "slowly")
    until(log.exists)
    first.kill()
    first.wait()

    second = installation.python(TASKS, str(log), "quickly")
    try:
        until(lambda: "done" in log.read_text())
        effects = "from kapok.core.models import Due, Job; print(Due.objects.filter(schedule='effect').count())"
        attempts = "print(Job.objects.get(name='tests.effect').attempts, Job.objects.get(name='tests.effect').state)"
        said = until(
            lambda: [
                line
                for line in [
                    installation.command("manage", "shell", "-v0", "-c", f"{effects}; {attempts}").stdout.split()
                ]
                if line[-1] == "done"
            ]
        )
    finally:
        second.kill()
        second.wait()

    assert log.read_text().split() == ["begun", "begun", "done"]
    assert said == [["1", "2", "done"]]


def test_a_first_start_says_how_to_make_an_administrator(fresh):
    with fresh.start("run") as process:
        try:
            address = f"http://127.0.0.1:{fresh.environment['PORT']}"
            said = ""
            while f"Kapok answers on {address} " not in said:
                line = process.stdout.readline()
                assert line, f"kapok ended before it answered: {said}"
                said += line
        finally:
            process.terminate()
        process.communicate(timeout=60)

    assert "Make the first administrator: .venv/bin/kapok createadmin" in said
    assert process.returncode == 0
