"""`kapok import FILE…` and `kapok import undo ID`."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kapok.site.command.ground import Arguments, Trouble, house

if TYPE_CHECKING:
    from kapok.exchange.models import Import


def bring(arguments: Arguments) -> int:
    """Read files, say what they mean, and take the good rows in unless it is a dry run."""
    house()
    if arguments.files[0] == "undo":
        return undo(arguments)
    from kapok.core.rules import SYSTEM, Refused
    from kapok.exchange.importing import verbs
    from kapok.exchange.importing.applying import Application
    from kapok.exchange.importing.examining import Examination
    from kapok.exchange.importing.said import spoken
    from kapok.exchange.models import State
    from kapok.formats.format import formats

    form = formats.get(arguments.type)
    if form is None or not form.prefix:
        raise Trouble(f"There is no type “{arguments.type}”. Types: {', '.join(sorted(formats))}.")
    paths = [Path(name) for name in arguments.files]
    if lacking := [str(path) for path in paths if not path.is_file()]:
        raise Trouble(f"There is no file {lacking[0]}.")
    options = {name: True for name in ("drafts", "whole") if getattr(arguments, name)}
    with ExitStack() as stack:
        opened = [(path.name, stack.enter_context(path.open("rb"))) for path in paths]
        facts: dict[str, Any] = {"form": form.code, "body": body(arguments.body), "source": arguments.source}
        try:
            imported = verbs.bring(opened, by=SYSTEM, options=options, **facts)
        except Refused as refused:
            raise Trouble(str(refused.sentence)) from None
    Examination(imported).run()
    if imported.state == State.UNREADABLE:
        raise Trouble(" ".join(spoken(note) for note in imported.notes))
    if not arguments.dry_run:
        imported.state = State.APPLYING
        imported.save(update_fields=["state"])
        Application(imported).run()
    report(imported, arguments)
    return 0


def body(code: str) -> Any:
    """The body that owns what comes in."""
    from kapok.people.models import Body

    if not code:
        return None
    found = Body.objects.filter(code=code.upper()).first()
    if found is None:
        raise Trouble(f"There is no body {code}. Give the code of a government (KEN) or organisation (ORG-000012).")
    return found


def report(imported: "Import", arguments: Arguments) -> None:
    """Counts as one JSON object, or in words."""
    from kapok.exchange.importing.said import spoken
    from kapok.exchange.importing.showing import tally

    said = tally(imported)
    if arguments.json:
        print(json.dumps(said))
        return
    for note in imported.notes:
        print(spoken(note))
    print(", ".join(f"{count} {name}" for name, count in list(said.items())[:-2]), f"in {said['seconds']} seconds.")
    for problem in [one for one in imported.problems if one["weight"] != "remark"][:20]:
        print(f"  {problem['weight']}, {problem['rows']} rows: {spoken(problem)}")
    if arguments.dry_run:
        print(f"Nothing is changed yet. This was import {imported.pk}.")
    else:
        print(f"This was import {imported.pk}; `kapok import undo {imported.pk}` takes it back.")


def undo(arguments: Arguments) -> int:
    """Take an import back."""
    from kapok.core.rules import SYSTEM, Refused
    from kapok.exchange.importing import verbs
    from kapok.exchange.importing.undoing import Undoing
    from kapok.exchange.models import Import

    given = arguments.files[1] if len(arguments.files) == 2 else ""
    found = Import.objects.filter(pk=int(given)).first() if given.isdigit() else None
    if found is None:
        raise Trouble("Say which import to undo by its number: kapok import undo 12.")
    try:
        Undoing(verbs.undo(found, by=SYSTEM)).run()
    except Refused as refused:
        raise Trouble(str(refused.sentence)) from None
    kept = found.rows.exclude(undone="").count()
    said = {"import": found.pk, "undone": found.counts.get("applied", 0) - kept, "kept": kept}
    print(
        json.dumps(said) if arguments.json else f"Import {found.pk} is undone; {kept} records stayed as they are now."
    )
    return 0
