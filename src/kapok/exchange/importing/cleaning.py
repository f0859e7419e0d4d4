"""From what a source tells to values as the format keeps them; what does not fit is left out and said."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import override

from kapok.exchange.importing.said import DROPPED, REMARK, Note, Notes
from kapok.formats.format import Format
from kapok.formats.kinds import KEY, Kind, Parts
from kapok.formats.problems import ERROR, Problem, Problems

WORDS = "%(words)s"
SIMPLE = (str, int, bool)


def clean(form: type[Format], raw: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    """The values that may be kept. Each problem is told with what is needed to say it in any language."""
    with override("en"):
        values, problems = form.clean(raw, final=False)
    for problem in problems:
        notes.found.append(note_of(form, problem, raw, values))
        if problem.weight == ERROR:
            leave_out(values, problem.path)
    # Keys are for the fields of parts; a part that lost all of them says nothing.
    for name, value in list(values.items()):
        if isinstance(value, list) and value and isinstance(value[0], dict) and KEY in value[0]:
            values[name] = [part for part in value if set(part) - {KEY}]
            if not values[name]:
                del values[name]
    return values


def leave_out(values: dict[str, Any], path: str) -> None:
    """Take away the value at a path, if it was kept in spite of its problem."""
    steps = path.split("-")
    held: Any = values
    for step in steps[:-1]:
        if isinstance(held, list) and step.isdigit() and int(step) < len(held):
            held = held[int(step)]
        elif isinstance(held, dict):
            held = held.get(step)
        else:
            return
    if isinstance(held, dict):
        held.pop(steps[-1], None)


def note_of(form: type[Format], problem: Problem, raw: Mapping[str, Any], values: Mapping[str, Any]) -> Note:
    """A problem of the format, with the raw value of its field (or the simple ones, when it lies between fields)."""
    name = problem.path.partition("-")[0]
    again = said_again(form, name, raw.get(name), problem.path)
    kept = {"field": raw.get(name)} if again else {"between": simple(values) | {name: values.get(name)}}
    shown = raw.get(name)
    return {
        "weight": DROPPED if problem.weight == ERROR else REMARK,
        "say": WORDS,
        "with": {"words": str(problem.sentence)},
        "path": problem.path,
        "value": str(shown)[:200] if isinstance(shown, SIMPLE) else "",
        "clean": kept,
    }


def simple(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are words or numbers."""
    return {name: value for name, value in values.items() if isinstance(value, SIMPLE) and len(str(value)) < 100}


def said_again(form: type[Format], name: str, raw: Any, path: str) -> str:
    """The sentence of a field about a raw value, in the language now spoken."""
    kind, problems = form.fields.get(name), Problems()
    if kind is None:
        return ""
    kind.clean(raw, problems, name, final=False)
    return next((str(problem.sentence) for problem in problems if problem.path == path), "")


def between(form: type[Format], values: Mapping[str, Any], path: str) -> str:
    """The sentence about several fields together, in the language now spoken."""
    problems = Problems()
    form.check(dict(values), problems, final=False)
    return next((str(problem.sentence) for problem in problems if problem.path == path), "")


def words_of(form: type[Format], note: Note) -> str:
    """What a format says of a value, in the language now spoken; in English when it cannot be said again."""
    kept = note["clean"]
    path = note["path"]
    said = (
        said_again(form, path.partition("-")[0], kept["field"], path)
        if "field" in kept
        else between(form, kept["between"], path)
    )
    return said or str(note["with"]["words"])


def missing(form: type[Format], values: Mapping[str, Any]) -> list[str]:
    """The fields that keep a record from being complete. What is plainly left open is seen without looking closer."""
    open_ = [name for name, kind in form.fields.items() if is_open(kind, values.get(name))]
    problems = Problems()
    if not open_:
        for name, kind in form.fields.items():
            kind.clean(values.get(name), problems, name, final=True)
    form.check(dict(values), problems, final=True)
    return list(dict.fromkeys([*open_, *(problem.path.partition("-")[0] for problem in problems.errors)]))


def is_open(kind: Kind, value: Any) -> bool:
    """Is this required, here or in a part of it, and not answered?"""
    if value is None or kind.is_empty(value):
        return kind.required
    if not isinstance(kind, Parts):
        return False
    return any(is_open(inner, part.get(name)) for part in value for name, inner in kind.part.fields.items())
