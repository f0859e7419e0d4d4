"""Measure one installation over the wire: first views, kept pages, memory; beside Datasette with the same rows.

`DATA=folder python -m benchmarks.served 2000`. Server and asker share the machine.
"""

import argparse
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.load import Connection, latencies, per_second
from benchmarks.memory import held
from benchmarks.search_bench import line

PAGES = 200
READY = 90.0
COLUMNS = ("identifier", "format", "stage", "published_at", "changed_at", "freshness", '"values"')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: list[str], port: int, address: str, *, heard: bool = True, **more: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers at the address; it and its children are stopped afterwards. Unheard: without its log."""
    environment = os.environ | more
    log = sys.stderr if heard else subprocess.DEVNULL
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        wait_for(server, port, address)
        yield server
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def wait_for(server: subprocess.Popen[bytes], port: int, address: str) -> None:
    """Wait until the first answer."""
    until = time.monotonic() + READY
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"{server.args!r} ended with {server.returncode}")
        try:
            latencies(port, [address])
        except (OSError, RuntimeError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"{server.args!r} did not answer in {READY:.0f} seconds")


def identifiers(data: Path) -> list[str]:
    """Records whose pages are asked for, spread over all."""
    with sqlite3.connect(f"file:{data}/kapok.sqlite3?mode=ro", uri=True) as db:
        count = db.execute("SELECT count(*) FROM records_record").fetchone()[0]
        step = max(1, count // PAGES)
        found = db.execute("SELECT identifier FROM records_record WHERE id % ? = 0 LIMIT ?", (step, PAGES))
        return [str(row[0]) for row in found]


def table_for_datasette(data: Path, target: Path) -> None:
    """The same records as one table, as someone would publish it with Datasette."""
    db = sqlite3.connect(target)
    db.execute("ATTACH ? AS kapok", (f"{data}/kapok.sqlite3",))
    db.execute(f"CREATE TABLE records AS SELECT {', '.join(COLUMNS)} FROM kapok.records_record")
    db.execute("CREATE UNIQUE INDEX by_identifier ON records (identifier)")
    db.execute("CREATE TABLE keyed (identifier TEXT PRIMARY KEY, format, stage, published_at, changed_at, freshness, "
               '"values")')  # fmt: skip
    db.execute("INSERT INTO keyed SELECT * FROM records")
    db.execute("DROP TABLE records")
    db.execute("ALTER TABLE keyed RENAME TO records")
    db.commit()
    db.close()


def descendants(process: int) -> list[int]:
    """All processes below one."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *descendants(int(child))]
    return found


def say(bench: str, records: int, **figures: Any) -> None:
    """One figure that is no time."""
    print(json.dumps({"bench": bench, "records": records} | figures), flush=True)


def etag(port: int, address: str) -> str:
    """The mark by which a kept page is known."""
    connection = Connection(port)
    _status, head, _body = connection.ask(address)
    connection.close()
    for row in head.decode("latin-1").split("\r\n"):
        name, _colon, value = row.partition(":")
        if name.lower() == "etag":
            return value.strip()
    raise RuntimeError(f"{address} is not kept in front of Django: its answer has no ETag.")


def kapok(records: int, known: list[str]) -> tuple[list[float], float]:
    """First views, kept pages and memory; answers with what Datasette is compared to."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("kapok")), "serve", "--no-worker"]
    with running(command, port, "/healthz", PORT=str(port), HOST="127.0.0.1") as server:
        addresses = [f"/en/records/{one}" for one in known]
        first = latencies(port, addresses)
        kept = per_second(port, addresses[0], {}, 200)
        tag = etag(port, addresses[0])
        unchanged = per_second(port, addresses[0], {"If-None-Match": tag}, 304)
        say("served: a kept page", records, per_second=round(kept))
        say("served: word that it is unchanged (304)", records, per_second=round(unchanged))
        line("served: search, first view", records, latencies(port, searches()))
        whole, own = max((held("VmRSS", one), held("RssAnon", one)) for one in descendants(server.pid))
        say("memory of the largest serving process", records, megabytes=round(whole), of_its_own=round(own))
    return first, kept


def searches() -> list[str]:
    """Searches whose answers are not kept yet."""
    words = ("laboratory", "training", "risk", "customs", "detection", "policy", "seed", "liability", "cotton", "law")
    return [f"/en/search?q={word}&country={country}" for word in words for country in ("KEN", "PER", "VNM", "EGY")]


def datasette(data: Path, known: list[str]) -> tuple[list[float], float]:
    """The same pages from Datasette."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="kapok-datasette-") as folder:
        path = Path(folder) / "bench.db"
        table_for_datasette(data, path)
        command = [
            sys.executable,
            "-m",
            "datasette",
            "serve",
            "-i",
            str(path),
            "--port",
            str(port),
            "--host",
            "127.0.0.1",
        ]
        with running(command, port, "/-/versions.json", heard=False):
            first = latencies(port, [f"/bench/records/{one}" for one in known])
            again = per_second(port, f"/bench/records/{known[0]}", {}, 200)
    return first, again


def main() -> None:
    """Measure with or without Datasette."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=int)
    parser.add_argument("--no-peers", action="store_true")
    wanted = parser.parse_args()
    data = Path(os.environ["DATA"])
    known = identifiers(data)
    first, kept = kapok(wanted.records, known)
    if wanted.no_peers:
        line("served: a record page, first view", wanted.records, first)
        return
    peer_first, peer_again = datasette(data, known)
    line("served: a record page, first view", wanted.records, first, "Datasette", peer_first)
    ratio = round(kept / peer_again, 1)
    figures = {"per_second": round(kept), "peer": "Datasette", "peer_per_second": round(peer_again), "ratio": ratio}
    say("served: the same record page again", wanted.records, **figures)


if __name__ == "__main__":
    main()
