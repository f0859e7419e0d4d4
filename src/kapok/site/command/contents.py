"""Handlers of `kapok createadmin`, `demo-remove` and `bench-data`."""

import getpass
import os
import sys
from pathlib import Path

from kapok.site.command.ground import Arguments, Trouble, house


def createadmin(arguments: Arguments) -> int:
    """Make an administrator."""
    house()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from kapok.people.accounts import createadmin as make

    try:
        validate_email(arguments.email)
        person = make(arguments.email, arguments.password or ask_password(), arguments.name)
    except ValidationError as error:
        raise Trouble(" ".join(error.messages)) from None
    print(f"{person.email} is an administrator.")
    return 0


def ask_password() -> str:
    """From the keyboard, twice; or one line of the standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password (12 characters or more): ")
    if first != getpass.getpass("The same again: "):
        raise Trouble("The two passwords differ. Nothing was changed.")
    return first


def demo_remove(arguments: Arguments) -> int:
    """Remove what is illustrative."""
    house()
    from kapok.exchange.harvest.demo import remove_illustrative_sources
    from kapok.records.demo import remove_illustrative
    from kapok.surveys.demo import remove_synthetic

    if not arguments.yes:
        if not sys.stdin.isatty():
            raise Trouble("Say --yes to remove every illustrative record without being asked.")
        if input("Remove every illustrative record? What is real stays. [y/N] ").strip().lower() not in {"y", "yes"}:
            print("Nothing was removed.")
            return 1
    print(f"{remove_illustrative_sources()} illustrative sources are removed.")
    print(f"{remove_illustrative()} illustrative records are removed.")
    print(f"{remove_synthetic()} synthetic responses are removed.")
    return 0


def bench_data(arguments: Arguments) -> int:
    """Fill a folder of its own; the folder in use is never touched."""
    place = Path(arguments.out).resolve()
    if place.exists() and any(place.iterdir()):
        raise Trouble(f"{place} is not empty. Name a folder that does not exist yet.")
    if arguments.records < 1:
        raise Trouble("Say how many records, at least one.")
    os.environ["DATA"] = str(place)
    os.environ.pop("DATABASE_URL", None)
    house()
    from kapok.insight.keeping import rebuild as allocate
    from kapok.records.benchdata import fill
    from kapok.records.benchdata.following import followed
    from kapok.site.command.prepare import prepare

    prepare(print)
    with followed(arguments.records) as indexing:
        fill(arguments.records, print)
        allocate(lambda done: print(f"  {done} records are allocated", flush=True) if done % 20_000 == 0 else None)
    if indexing.returncode:
        raise Trouble("The search index could not be built; what went wrong stands above.")
    print(f"{place} holds {arguments.records} synthetic records.")
    return 0
