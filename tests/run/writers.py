"""People at work in processes of their own, and what a Kapok holds of their work, whole or half.

`write(log, number)` publishes, confirms and sends files in pieces without a pause, and notes each act once it is done.
`look(place)` says what an installation holds.
"""

import hashlib
import itertools
import json
from pathlib import Path
from typing import Any

from kapok.core.models import Entry
from kapok.files import pieces
from kapok.files import verbs as files
from kapok.files.models import Upload
from kapok.people.models import Person
from kapok.records import verbs
from kapok.records.models import Record
from tests import make

PIECES, PIECE = 6, 32 * 1024
LONG_AGO = "2020-01-01"
PUBLISH, CONFIRM, UPLOAD = "records.publish", "records.confirm", "files.upload"


def write(log: str, number: str) -> None:
    """Work until the process is ended."""
    make.numbers = itertools.count(int(number) * 10_000)
    with Path(log).open("a") as file:

        def done(verb: str, thing: str) -> None:
            file.write(json.dumps([verb, thing]) + "\n")
            file.flush()

        for turn in itertools.count():
            made = make.record("organisation", name={"en": f"Institute {number}-{turn}", "ar": "معهد"})
            done(PUBLISH, made.reference)
            editor = make.editor(made.owner)
            Record.objects.filter(pk=made.pk).update(due_on=LONG_AGO, freshness="not-confirmed")
            verbs.confirm(Record.objects.get(pk=made.pk), by=editor)
            done(CONFIRM, made.reference)
            done(UPLOAD, send(editor, f"file-{number}-{turn}").reference)


def send(person: Person, name: str) -> Upload:
    """A file that goes in pieces; the one after it lies there begun."""
    content = b"%PDF-1.7\n" + name.encode() * (PIECES * PIECE // len(name))
    pieces.add(person.pk, f"begun-{name}", 0, content[:PIECE])
    for at in range(0, len(content), PIECE):
        path = pieces.add(person.pk, name, at, content[at : at + PIECE])
    return files.upload("record:ORG-000001", by=person, sent=pieces.whole(path, f"{name}.pdf"))


def look(place: str) -> None:
    """What stands there of each act: in the trail, and as what it did."""
    seen: dict[str, Any] = {
        "entries": [[one.verb, one.thing, one.details] for one in Entry.objects.order_by("pk")],
        "records": {
            made.reference: {
                "stage": made.stage,
                "due_on": str(made.due_on),
                "as published": [version.values for version in made.versions.all()] == [made.values],
            }
            for made in Record.objects.prefetch_related("versions")
        },
        "files": {one.reference: is_whole(one) for one in Upload.objects.all()},
    }
    Path(place).write_text(json.dumps(seen))


def is_whole(one: Upload) -> bool:
    """Are the bytes of a file there, as its row says?"""
    return one.path.is_file() and hashlib.sha256(one.path.read_bytes()).hexdigest() == one.digest
