"""Writers that are killed while they write: what they acknowledged is kept whole, what they did not is there or not.

`python -m tests.records.killable ROUNDS` within a Kapok of its own; one line of JSON at the end.
"""

import json
import os
import random
import signal
import sys
import time
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.db import connections

from kapok.core import trail
from kapok.core.models import Entry, Outbox
from kapok.formats.format import format_of
from kapok.people.models import Body, Designation, Person
from kapok.records import verbs
from kapok.records.models import Draft, Record, Stage, Version


def write(by: Person, body: Body, out: int, dice: random.Random) -> None:
    """Begin, save, publish and revise without end, and say each act once it is done."""
    while True:
        made = verbs.start(format_of("news"), by=by, raw=text(0), owner=body)
        say(out, [made.identifier, "begun", 1])
        for revision in range(1, dice.randint(2, 5)):
            verbs.save(Record.objects.get(pk=made.pk), by=by, raw=text(revision), revision=revision)
            say(out, [made.identifier, "saved", revision + 1])
        verbs.publish(Record.objects.get(pk=made.pk), by=by)
        say(out, [made.identifier, "published", 1])


def text(number: int) -> dict[str, Any]:
    """Two answers that belong together: one without the other is torn."""
    return {"title": {"en": f"Number {number}"}, "text": {"en": f"Number {number} " + "x" * 2000}}


def say(out: int, act: list[Any]) -> None:
    os.write(out, (json.dumps(act) + "\n").encode())


def killed(by: Person, body: Body, dice: random.Random) -> list[list[Any]]:
    """One writer's life: the acts it acknowledged before it was killed."""
    # A child must share no connection with its parent, those of the pool included.
    for one in connections.all():
        one.close()
        if hasattr(one, "close_pool"):
            one.close_pool()
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        write(by, body, theirs, dice)
    os.close(theirs)
    time.sleep(0.08 + dice.random() * 0.25)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with os.fdopen(ours) as said:
        return [json.loads(line) for line in said.read().splitlines()]


def lost(acts: list[list[Any]]) -> list[list[Any]]:
    """The acknowledged acts of which no trace is left."""
    drafts = dict(Draft.objects.values_list("record__identifier", "revision"))
    stages = dict(Record.objects.values_list("identifier", "stage"))
    return [
        [one, act, number]
        for one, act, number in acts
        if one not in stages
        or (act == "published" and stages[one] != Stage.PUBLISHED)
        or (act == "saved" and stages[one] != Stage.PUBLISHED and drafts.get(one, 0) < number)
    ]


def torn() -> list[str]:
    """What is half done."""
    found = []
    for record in Record.objects.select_related("draft"):
        values = record.values or (record.draft.values if record.working else {})
        if not str(values.get("text", {}).get("en", "")).startswith(values.get("title", {}).get("en", "?") + " "):
            found.append(f"{record.identifier} has two halves")
        published = record.stage == Stage.PUBLISHED
        if published != Version.objects.filter(record=record, number=1, values=record.values).exists():
            found.append(f"{record.identifier} and its version disagree")
        if published == (record.working is not None):
            found.append(f"{record.identifier} and its draft disagree")
        if Entry.objects.filter(thing=record.reference, verb="records.publish").count() != int(published):
            found.append(f"{record.identifier} and its trail disagree")
        if not Outbox.objects.filter(key=record.reference).exists():
            found.append(f"{record.identifier} is unknown to the index")
    return found + [f"entry {pk} of the trail" for pk in trail.broken_links()]


def main() -> None:
    """Kill as often as was asked for, then look."""
    rounds, dice = int(sys.argv[1]), random.Random(20261126)
    by = Person.objects.create(email="writer@example.org", name="Writer")
    body = Body.objects.create(kind="organisation", code="ORG-000001", names={"en": "Writers"})
    Designation.objects.create(person=by, role="editor", body=body, begins_on="2020-01-01", proof="A letter")
    acts = [act for _round in range(rounds) for act in killed(by, body, random.Random(dice.random()))]
    told = {"kills": rounds, "acknowledged": len(acts), "lost": lost(acts), "torn": torn()}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
