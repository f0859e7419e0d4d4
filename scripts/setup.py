"""Set up `.venv` from the lock files, with uv if it is there, else with venv and pip.

`python3 scripts/setup.py run` or `python3 scripts/setup.py dev`. It starts on Pythons too old
for Kapok, so that it can say in words what is missing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

HOME = Path(__file__).resolve().parent.parent
VENV = HOME / ".venv"
BIN = VENV / "bin"
OLDEST, NEWEST = (3, 11), (3, 13)
NAMES = ("python3.13", "python3.12", "python3.11", "python3")


def say(sentence: str) -> None:
    print("kapok set-up: " + sentence, flush=True)


def give_up(sentence: str) -> NoReturn:
    say(sentence)
    sys.exit(1)


def run(*command: str | Path) -> None:
    """Run a command; if it fails, stop with its name."""
    if subprocess.call([str(part) for part in command], cwd=HOME):
        give_up("this step failed, see above: " + " ".join(str(part) for part in command))


def works(*command: str | Path) -> bool:
    """Does the command end well? What it says is not shown."""
    quiet = subprocess.DEVNULL
    try:
        return not subprocess.call([str(part) for part in command], stdout=quiet, stderr=quiet)
    except OSError:
        return False


def version_of(python: str | Path) -> tuple[int, ...]:
    """The version of an interpreter; empty when it does not start."""
    ask = "import sys; print(sys.version_info[0], sys.version_info[1])"
    try:
        said = subprocess.check_output([str(python), "-c", ask], stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(int(part) for part in said.split())


def find_python() -> str:
    """The first interpreter that suits; PYTHON in the environment goes before all others."""
    seen = set()
    for name in (os.environ.get("PYTHON"), sys.executable, *NAMES):
        path = shutil.which(name) if name else None
        version = version_of(path) if path else ()
        if path and OLDEST <= version <= NEWEST:
            return path
        if version:
            seen.add(".".join(str(part) for part in version))
    found = ", ".join(sorted(seen)) or "none"
    give_up(f"Kapok needs Python 3.11, 3.12 or 3.13; found {found}. Name one: PYTHON=/path/to/python make setup")


def fingerprint(kind: str) -> str:
    """What the environment depends on: the lock, how the package is described, where it lies."""
    digest = hashlib.sha256(str(HOME).encode())
    for name in (f"requirements/{kind}.txt", "pyproject.toml", "scripts/setup.py"):
        digest.update((HOME / name).read_bytes())
    return digest.hexdigest()


def stamp(kind: str) -> Path:
    return VENV / f"kapok-{kind}.stamp"


def up_to_date(kind: str) -> bool:
    """A stamp tells which lock was installed; the larger set serves for the smaller one too."""
    if not (BIN / "kapok").exists():
        return False
    kinds = ("dev", "run") if kind == "run" else ("dev",)
    return any(stamp(each).exists() and stamp(each).read_text() == fingerprint(each) for each in kinds)


def uv() -> str:
    """Where uv is, unless KAPOK_NO_UV asks for plain pip."""
    return "" if os.environ.get("KAPOK_NO_UV") else shutil.which("uv") or ""


def make_environment(python: str) -> None:
    if works(BIN / "python", "-c", ""):
        return
    say(f"making .venv with {python}")
    if uv():
        run(uv(), "venv", "--quiet", "--clear", "--python", python, VENV)
        return
    if not works(python, "-c", "import ensurepip, venv"):
        give_up("this Python has no venv module. Install uv, or the venv package (Debian: apt install python3-venv).")
    run(python, "-m", "venv", "--clear", VENV)


def install(kind: str) -> None:
    """The locked packages with their hashes checked, then Kapok itself as an editable package."""
    lock, python = f"requirements/{kind}.txt", BIN / "python"
    say(f"installing the packages of {lock} with {'uv' if uv() else 'pip'}")
    if not uv() and not works(python, "-m", "pip", "--version"):
        run(python, "-m", "ensurepip")
    pip: tuple[str | Path, ...] = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    if uv():
        pip = (uv(), "pip", "install", "--quiet", "--python", python)
    run(*pip, "--require-hashes", "-r", lock)
    run(*pip, "--no-deps", "--no-build-isolation", "-e", ".")


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    if kind not in ("run", "dev"):
        give_up("say `run` (to use Kapok) or `dev` (to work on it).")
    if up_to_date(kind):
        return
    make_environment(find_python())
    install(kind)
    stamp(kind).write_text(fingerprint(kind))
    say("done")


if __name__ == "__main__":
    main()
