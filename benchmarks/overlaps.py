"""How fast overlaps are found among synthetic initiatives: for one record, and for all. One JSON line per figure.

`python -m benchmarks.overlaps 100000`: of so many synthetic records 22 of a hundred are initiatives, as in
`kapok bench-data`. It needs no database.
"""

import json
import os
import random
import sys
import tempfile
import time
from datetime import date

import django

SAMPLE = 400
SHARE = 22


def main() -> None:
    """Fill a shelf, then ask it."""
    from kapok.insight.overlaps import facts
    from kapok.insight.overlaps.finding import near
    from kapok.insight.overlaps.shelf import Shelf
    from kapok.records.benchdata.values import Author, numbers

    records = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    count = records * SHARE // 100
    dice = random.Random(2003)
    author = Author(dice, date.today(), numbers(records))
    # The organisations of synthetic values are in no database: they stand for themselves.
    vars(facts)["survivors"] = lambda identifiers: list(dict.fromkeys(identifiers))
    made = [facts.of(author.make("initiative"), key) for key in range(1, count + 1)]
    begun = time.perf_counter()
    shelf = Shelf()
    for one in made:
        shelf.put(one)
    told("overlaps: fill the shelf", records, seconds=round(time.perf_counter() - begun, 2))
    taken = []
    for one in dice.sample(made, min(SAMPLE, count)):
        at = time.perf_counter()
        near(shelf, shelf.seek(one))
        taken.append((time.perf_counter() - at) * 1000)
    taken.sort()
    middle, late = taken[len(taken) // 2], taken[int(len(taken) * 0.95)]
    told("overlaps of one", records, p50_ms=round(middle, 2), p95_ms=round(late, 2), budget_ms=100)
    told(
        "overlaps of all, by the mean of a sample",
        records,
        initiatives=count,
        seconds=round(sum(taken) / len(taken) / 1000 * count, 1),
        budget_seconds=300,
    )


def told(bench: str, records: int, **figures: float) -> None:
    """One line."""
    sys.stdout.write(json.dumps({"bench": bench, "records": records, **figures}) + "\n")


if __name__ == "__main__":
    os.environ |= {"KAPOK_TESTING": "1", "DATA": tempfile.mkdtemp(prefix="kapok-bench-")}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapok.site.settings")
    django.setup()
    main()
