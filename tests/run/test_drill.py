"""A backup taken while people work holds each of their acts whole or not at all, and goes back into both databases."""

import json
import tarfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from scripts import postgres
from tests.plugins.installation import Installation, surroundings
from tests.run.test_copies import digest
from tests.run.test_serve import until
from tests.run.writers import CONFIRM, PUBLISH, UPLOAD

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
WRITERS, TURNS = 3, 4
START = "import sys, django; django.setup(); from tests.run import writers; "


@pytest.fixture
def places(tmp_path, databases):
    """Two empty folders, one for each engine."""
    one = Installation(tmp_path / "same", surroundings(tmp_path / "same", databases.make()))
    if databases.url:
        yield [one, Installation(tmp_path / "other", surroundings(tmp_path / "other", ""))]
        return
    if postgres.binaries() is None:
        pytest.skip(postgres.MISSING)
    server = postgres.Server()
    server.start()
    yield [one, Installation(tmp_path / "other", surroundings(tmp_path / "other", server.url))]
    server.stop()
    server.remove()


@contextmanager
def at_work(installation, folder):
    """Several people who write without a pause; what each has done so far can be asked for."""
    logs = [folder / f"writer-{number}" for number in range(WRITERS)]
    for log in logs:
        log.touch()
    script = START + "writers.write(*sys.argv[1:])"
    running = [installation.python(script, str(log), str(number)) for number, log in enumerate(logs)]
    try:
        yield lambda: [[tuple(json.loads(row)) for row in log.read_text().splitlines()] for log in logs]
        assert all(one.poll() is None for one in running), "everybody worked until the end"
    finally:
        for one in running:
            one.kill()
            one.wait()


def looked(installation):
    """What an installation holds of the acts."""
    place = installation.data / "seen.json"
    installation.environment.setdefault("DJANGO_SETTINGS_MODULE", "kapok.site.settings")
    assert installation.python(START + "writers.look(*sys.argv[1:])", str(place)).wait(timeout=100) == 0
    return json.loads(place.read_text())


def restored(installation, path):
    """The hash of what was put back, what verifying it says, and what it holds."""
    done = installation.command("restore", str(path))
    assert done.returncode == 0, done.stderr
    proved = installation.command("verify")
    assert proved.returncode == 0, proved.stdout
    return digest(done), proved.stdout.splitlines(), looked(installation)


def test_a_backup_under_load_is_whole_on_both_engines(installation, places, tmp_path):
    installation.environment.setdefault("DJANGO_SETTINGS_MODULE", "kapok.site.settings")
    path = tmp_path / "kapok.tar.gz"
    with at_work(installation, tmp_path) as acts:
        before = until(lambda: min(map(len, acts())) >= 3 * TURNS and acts())
        saved = installation.command("backup", str(path))
        after = acts()
        assert all(len(now) > len(then) for now, then in zip(after, before, strict=True))
    assert saved.returncode == 0, saved.stderr
    with tarfile.open(path) as archive:
        assert not [name for name in archive.getnames() if name.startswith("files/pieces") or name.endswith(".part")]

    with ThreadPoolExecutor() as both:
        found = list(both.map(lambda place: restored(place, path), places))

    assert [one[0] for one in found] == [digest(saved)] * 2
    for _hash, proved, seen in found:
        assert "trail: all right" in proved
        assert "references: all right" in proved
        assert is_whole(seen) == []
        kept = {(verb, thing) for verb, thing, _details in seen["entries"]}
        for then, now in zip(before, after, strict=True):
            held = [act in kept for act in now]
            assert all(held[: len(then)]), "what was done before the backup is in it"
            assert held == sorted(held, reverse=True), "what came later is there up to a moment, and nothing after it"
    assert found[0][2] == found[1][2]


def is_whole(seen):
    """Acts that stand in the trail and were not done, and what was done without its entry."""
    entries = Counter((verb, thing) for verb, thing, _details in seen["entries"])
    published = {thing for thing, one in seen["records"].items() if one["stage"] == "published"}
    half = published ^ {thing for verb, thing in entries if verb == PUBLISH}
    half |= {thing for thing in published if not seen["records"][thing]["as published"]}
    for verb, thing, details in seen["entries"]:
        if verb == CONFIRM and seen["records"][thing]["due_on"] != details["due_on"]:
            half.add(thing)
    half |= {thing for thing, whole in seen["files"].items() if not whole}
    half |= set(seen["files"]) ^ {thing for verb, thing in entries if verb == UPLOAD}
    return sorted(half | {thing for (_verb, thing), times in entries.items() if times > 1})
