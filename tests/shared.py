"""Data that is shared beside the project and never part of it: found where it is, absent elsewhere."""

import os
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]


def shared(name: str) -> Path | None:
    """A file of the shared data, or None where it is not there."""
    folder = Path(os.environ.get("KAPOK_SHARED_DATA") or HOME.parent / "shared" / "data")
    path = folder / name
    return path if path.exists() else None
