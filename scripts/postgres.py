"""A PostgreSQL of our own for tests: started as an ordinary user on a free loopback port, gone afterwards.

`python -m scripts.postgres COMMAND …` runs a command with DATABASE_URL set to it.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

# It lives for minutes and holds nothing of value, so it need not wait for the disk. Nobody else may hold a
# transaction open in it, its own housekeeping included: the search index waits for the oldest one of the server.
QUICK = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=96MB",
    "max_connections=80",
    "autovacuum=off",
)
MISSING = "There is no PostgreSQL server on this machine (Debian: apt install postgresql)."


def binaries() -> Path | None:
    """The folder of initdb and postgres: the newest that Debian installed, or what is on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def ordinary_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: the account it runs under then; none when we are nobody special."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A PostgreSQL in a temporary folder, which can be stopped and started."""

    def __init__(self) -> None:
        programs = binaries()
        if programs is None:
            raise RuntimeError(MISSING)
        self.programs, self.port = programs, free_port()
        self.url = f"postgresql://kapok@127.0.0.1:{self.port}/postgres"
        self.folder = Path(tempfile.mkdtemp(prefix="kapok-postgres-"))
        self.log = (self.folder / "log").open("wb")
        user = ordinary_user()
        self.who: dict[str, Any] = {}
        if user:
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        data = ["-D", str(self.folder / "data")]
        init = [str(programs / "initdb"), *data, "-U", "kapok", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(init, check=True, cwd=self.folder, stdout=self.log, stderr=self.log, **self.who)
        options = [part for setting in QUICK for part in ("-c", setting)]
        options += ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
        self.command = [str(programs / "postgres"), *data, "-p", str(self.port), *options]

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, cwd=self.folder, stdout=self.log, stderr=self.log, **self.who)
        wait_for(self.port, self.folder / "log")

    def stop(self) -> None:
        """At once, whoever is connected."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def remove(self) -> None:
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def running() -> Iterator[str]:
    """A fresh server; gives the address for DATABASE_URL."""
    server = Server()
    try:
        server.start()
        yield server.url
    finally:
        server.stop()
        server.remove()


def wait_for(port: int, log: Path) -> None:
    """Until it answers; its own words if it does not."""
    for _attempt in range(150):
        try:
            psycopg.connect(f"postgresql://kapok@127.0.0.1:{port}/postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("PostgreSQL did not start:\n" + log.read_text(errors="replace")[-3000:])


if __name__ == "__main__":
    with running() as url:
        sys.exit(subprocess.call(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}))
