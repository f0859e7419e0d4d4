"""Run all tests on SQLite, the browser journeys included, then all others on a PostgreSQL of their own.

Extra words go to pytest: `python -m scripts.test tests/core -x`.
"""

import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from scripts import postgres

BIN = Path(sys.executable).parent
IN_CI = bool(os.environ.get("CI"))
WORKERS = max(2, min(os.cpu_count() or 2, 8))
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def say(sentence: str) -> None:
    print(f"\nkapok tests: {sentence}", flush=True)


def cannot(sentence: str) -> bool:
    """Tell why some tests cannot run; in CI that is a failure."""
    say(sentence + (" CI needs it, so this run has failed." if IN_CI else " Those tests are left out."))
    return IN_CI


def pytest(*words: str, **environment: str) -> int:
    """One run of the tests; finding none at all is a failure too."""
    started = time.monotonic()
    # A file is one piece of work; the slow ones stand first (tests/plugins/order.py) and stay there.
    pieces = ["-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [str(BIN / "pytest"), *pieces, "--durations=5", *words, *sys.argv[1:]]
    code = subprocess.call(command, env=os.environ | environment)
    say(f"that took {time.monotonic() - started:.0f} s")
    return code


def main() -> int:
    failed = False
    marks: list[str] = []
    if not (os.environ.get("KAPOK_CHROMIUM") or any(map(shutil.which, CHROMIUMS))):
        failed |= cannot("There is no Chromium on this machine (Debian: apt install chromium).")
        marks = ["-m", "not browser"]
    say("all tests on SQLite")
    failed |= bool(pytest(*marks, KAPOK_TEST_DB="sqlite"))
    if postgres.binaries() is None:
        return int(failed | cannot(postgres.MISSING))
    say("the same tests on PostgreSQL, without the browser")
    with ExitStack() as servers:
        # A server for each worker: the search index waits for the oldest transaction open in a server.
        urls = [servers.enter_context(postgres.running()) for _worker in range(WORKERS)]
        failed |= bool(pytest("-m", "not browser", KAPOK_TEST_DB="postgres", KAPOK_TEST_SERVERS=" ".join(urls)))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
