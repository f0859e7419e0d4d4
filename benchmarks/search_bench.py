"""Measure search, suggestions and likeness beside SQLite FTS5 and PostgreSQL; one JSON line per figure.

`python benchmarks/search_bench.py 2000 100000` makes its own documents. `measure` takes any reader and documents.
Server time of one process on one core, all results read and marked as a page needs them.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.search_corpus import EIGHT, FIELD, KINDS, Corpus
from benchmarks.search_peers import Peer, Postgres, Sqlite
from kapok.search.asking import ask
from kapok.search.documents import Document
from kapok.search.engine import Reader, open_index, to_row
from kapok.search.questions import Question
from kapok.search.suggesting import similar, suggest

PUBLIC = ("public",)
LATIN = ("en", "fr", "es")


def times(function: Callable[[Any], Any], cases: Sequence[Any], runs: int = 5) -> list[float]:
    """Milliseconds for each case: the best of several rounds after one for warmth, so that neighbours do not count.

    All cases take their turn in each round: a busy moment of the machine spoils one round and not one case.
    """
    for case in cases:
        function(case)
    best = [float("inf")] * len(cases)
    for _ in range(runs):
        for at, case in enumerate(cases):
            began = time.perf_counter()
            function(case)
            best[at] = min(best[at], time.perf_counter() - began)
    return [one * 1000 for one in best]


def p95(taken: Sequence[float]) -> float:
    return sorted(taken)[max(0, round(len(taken) * 0.95) - 1)]


def line(bench: str, records: int, taken: Sequence[float], peer: str = "", peer_taken: Sequence[float] = ()) -> None:
    """One figure, with the ratio of the peer's p95 to ours when there is a peer."""
    said: dict[str, Any] = {"bench": bench, "records": records}
    said |= {"p50_ms": round(statistics.median(taken), 2), "p95_ms": round(p95(taken), 2)}
    if peer_taken:
        ratio = p95(peer_taken) / p95(taken)
        said |= {"peer": peer, "peer_p95_ms": round(p95(peer_taken), 2), "ratio": round(ratio, 1)}
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def questions(count: int, common_only: bool = False) -> list[Question]:
    """Common words of all languages, alone or in pairs, most with one or two filters, all with eight facets."""
    dice = random.Random(5)
    made = []
    for number in range(count):
        language = dice.choice(list(FIELD))
        known = FIELD[language].split()
        if common_only:
            language, q = "en", FIELD["en"].split()[number % 4]
        else:
            q = " ".join(dice.sample(known[:18], dice.choice((1, 1, 1, 2))))
        filters: dict[str, tuple[str, ...]] = {}
        if dice.random() < 0.6:
            filters["country"] = tuple(f"cou{one}" for one in dice.sample(range(1, 12), dice.choice((1, 2))))
        if dice.random() < 0.35:
            filters["theme"] = (f"the{dice.randint(1, 8)}",)
        if dice.random() < 0.2:
            filters["type"] = (dice.choice(KINDS[:3]),)
        made.append(Question(q, filters, facets=EIGHT, language=language))
    return made


def titles(documents: Iterable[Document], count: int) -> list[str]:
    """Titles as someone would type them: three to eight words of real ones."""
    dice = random.Random(9)
    made = []
    for one in documents:
        words = next(iter(one.titles.values())).split()
        dice.shuffle(words)
        made.append(" ".join(words[: dice.randint(3, 8)]))
        if len(made) == count:
            break
    return made


def build(folder: Path, documents: Iterable[Document]) -> Reader:
    """An index of documents in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    writer = open_index(folder).writer(300_000_000, 1)
    for one in documents:
        writer.add_document(to_row(one))
    writer.commit()
    writer.wait_merging_threads()
    return Reader(folder)


def measure(
    reader: Reader, documents: Iterable[Document], records: int, peers: Sequence[Peer] = (), count: int = 60
) -> None:
    """Ask everything of the index and, where given, of its peers; print the figures."""
    view = reader.view
    asked, likes = questions(count), titles(documents, count)
    searched = times(lambda one: ask(view(), one), asked)
    common = times(lambda one: ask(view(), one), questions(20, common_only=True))
    liked = times(lambda one: similar(view(), one, viewer=PUBLIC), likes)
    begun = [word[:size] for language in LATIN for word in FIELD[language].split()[:12] for size in (2, 3, 5)]
    suggested = times(lambda one: suggest(view(), one, PUBLIC), begun)
    cold = [_first(view(), one) for one in asked[:20]]
    typed = [word[:3] + word[4:] for word in FIELD["en"].split() if len(word) > 6]
    mended = times(lambda one: ask(view(), Question(one, facets=EIGHT)), typed)
    for peer in peers:
        few = 20 if records > 20_000 else count
        line("search: words, filters, 8 facets", records, searched, peer.name, times(peer.ask, asked[:few], 2))
        few_common = questions(4 if records > 20_000 else 20, common_only=True)
        line("search: commonest words, 8 facets", records, common, peer.name, times(peer.ask, few_common, 2))
        line("similar to a typed title", records, liked, peer.name, times(peer.similar, likes[:few], 2))
    if not peers:
        line("search: words, filters, 8 facets", records, searched)
        line("search: commonest words, 8 facets", records, common)
        line("similar to a typed title", records, liked)
    line("search: first question after a commit", records, cold)
    line("search: a word with a slip, 8 facets", records, mended)
    line("suggest", records, suggested)


def _first(view: Any, question: Question) -> float:
    best = float("inf")
    for _ in range(3):
        view.memory.clear()
        began = time.perf_counter()
        ask(view, question)
        best = min(best, time.perf_counter() - began)
    return best * 1000


def main() -> None:
    """Measure at each size asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", nargs="*", type=int, default=[2_000])
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--postgres", default=os.environ.get("BENCH_POSTGRES", ""), help="address of a PostgreSQL")
    wanted = parser.parse_args()
    for records in wanted.records:
        folder = Path(tempfile.mkdtemp(prefix="kapok-bench-"))
        try:
            began = time.perf_counter()
            reader = build(folder / "index", Corpus(records))
            seconds = time.perf_counter() - began
            size = sum(file.stat().st_size for file in (folder / "index").iterdir())
            sys.stdout.write(
                json.dumps(
                    {"bench": "build", "records": records, "per_second": round(records / seconds), "bytes": size}
                )
                + "\n"
            )
            peers: list[Peer] = []
            if not wanted.no_peers:
                peers.append(Sqlite(folder / "peer.sqlite3"))
                if wanted.postgres:
                    peers.append(Postgres(wanted.postgres))
            for peer in peers:
                peer.load(Corpus(records))
            measure(reader, Corpus(records), records, peers)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
