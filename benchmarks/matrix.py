"""The gap matrix, 198 countries × the themes, beside the same question in SQL on SQLite, PostgreSQL and DuckDB.

`benchmarks.run` starts it with DATA set to a filled folder; `--times 10` lays each record down ten times. The peers
hold the same allocations in flat tables with the indexes one would make, and count only; Kapok also finds states,
ranks, confirmations and money.
"""

import argparse
import gc
import itertools
import json
import os
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import django

ROUNDS = 40
BUDGETS = ((2_000, 10), (100_000, 50), (10**9, 150))
SQL = """SELECT p.cell, f.class, COUNT(*) FROM pairs p JOIN facts f ON f.spell = p.spell {where} GROUP BY 1, 2"""
IN = "f.spell IN (SELECT spell FROM facets WHERE name = {mark} AND value = {mark})"
Filters = dict[str, tuple[str, ...]]


def main() -> int:
    """Measure Kapok, then each peer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=int)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--times", type=int, default=1, help="as if there were so many times as many records")
    wanted = parser.parse_args()
    django.setup()
    from kapok.insight.counting import shelf

    held = shelf()
    if wanted.times > 1:
        wanted.records *= wanted.times
        held.blocks = {name: many(block, wanted.times) for name, block in held.blocks.items()}
    held.matrix(question({}))
    gc.collect()
    gc.freeze()  # as a web process does once it is loaded
    asked = questions()
    own = timed(lambda: shelf().matrix(question({})), [{}] * ROUNDS, kept=True)
    say(wanted.records, "matrix, unfiltered, kept", own)
    rows = len(held.blocks["now"]["cells.ids"])
    budget = next(ms for size, ms in BUDGETS if wanted.records <= size)
    fresh = timed(lambda filters: held.matrix(question(filters)), asked, forget=held.kept.clear)
    say(wanted.records, "matrix, filtered", fresh, rows=rows, budget_ms=budget)
    read = timed(lambda filters: held.matrix(question(filters)).cells, asked, forget=held.kept.clear)
    say(wanted.records, "matrix, filtered, every cell as plain values", read, budget_ms=budget)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"bench": "matrix, memory of the process", "records": wanted.records, "mb": memory}), flush=True)
    if wanted.no_peers:
        return 0
    for name, peer in peers(held.blocks["now"]):
        said = timed(peer, asked[: ROUNDS // 4])
        ratio = round(said["p95_ms"] / read["p95_ms"], 1)
        say(wanted.records, f"matrix, filtered, {name}", said, ratio=ratio)
    return 0


def many(block: Any, times: int) -> Any:
    """A block that holds each spell so many times, each time as another record."""
    import numpy as np

    from kapok.insight.counting.blocks import MONEY, PLAIN, laid
    from kapok.insight.counting.dimensions import ALL

    size, parts = block.size, len(block["money.spell"])
    columns = {name: np.concatenate([block[name]] * times) for name in PLAIN}
    columns["number"] += np.repeat(np.arange(times) * (int(block["number"].max(initial=0)) + 1), size)
    for name in (*ALL, "cells"):
        at, ids = block.forward(name)
        columns[f"{name}.at"] = np.concatenate([[0], *(at[1:] + turn * len(ids) for turn in range(times))])
        columns[f"{name}.ids"] = np.tile(ids, times)
    ends, held = block["holders.at"], block["holders.ids"]
    again = [
        held[first:last] + np.int32(turn * size)
        for first, last in itertools.pairwise(ends.tolist())
        for turn in range(times)
    ]
    columns |= {"holders.keys": block["holders.keys"], "holders.at": ends * times}
    columns["holders.ids"] = np.concatenate([*again, np.zeros(0, np.int32)]).astype(np.int32)
    money = {name: np.concatenate([block[name]] * times) for name in MONEY}
    money["money.spell"] += np.repeat(np.arange(times, dtype=np.int32) * size, parts)
    own = zip(block["own.part"].tolist(), block["own.cents"].tolist(), block["own.currency"].tolist(), strict=True)
    kept = [(at + turn * parts, cents, name.decode()) for at, cents, name in own for turn in range(times)]
    return laid(columns, money, kept)


def question(filters: Filters) -> Any:
    """Countries by themes."""
    from kapok.insight.counting import Question

    return Question(filters=filters)


def questions() -> list[Filters]:
    """Every kind of filter, broad ones and narrow ones."""
    from kapok import vocab

    dice = random.Random(5)
    names = ("region", "audience", "method", "level", "status", "horizon", "group", "theme")
    vocabularies = {"region": "group", "group": "group"}
    found: list[Filters] = []
    for at in range(ROUNDS):
        name = names[at % len(names)]
        ids = [term.id for term in vocab.vocabulary(vocabularies.get(name, name)).terms]
        found.append({name: (dice.choice(ids),)})
    return found


def timed(
    act: Callable[..., Any], asked: list[Filters], forget: Callable[[], None] | None = None, kept: bool = False
) -> dict[str, float]:
    """Milliseconds: the median and the 95th percentile, by the clock and of this process's own work."""
    walls, works = [], []
    for filters in asked:
        if forget:
            forget()
        began, worked = time.perf_counter(), time.process_time()
        act() if kept else act(filters)
        walls.append((time.perf_counter() - began) * 1000)
        works.append((time.process_time() - worked) * 1000)
    late = min(len(asked) - 1, int(len(asked) * 0.95))
    walls.sort()
    works.sort()
    said = {"p50_ms": walls[len(walls) // 2], "p95_ms": walls[late]}
    return said | {"p50_cpu_ms": works[len(works) // 2], "p95_cpu_ms": works[late]}


def say(records: int, bench: str, said: dict[str, float], **facts: Any) -> None:
    """One line of JSON."""
    line = {"bench": bench, "records": records, **{name: round(ms, 2) for name, ms in said.items()}, **facts}
    print(json.dumps(line), flush=True)


def tables(block: Any) -> tuple[list[Any], list[Any], list[Any]]:
    """The columns as rows for a database: pairs, facts and facets."""
    import numpy as np

    from kapok.insight.counting.figures import UNCOUNTED, classes_of

    classes = classes_of(block, question({}))
    spells = np.repeat(np.arange(block.size), np.diff(block["cells.at"]))
    pairs = list(zip(spells.tolist(), block["cells.ids"].tolist(), strict=True))
    facts = [(at, int(one)) for at, one in enumerate(classes.tolist()) if one != UNCOUNTED]
    facets = []
    ends = block["holders.at"]
    for at, key in enumerate(block["holders.keys"]):
        name, _bar, value = key.decode().partition("|")
        if name in {"region", "audience", "method", "level", "status", "horizon", "group", "theme"}:
            facets += [(name, value, one) for one in block["holders.ids"][ends[at] : ends[at + 1]].tolist()]
    return pairs, facts, facets


def where(filters: Filters, mark: str) -> tuple[str, list[str]]:
    """The filter of a question in SQL; one value each."""
    parts = [IN.format(mark=mark) for _name in filters]
    return (f"WHERE {' AND '.join(parts)}" if parts else ""), [
        said for name, values in filters.items() for said in (name, values[0])
    ]


def peers(block: Any) -> Iterator[tuple[str, Callable[[Filters], Any]]]:
    """Each database that is there, filled."""
    pairs, facts, facets = tables(block)
    layout: tuple[str, ...] = (
        "pairs (spell INTEGER, cell INTEGER)",
        "facts (spell INTEGER, class INTEGER)",
        "facets (name TEXT, value TEXT, spell INTEGER)",
    )
    indexes = ("pairs (spell)", "facts (spell)", "facets (name, value, spell)")
    with tempfile.TemporaryDirectory() as folder:
        light = sqlite3.connect(Path(folder) / "peer.sqlite3")
        fill(light.execute, light.executemany, layout, indexes, (pairs, facts, facets), "?")
        light.execute("ANALYZE")
        yield "SQLite", lambda filters: asked_of(light.execute, filters, "?")
        if address := os.environ.get("BENCH_POSTGRES"):
            yield from postgres(address, layout, indexes, (pairs, facts, facets))
        try:
            duck = import_module("duckdb").connect(str(Path(folder) / "peer.duckdb"))
        except ModuleNotFoundError:
            print("DuckDB is not installed (uv sync --group bench); it is left out.", file=sys.stderr)
            return
        import numpy as np

        for name, rows, columns in (
            ("pairs", pairs, ("spell", "cell")),
            ("facts", facts, ("spell", "class")),
            ("facets", facets, ("name", "value", "spell")),
        ):
            held = {column: np.array([row[at] for row in rows]) for at, column in enumerate(columns)}
            duck.register("given", held)
            duck.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
            duck.unregister("given")
        yield "DuckDB", lambda filters: asked_of(duck.execute, filters, "?")


def postgres(address: str, layout: Any, indexes: Any, rows: Any) -> Iterator[tuple[str, Callable[[Filters], Any]]]:
    """PostgreSQL, in tables that go with the connection."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as heavy, heavy.cursor() as cursor:
        for table, some in zip(layout, rows, strict=True):
            cursor.execute(f"CREATE TEMP TABLE {table}")
            name = table.partition(" ")[0]
            with cursor.copy(f"COPY {name} FROM STDIN") as copy:
                for row in some:
                    copy.write_row(row)
        for index in indexes:
            cursor.execute(f"CREATE INDEX ON {index}")
        cursor.execute("ANALYZE")
        yield "PostgreSQL", lambda filters: asked_of(cursor.execute, filters, "%s")


def fill(execute: Any, many: Any, layout: Any, indexes: Any, rows: Any, mark: str) -> None:
    """Make the tables and put the rows in."""
    for table, some in zip(layout, rows, strict=True):
        execute(f"CREATE TABLE {table}")
        marks = ",".join([mark] * (table.count(",") + 1))
        many(f"INSERT INTO {table.partition(' ')[0]} VALUES ({marks})", some)
    for at, index in enumerate(indexes):
        execute(f"CREATE INDEX i{at} ON {index}")


def asked_of(execute: Any, filters: Filters, mark: str) -> int:
    """Ask, and read the whole answer."""
    clause, values = where(filters, mark)
    return len(execute(SQL.format(where=clause), values).fetchall())


if __name__ == "__main__":
    raise SystemExit(main())
