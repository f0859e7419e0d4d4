"""Keeping allocations in a process of its own, for killing: `killable.py STATEMENT STATEMENT …`."""

import argparse
import contextlib
import json
import os
import random
import signal
import sys

import django

RECORDS, CHANGED, DAMAGED = 120, 60, 3


def say(what: object) -> None:
    """One line for the test that reads it."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def change(dice: random.Random) -> None:
    """What verbs do, many at a time: other themes and amounts, with their notes, in one transaction."""
    from django.db import transaction

    from kapok.core.outbox import note
    from kapok.records.models import Record

    changing = list(Record.objects.filter(format__in=["initiative", "need", "resource"]).order_by("pk"))

    with transaction.atomic():
        for record in dice.sample(changing, min(CHANGED, len(changing))):
            theme = dice.choice(["a", "b", "c", "d", "e"])
            values = record.values | {"themes": [{"id": theme}] if record.format == "initiative" else [theme]}
            if record.format == "need":
                values = record.values | {"theme": theme, "rank": dice.randrange(1, 999)}
            record.versions.update(values=values)
            Record.objects.filter(pk=record.pk).update(values=values)
            note(record.reference)


class Killer:
    """Ends this process, as `kill -9` does, before its so-manyth statement to the database."""

    def __init__(self, left: int) -> None:
        self.left = left

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def drained(statement: int) -> int:
    """Change records and keep their allocations in a child that ends before a statement; how it ended."""
    from django.db import connection

    from kapok.insight import keeping

    connection.close()
    if connection.vendor == "postgresql":
        # A child must not share what its parent has open.
        connection.close_pool()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    change(random.Random(statement))
    with connection.execute_wrapper(Killer(statement)):
        keeping.drain()
    os._exit(0)


def verified(**options: bool) -> int:
    """What `kapok verify` answers."""
    from kapok.site.command.keep import verify

    with contextlib.redirect_stdout(sys.stderr):
        return verify(argparse.Namespace(repair=options.get("repair", False)))


def main(statements: list[int]) -> None:
    """Fill an installation, be killed again and again, then be damaged; and print what came of it."""
    django.setup()
    from kapok.insight import keeping
    from kapok.insight.models import Allocation, Place, Spell
    from kapok.records.benchdata.filling import fill
    from kapok.search import index, notes
    from kapok.search.notes import Cursor

    fill(RECORDS, lambda line: None)
    keeping.rebuild()
    ends = [drained(statement) for statement in statements]
    cursor = Cursor(*Place.objects.get().cursor)
    behind = len(notes.after(cursor, 10_000, keeping.READER).keys)
    keeping.drain()
    index.drain()
    sound = verified()
    Allocation.objects.filter(spell__in=Spell.objects.filter(format="initiative")[:DAMAGED]).delete()
    wrong = len(keeping.wrong())
    found = [verified(), verified(repair=True), verified()]
    say({"ends": ends, "behind": behind, "sound": sound, "wrong": wrong, "found": found})


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]])
