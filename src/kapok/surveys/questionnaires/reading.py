"""Reading the data files of the room."""

import csv
import hashlib
from collections import defaultdict
from functools import cache
from importlib.resources import files

from kapok.core.languages import TAGS

Row = dict[str, str]
FILES = (
    "questionnaires",
    "sections",
    "questions",
    "options",
    "conditions",
    "value-maps",
    "terms",
    "words",
    "needs",
)


def content(name: str) -> str:
    """One data file as it lies there."""
    return (files("kapok.surveys") / "data" / f"{name}.csv").read_text(encoding="utf-8")


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of one data file."""
    return tuple(csv.DictReader(content(name).splitlines()))


@cache
def grouped(name: str, *names: str) -> dict[tuple[str, ...], list[Row]]:
    """The rows of one data file by the values of some of their columns."""
    made: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows(name):
        made[tuple(row[each] for each in names)].append(row)
    return made


def by_language(row: Row) -> dict[str, str]:
    """The text of a row in each language in which it has one."""
    return {tag: row[tag] for tag in TAGS if row.get(tag)}


@cache
def term(key: str) -> dict[str, str]:
    """An answer on offer, by language."""
    return _terms()[key]


@cache
def _terms() -> dict[str, dict[str, str]]:
    return {row["key"]: by_language(row) for row in rows("terms")}


@cache
def _words() -> dict[str, dict[str, str]]:
    return {row["en"]: by_language(row) for row in rows("words")}


def in_languages(english: str) -> dict[str, str]:
    """One of our own labels, in English and in each language into which it was put."""
    return _words().get(english, {"en": english})


def fingerprint() -> str:
    """What tells one state of the data files from another."""
    found = hashlib.sha256()
    for name in FILES:
        found.update(content(name).encode())
    return found.hexdigest()
