"""A Kapok of one's own, outside the test's transaction: its data folder, its database, its command."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

COMMAND = Path(sys.executable).with_name("kapok")
DROPPED = ("KAPOK_TESTING", "DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")


@dataclass(frozen=True)
class Installation:
    """Where one Kapok keeps its things, and how to call it."""

    data: Path
    environment: dict[str, str]

    def command(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run `kapok` and wait."""
        return subprocess.run(
            [COMMAND, *words],
            env=self.environment | more,
            capture_output=True,
            text=True,
            timeout=100,
            stdin=subprocess.DEVNULL,
        )

    def python(self, script: str, *words: str) -> subprocess.Popen[str]:
        """Start a Python of ours with a script, without waiting."""
        return subprocess.Popen(
            [sys.executable, "-c", script, *words], env=self.environment, text=True, stdout=subprocess.DEVNULL
        )

    def start(self, *words: str, **more: str) -> subprocess.Popen[str]:
        """Start `kapok` without waiting."""
        return subprocess.Popen(
            [COMMAND, *words],
            env=self.environment | more,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Databases:
    """Databases on the PostgreSQL that the tests run on; SQLite needs none."""

    def __init__(self) -> None:
        self.url = os.environ.get("DATABASE_URL", "")
        self.made: list[str] = []

    def make(self, template: str = "template1") -> str:
        """A new database, and its address."""
        if not self.url:
            return ""
        name = f"kapok_{uuid4().hex[:12]}"
        self._do("CREATE DATABASE {} TEMPLATE {}", name, template)
        self.made.append(name)
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def drop(self) -> None:
        for name in self.made:
            self._do("DROP DATABASE {} WITH (FORCE)", name)

    def _do(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def surroundings(data: Path, url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
    return kept | {"DATA": str(data), "PORT": str(free_port())} | ({"DATABASE_URL": url} if url else {})


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    made = Databases()
    yield made
    made.drop()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Installation:
    """A Kapok that is set up and empty; the others are copies of it."""
    data = tmp_path_factory.mktemp("prepared") / "data"
    made = Installation(data, surroundings(data, databases.make()))
    done = made.command("setup")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def fresh(tmp_path: Path, databases: Databases) -> Installation:
    """A Kapok before its set-up."""
    data = tmp_path / "fresh"
    return Installation(data, surroundings(data, databases.make()))


@pytest.fixture(scope="session")
def copy_of(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Callable[[Installation], Installation]:
    """Copies an installation, its database included."""

    def copy(original: Installation) -> Installation:
        data = tmp_path_factory.mktemp("copy") / "data"
        shutil.copytree(original.data, data)
        url = original.environment.get("DATABASE_URL", "")
        return Installation(data, surroundings(data, databases.make(urlsplit(url).path[1:]) if url else ""))

    return copy


@pytest.fixture
def installation(prepared: Installation, copy_of: Callable[[Installation], Installation]) -> Installation:
    """A Kapok that is set up and empty."""
    return copy_of(prepared)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An empty data folder, for tests that start programs of their own."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder
