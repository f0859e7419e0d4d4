"""An indexer in a process of its own, for killing: `python killable.py prepare | drain | finish`."""

import json
import sys
from sqlite3 import Connection

import django

SCHEMA = "CREATE TABLE things (key TEXT PRIMARY KEY, title TEXT NOT NULL)"


def change(store: Connection, key: str, title: str) -> None:
    """What a verb does: the change and its note, in one transaction."""
    store.execute("INSERT OR REPLACE INTO things VALUES (?, ?)", (key, title))
    store.execute(
        "INSERT INTO core_outbox (topic, key, created_at) VALUES ('search', ?, '2026-01-01 00:00:00')", (key,)
    )


def describe(keys: list[str]):
    """The things of the table as documents."""
    from django.db import connection

    from kapok.search.documents import Document

    with connection.cursor() as cursor:
        marks = ",".join(["%s"] * len(keys))
        cursor.execute(f"SELECT key, title FROM things WHERE key IN ({marks})", keys)
        return {key: [Document(key, "thing", ("public",), {"en": title})] for key, title in cursor.fetchall()}


def every():
    """All keys."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM things")
        return [key for (key,) in cursor.fetchall()]


def say(what: object) -> None:
    """One line for the test that reads it."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(act: str) -> None:
    """Do one act and print what came of it."""
    django.setup()
    from django.db import connection

    from kapok.core.models import Outbox
    from kapok.search import describers, index
    from kapok.search.questions import Question

    describers._describers.clear()
    index.register("thing", describe, every)
    if act == "prepare":
        with connection.schema_editor() as editor:
            editor.create_model(Outbox)
        with connection.cursor() as cursor:
            cursor.execute(SCHEMA)
        say(index.drain())
    elif act == "drain":
        say("begins")
        say(index.drain())
    else:
        report = index.verify()
        total = index.ask(Question()).total
        say({"wrong": report.wrong, "total": total, "things": len(every()), "left": index.drain()})


if __name__ == "__main__":
    main(sys.argv[1])
