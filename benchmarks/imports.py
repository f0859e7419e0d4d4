"""Measure files on their way in: a table of 5,892 projects, and an IATI file of 60 MB; one JSON line per figure.

`DATA=folder python -m benchmarks.imports`. Real files are measured where they are (KAPOK_SHARED_DATA), else files like
them; real activities are repeated, each time under an identifier of its own, until the file is large enough.
"""

import csv
import json
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import django
from lxml import etree

django.setup()

from kapok import vocab  # noqa: E402
from kapok.core.rules import SYSTEM  # noqa: E402
from kapok.core.xml import iterate  # noqa: E402
from kapok.exchange.importing import verbs  # noqa: E402
from kapok.exchange.importing.applying import Application  # noqa: E402
from kapok.exchange.importing.examining import Examination  # noqa: E402
from kapok.exchange.models import Import, State  # noqa: E402

ROWS, LARGE = 5_892, 60_000_000
SHARED = Path(os.environ.get("KAPOK_SHARED_DATA", "../shared/data"))
HEADS = [
    "Title",
    "ID",
    "Countries",
    "Focal Areas",
    "Type",
    "Agencies",
    "GEF Grant",
    "Cofinancing",
    "Status",
    "Approval FY",
]


def table(folder: Path) -> Path:
    """The real table, or one of as many projects."""
    real = SHARED / "gef-projects-2023" / "projects.csv"
    if real.exists():
        return real
    dice, made = random.Random(7), folder / "projects.csv"
    countries = [choice.label for choice in vocab.countries("en")]
    with made.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        for number in range(ROWS):
            where = ", ".join(dice.sample(countries, dice.choice((1, 1, 1, 3, 12))))
            grant = f"{dice.randrange(10**4, 10**7):,}"
            facts = (
                f"Project {number} on {dice.choice(countries)}",
                number,
                where,
                "Biodiversity",
                "Full-size Project",
            )
            writer.writerow([*facts, "United Nations Development Programme", grant, "", "Completed", "2010"])
    return made


def activities(folder: Path) -> Path:
    """An IATI file of 60 MB."""
    real = sorted(SHARED.glob("iati-a*/**/*Release.xml")) + sorted(SHARED.glob("iati-activities/activities/*.xml"))
    made = folder / "activities.xml"
    with made.open("wb") as file:
        written = file.write(b'<iati-activities version="2.03">\n')
        for activity in repeated(real) if real else alike():
            written += file.write(activity)
            if written > LARGE:
                break
        file.write(b"</iati-activities>")
    return made


def repeated(files: list[Path]) -> Iterator[bytes]:
    """The activities of real files again and again, each time under other identifiers."""
    for turn in count():
        for path in files:
            with path.open("rb") as file:
                for element in iterate(file, "iati-activity"):
                    identifier = element.find("iati-identifier")
                    if identifier is not None:
                        identifier.text = f"{(identifier.text or '').strip()}-{turn}"
                        yield etree.tostring(element, encoding="utf-8", with_tail=False) + b"\n"


def alike() -> Iterator[bytes]:
    """Activities with many transactions."""
    one = """<iati-activity default-currency="USD"><iati-identifier>XX-{0}</iati-identifier>
<reporting-org ref="XX-1" type="10"><narrative>Agency of Seeds</narrative></reporting-org>
<title><narrative>Activity {0} on seeds and soils</narrative></title>
<description><narrative>{1}</narrative></description><activity-date type="2" iso-date="2015-01-01"/>
<recipient-country code="KE" percentage="50"/><recipient-country code="UG" percentage="50"/>
<sector vocabulary="1" code="41010" percentage="100"/>{2}</iati-activity>\n"""
    paid = """<transaction><transaction-type code="3"/><transaction-date iso-date="20{0:02}-01-01"/>
<value>{1}.25</value></transaction>"""
    for number in count(1):
        transactions = "".join(paid.format(at % 20, number + at) for at in range(60))
        yield one.format(number, "Seeds are tested and soils are kept. " * 60, transactions).encode()


def read(path: Path) -> Import:
    """A dry run."""
    with path.open("rb") as content:
        imported = verbs.bring([(path.name, content)], by=SYSTEM, form="initiative")
    began = time.process_time()
    made = Examination(imported).run()
    made.counts["cpu_seconds"] = round(time.process_time() - began, 1)
    return made


def take(imported: Import) -> None:
    """The good rows in."""
    imported.state = State.APPLYING
    imported.save()
    Application(imported).run()


def tell(what: str, imported: Import, **facts: Any) -> None:
    """One line of figures."""
    counts = {name: imported.counts.get(name, 0) for name in ("rows", "new", "changed", "same", "refused", "similar")}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    said = {"bench": what, "seconds": imported.seconds, "first_seconds": round(imported.first_seconds, 2)}
    said["cpu_seconds"] = imported.counts.get("cpu_seconds", 0)
    print(json.dumps({**said, "megabytes": memory, **counts, **facts}), flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        path = table(Path(place))
        first = read(path)
        tell("import: dry run of a table", first)
        take(first)
        tell("import: taking the table in", first, apply_seconds=first.counts["apply_seconds"])
        tell("import: the same table again", read(path))
        tell("import: dry run of 60 MB of IATI", read(activities(Path(place))))


if __name__ == "__main__":
    main()
