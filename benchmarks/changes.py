"""From a change in a register to the changed cell of the matrix, and what fits a need and an organisation.

`DATA=folder python -m benchmarks.changes 2000` changes some needs of a filled folder, as an amendment does: the need
gets another theme, and the time runs until the matrix of its country shows it. What a change costs must not grow with
the number of records. One JSON line per figure.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import django

ROUNDS = 25
BUDGET_MS = 1000
THEMES = "abcdefghijklmno"


def main() -> None:
    """Change, then match."""
    django.setup()
    from kapok.insight.matches import finding
    from kapok.records.models import Record

    records, dice = int(sys.argv[1]), random.Random(11)
    open_needs = Record.objects.filter(format="need", stage="published").order_by("pk")
    needs = dice.sample(list(open_needs[:2000]), ROUNDS)
    changed = [change(need, dice) for need in needs]
    told("from a change to the changed cell", records, changed, budget_ms=BUDGET_MS)
    told("matches of a need", records, timed(finding.for_need, needs))
    organisations = list(Record.objects.filter(format="organisation", stage="published").order_by("pk")[:ROUNDS])
    told("matches of an organisation", records, timed(finding.needs_for, organisations))


def change(need: Any, dice: random.Random) -> tuple[float, float]:
    """Give a need another theme; the milliseconds until its cell shows it, by the clock and of this process."""
    from kapok import vocab
    from kapok.core.rules import SYSTEM
    from kapok.insight.counting import Question, shelf
    from kapok.records.verbs import amend

    question = Question(filters={"country": (need.values["government"],)})
    before = needs_by_theme(shelf().matrix(question))
    said = [need.values["theme"], *need.values["subjects"]]
    held = {top for one in said for top in (one, *vocab.ancestors("theme", one))}
    theme = dice.choice([one for one in THEMES if one not in held])
    changes = {"theme": theme, "subjects": [theme]}
    began, worked = time.perf_counter(), time.process_time()
    amend(need, by=SYSTEM, changes=changes, note="Measured")
    after = needs_by_theme(shelf().matrix(question))
    took = (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000
    if after.get(theme, 0) != before.get(theme, 0) + 1:
        raise SystemExit(f"The cell of {need.identifier} did not change.")
    return took


def needs_by_theme(matrix: Any) -> dict[str, int]:
    """How many open needs each theme has."""
    return {theme: tally.needs for theme, tally in matrix.by_col.items() if tally.needs}


def timed(act: Callable[[Any], Any], things: Iterable[Any]) -> list[tuple[float, float]]:
    """Milliseconds for each, by the clock and of this process."""
    found = []
    for one in things:
        began, worked = time.perf_counter(), time.process_time()
        act(one)
        found.append(((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000))
    return found


def told(bench: str, records: int, taken: list[tuple[float, float]], **facts: float) -> None:
    """One line: the median and the 95th percentile."""
    said = {}
    for name, times in zip(("", "cpu_"), zip(*taken, strict=True), strict=True):
        ordered = sorted(times)
        said[f"p50_{name}ms"] = round(ordered[len(ordered) // 2], 1)
        said[f"p95_{name}ms"] = round(ordered[int(len(ordered) * 0.95)], 1)
    sys.stdout.write(json.dumps({"bench": bench, "records": records, **said, **facts}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
