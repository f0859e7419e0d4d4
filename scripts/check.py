"""All checks of the house, one after another; says which failed and ends with 1 if one did."""

import os
import subprocess
import sys
import tempfile
import time
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


def main() -> int:
    chosen = set(sys.argv[1:])
    failed = []
    for step, (program, *words) in STEPS:
        if chosen and step not in chosen:
            continue
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="kapok-check-") as folder:
            command = [str(BIN / program), *words]
            done = subprocess.run(
                command, env=surroundings(step, folder), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
        print(
            f"{'ok    ' if done.returncode == 0 else 'FAILED'} {step} ({time.monotonic() - started:.1f} s)", flush=True
        )
        if done.returncode:
            failed.append(step)
            print(done.stdout, flush=True)
    print("All checks pass." if not failed else "These checks failed: " + ", ".join(failed))
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
