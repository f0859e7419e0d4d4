"""A search index of a test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def nothing_compared() -> None:
    """Records of another test had the same identifiers, and no news told that they are gone."""
    from kapok.insight.matches import finding

    finding.forget()


@pytest.fixture
def index(settings: Any, tmp_path: Path) -> Iterator[Callable[[], int]]:
    """An empty index in a folder of its own; call it to bring it up to date with the database."""
    from kapok.search import index as room

    before, settings.DATA = settings.DATA, tmp_path
    (tmp_path / "index").mkdir()
    room.forget()
    yield room.drain
    room.forget()
    settings.DATA = before
