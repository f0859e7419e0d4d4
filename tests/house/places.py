"""Where the house keeps its files, as git sees them: what is not kept in it is not judged."""

import subprocess
from functools import cache
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
SOURCE = HOME / "src" / "kapok"


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project, those not yet committed included."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=HOME,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = (HOME / name for name in listed.split("\0") if name)
    return tuple(path for path in found if path.is_file())


def named(*endings: str, under: Path = HOME) -> list[Path]:
    """The files with one of these endings within a folder."""
    return [path for path in files() if path.name.endswith(endings) and path.is_relative_to(under)]


def templates() -> list[Path]:
    """Pages and letters, of both template languages."""
    return [path for path in files() if "jinja2" in path.parts or "templates" in path.parts]


def shown(path: Path) -> str:
    return path.relative_to(HOME).as_posix()
