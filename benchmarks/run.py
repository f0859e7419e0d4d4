"""Measure Kapok beside its peers on a fresh folder of synthetic records; one JSON line per figure.

`make bench`, or `python -m benchmarks.run 2000 100000`. Sizes also come from RECORDS ("2000 100000").
PostgreSQL is a peer where its programs are installed; `--no-peers` leaves all peers out. What is said beside
the figures goes to the standard error, so that the standard output holds nothing but figures.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from scripts import postgres

ROOT = Path(__file__).resolve().parent.parent
USUAL = "2000"


def main() -> int:
    """Measure at each size asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usual = [int(number) for number in os.environ.get("RECORDS", USUAL).split()]
    parser.add_argument(
        "records", nargs="*", type=int, default=usual, help="how many records (default: RECORDS or 2000)"
    )
    parser.add_argument("--no-peers", action="store_true", help="measure Kapok only")
    parser.add_argument("--keep", metavar="FOLDER", help="fill FOLDER, or use what it holds, and leave it there")
    wanted = parser.parse_args()
    for records in wanted.records:
        folder = Path(wanted.keep or tempfile.mkdtemp(prefix="kapok-bench-"))
        try:
            measure(records, folder, peers=not wanted.no_peers)
        finally:
            if not wanted.keep:
                shutil.rmtree(folder, ignore_errors=True)
    apart()
    return 0


def apart() -> None:
    """What wants an installation of its own: files on their way in, and people at the door."""
    with tempfile.TemporaryDirectory(prefix="kapok-bench-") as folder:
        environment = surroundings(Path(folder))
        if shared := os.environ.get("KAPOK_SHARED_DATA"):
            environment["KAPOK_SHARED_DATA"] = shared
        kapok = str(Path(sys.executable).with_name("kapok"))
        subprocess.run([kapok, "setup"], cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
        for part in ("imports", "probing"):
            subprocess.run([sys.executable, "-m", f"benchmarks.{part}"], cwd=ROOT, env=environment, check=True)


def measure(records: int, folder: Path, peers: bool) -> None:
    """Fill a folder, then ask it everything: within one process, and over the wire."""
    data = folder / "data"
    if not (data / "kapok.sqlite3").exists():
        fill(records, data)
    with peer_database(peers) as address:
        environment = surroundings(data) | ({"BENCH_POSTGRES": address} if address else {})
        rooms = ("installed", "matrix", "changes", "exports", "served", "overlaps")
        for part in (f"benchmarks.{room}" for room in rooms):
            command = [sys.executable, "-m", part, str(records), *([] if peers else ["--no-peers"])]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)
        count_answers(environment)


def count_answers(environment: dict[str, str]) -> None:
    """Measure the synthesis on the reports of 2012, built again in the same folder."""
    again = [str(Path(sys.executable).with_name("kapok")), "reconstruct-2012"]
    subprocess.run(again, cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
    subprocess.run([sys.executable, "-m", "benchmarks.synthesis"], cwd=ROOT, env=environment, check=True)


def fill(records: int, data: Path) -> None:
    """Fill the data folder with `kapok bench-data`."""
    command = [str(Path(sys.executable).with_name("kapok")), "bench-data"]
    began = time.perf_counter()
    options = ["--records", str(records), "--out", str(data)]
    subprocess.run([*command, *options], cwd=ROOT, env=surroundings(data), check=True, stdout=sys.stderr)
    seconds = time.perf_counter() - began
    said = {"bench": "fill and index synthetic records", "records": records, "seconds": round(seconds, 1)}
    print(json.dumps(said | {"per_second": round(records / seconds)}), flush=True)


def surroundings(data: Path) -> dict[str, str]:
    """The environment of a fresh Kapok that knows only its folder."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("KAPOK_")}
    known.pop("DATABASE_URL", None)
    return known | {"DATA": str(data), "DJANGO_SETTINGS_MODULE": "kapok.site.settings"}


def peer_database(peers: bool) -> AbstractContextManager[str]:
    """A PostgreSQL to compare with: the one named by BENCH_POSTGRES, one of our own, or none."""
    given = os.environ.get("BENCH_POSTGRES", "")
    if not peers or given:
        return nullcontext(given if peers else "")
    if postgres.binaries() is None:
        print("No PostgreSQL on this machine: it is left out as a peer.", file=sys.stderr)
        return nullcontext("")
    return postgres.running()


if __name__ == "__main__":
    sys.exit(main())
