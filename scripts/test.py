"""Run all tests on SQLite, the browser journeys included, then on PostgreSQL those that can ask a database.

What runs once, and why, is told in docs/build/tests.md. Extra words go to pytest: `… scripts.test tests/core -x`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from scripts import postgres

BIN = Path(sys.executable).parent
IN_CI = bool(os.environ.get("CI"))
WORKERS = max(2, min(os.cpu_count() or 2, 8))
NONE_FOUND = 5  # what pytest ends with
MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def say(sentence: str) -> None:
    print(f"\nkapok tests: {sentence}", flush=True)


def cannot(sentence: str) -> bool:
    """Tell why some tests cannot run; in CI that is a failure."""
    say(sentence + (" CI needs it, so this run has failed." if IN_CI else " Those tests are left out."))
    return IN_CI


@contextmanager
def in_memory() -> Iterator[None]:
    """Keep temporary files in memory where there is room: what nobody reads tomorrow need not wait for the disk."""
    if not (os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="kapok-tests-", dir=MEMORY) as folder:
        # PostgreSQL runs as somebody else, who must find the way to its own folder.
        Path(folder).chmod(0o711)
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        yield
    tempfile.tempdir = None
    del os.environ["TMPDIR"]


def pytest(*words: str, **environment: str) -> int:
    """One run of the tests; finding none at all is a failure too, unless some were chosen."""
    started = time.monotonic()
    # A file is one piece of work; the slow ones stand first (tests/plugins/order.py) and stay there.
    pieces = ["-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [str(BIN / "pytest"), *pieces, "--durations=5", *words, *sys.argv[1:]]
    code = subprocess.call(command, env=os.environ | environment)
    say(f"that took {time.monotonic() - started:.0f} s")
    return 0 if code == NONE_FOUND and sys.argv[1:] else code


def on_sqlite() -> bool:
    """Did anything fail?"""
    marks: list[str] = []
    failed = False
    if not (os.environ.get("KAPOK_CHROMIUM") or any(map(shutil.which, CHROMIUMS))):
        failed = cannot("There is no Chromium on this machine (Debian: apt install chromium).")
        marks = ["-m", "not browser"]
    say("all tests on SQLite")
    return failed | bool(pytest(*marks, KAPOK_TEST_DB="sqlite"))


def on_postgres() -> bool:
    """Did anything fail?"""
    if postgres.binaries() is None:
        return cannot(postgres.MISSING)
    say("on PostgreSQL, without the browser, the tests that can ask a database")
    with ExitStack() as servers:
        # A server for each worker: the search index waits for the oldest transaction open in a server.
        urls = [servers.enter_context(postgres.running()) for _worker in range(WORKERS)]
        environment = {"KAPOK_TEST_DB": "postgres", "KAPOK_TEST_SERVERS": " ".join(urls)}
        return bool(pytest("-m", "store and not browser", **environment))


def main() -> int:
    with in_memory():
        return int(on_sqlite() | on_postgres())


if __name__ == "__main__":
    sys.exit(main())
