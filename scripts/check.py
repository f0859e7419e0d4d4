"""All checks of the house; says which failed and ends with 1 if one did."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BIN = Path(sys.executable).parent
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("style", ("ruff", "check", ".")),
    ("layout", ("ruff", "format", "--check", ".")),
    ("types", ("mypy",)),
    ("layers", ("lint-imports",)),
    ("settings", ("django-admin", "check", "--deploy", "--fail-level", "WARNING")),
    ("migrations", ("django-admin", "makemigrations", "--check", "--dry-run")),
    # The table of access is slow, and is asked with the tests of each database.
    ("house", ("pytest", "tests/house", "-q", "-n", "0", "-m", "not slow", "-p", "no:randomly")),
)


def surroundings(step: str, folder: str) -> dict[str, str]:
    """The environment of a step: a data folder of its own; the settings of a real site where they are judged."""
    if step == "house":
        return {name: value for name, value in os.environ.items() if name not in {"DATA", "PORT", "HOST"}}
    environment = os.environ | {"DATA": folder, "DJANGO_SETTINGS_MODULE": "kapok.site.settings", "KAPOK_TESTING": "1"}
    if step == "settings":
        del environment["KAPOK_TESTING"]
        environment |= {"KAPOK_ADDRESS": "https://kapok.example", "KAPOK_HOSTS": "kapok.example"}
    return environment


def ask(step: str, command: tuple[str, ...]) -> tuple[int, str, float]:
    """One check: what it ended with, what it said, and how long it took."""
    started = time.monotonic()
    program, *words = command
    with tempfile.TemporaryDirectory(prefix="kapok-check-") as folder:
        done = subprocess.run(
            [str(BIN / program), *words],
            env=surroundings(step, folder),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    return done.returncode, done.stdout, time.monotonic() - started


def known() -> set[str]:
    """The steps that were asked a moment ago: the rules of the house are among the tests, as `.ci/run` knows."""
    return {"house"} if os.environ.get("KAPOK_TESTED") else set()


def main() -> int:
    chosen = set(sys.argv[1:])
    failed = []
    # Some at once: each of them keeps one processor busy.
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as several:
        steps = [(step, one) for step, one in STEPS if (step in chosen if chosen else step not in known())]
        asked = {step: several.submit(ask, step, one) for step, one in steps}
        for step, answer in asked.items():
            code, said, seconds = answer.result()
            print(f"{'FAILED' if code else 'ok    '} {step} ({seconds:.1f} s)", flush=True)
            if code:
                failed.append(step)
                print(said, flush=True)
    for step in set() if chosen else known():
        print(f"known  {step} (from the tests)")
    print("All checks pass." if not failed else "These checks failed: " + ", ".join(failed))
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
