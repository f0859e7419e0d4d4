"""Where the index lives: one folder for each time it was built, a pointer to the one in use, and two locks."""

import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kapok.search.concepts import Concepts
from kapok.search.engine import VERSION

POINTER, NOTE = "current", "kapok.json"


class Place:
    """A folder for the index. Readers follow the pointer; whoever writes holds the lock."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pointer = root / POINTER

    def current(self) -> Path | None:
        """The folder in use, if there is one."""
        try:
            folder = self.root / self.pointer.read_text().strip()
        except FileNotFoundError:
            return None
        return folder if (folder / "meta.json").exists() else None

    def fits(self, folder: Path | None, concepts: Concepts) -> bool:
        """Was it built with these columns and these synonyms?"""
        try:
            return folder is not None and json.loads((folder / NOTE).read_text()) == _made_with(concepts)
        except (FileNotFoundError, ValueError):
            return False

    def fresh(self, concepts: Concepts) -> Path:
        """A new empty folder, not yet in use."""
        folder = self.root / f"built-{uuid.uuid4().hex[:12]}"
        folder.mkdir(parents=True)
        _write(folder / NOTE, json.dumps(_made_with(concepts)))
        return folder

    def swap(self, folder: Path) -> None:
        """Put a finished folder in use in one step, and remove those that came before."""
        _write(self.pointer, folder.name)
        for other in self.root.glob("built-*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        """Wait for one's turn. The system lets go of the lock when its holder dies."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / f"{name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def forget(self) -> None:
        """Remove the index; the next drain builds it from the store."""
        self.pointer.unlink(missing_ok=True)
        for folder in self.root.glob("built-*"):
            shutil.rmtree(folder, ignore_errors=True)


def _made_with(concepts: Concepts) -> dict[str, object]:
    return {"version": VERSION, "synonyms": concepts.digest}


def _write(path: Path, text: str) -> None:
    """Whole or not at all, also when the power fails."""
    beside = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}")
    with beside.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
