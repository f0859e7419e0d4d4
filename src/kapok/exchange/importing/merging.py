"""What a source says, laid over what the register holds: what it takes, and what stays because others say otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop

from kapok.exchange.importing.said import Notes
from kapok.exchange.merging import alike, restored, same
from kapok.formats.format import Format
from kapok.formats.kinds import KEY, Kind, Parts, Text

CONFLICT = gettext_noop(
    "The register says otherwise, by %(who)s. That stays; choose this row to take what the file says."
)
EDITED = gettext_noop("Somebody changed this in the register. That stays; choose this row to take what the file says.")
REQUIRED = gettext_noop("“%(label)s” was left empty. It must have an answer, so the one that stands there stays.")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of values that came out of Kapok: which answers are now empty, and how all were when they left."""

    cleared: Mapping[str, list[str]] = field(default_factory=dict)
    seen: Row | None = None


@dataclass
class Merged:
    """The values as they would stand, and which fields the source changes or disagrees about."""

    values: dict[str, Any]
    changed: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def merge(
    form: type[Format],
    current: Row,
    said: Row,
    before: Row,
    others: Iterable[tuple[str, Row]],
    notes: Notes,
    *,
    take: bool = False,
    own: Own | None = None,
) -> Merged:
    """Lay `said` over `current`. `before` is what this source said last, `others` what other sources say.

    Where the source repeats itself nothing changes. Where it says something new about its own words, they change.
    Where the register says what another source or a person put there, that stays and is told, unless `take`.
    `own` tells that the values came out of Kapok: a part then has the key of the one it was, says nothing of what
    is kept from the public in it, and an answer that was emptied is taken away.
    """
    made = Merged(dict(current))
    claims, shown = list(others), form.public(current)
    for name in dict.fromkeys([*said, *(own.cleared if own else ())]):
        kind, value, held = form.fields.get(name), said.get(name), current.get(name)
        if kind is None or same(kind, value, shown.get(name)):
            continue
        wanted = returned(kind, held, shown.get(name), value, own) if own else joined(kind, held, value)
        if same(kind, wanted, held) or (repeats(kind, value, held, before) and not (own and own.seen)):
            continue
        if kind.required and kind.is_empty(wanted):
            notes.drop(REQUIRED, name, label=name)
            continue
        seen = own.seen if own else None
        who = against(kind, held, before, claims) if seen is None else moved(kind, shown.get(name), seen.get(name))
        if who is not None and not take:
            made.conflicts.append(name)
            notes.remark(CONFLICT if who else EDITED, name, kind.show(value, "en"), **({"who": who} if who else {}))
            continue
        made.values[name] = wanted
        if kind.is_empty(wanted):
            del made.values[name]
        made.changed.append(name)
    return made


def repeats(kind: Kind, value: Any, held: Any, before: Row) -> bool:
    """Does a source say what it said before, whatever became of it?"""
    return held is not None and kind.name in before and same(kind, before[kind.name], value)


def against(kind: Kind, held: Any, before: Row, claims: list[tuple[str, Row]]) -> str | None:
    """Who stands behind what the register holds: another source by its name, a person (empty), or nobody to ask."""
    name = kind.name
    if held is None or (name in before and same(kind, before[name], held)):
        return None
    for who, values in claims:
        if name in values and same(kind, values[name], held):
            return who
    return "" if name in before else None


def moved(kind: Kind, shown: Any, seen: Any) -> str | None:
    """Was an answer changed since a form of ours was taken? Then somebody (empty) stands behind it."""
    return None if same(kind, shown, seen) else ""


def returned(kind: Kind, held: Any, shown: Any, value: Any, own: Own) -> Any:
    """An answer of a form of ours, as it would stand: what its reader did not touch, ask or see is as it is kept."""
    seen = own.seen.get(kind.name) if own.seen is not None else None
    if own.seen is not None and same(kind, value, seen):
        return held
    if not isinstance(kind, Text):
        back = restored(kind, held, shown, value)
        if isinstance(kind, Parts) and isinstance(held, list) and isinstance(back, list):
            return keyed(kind, held, back)
        return back
    written = {tag: text for tag, text in (value or {}).items() if (seen or {}).get(tag) != text}
    gone = [tag for tag in own.cleared.get(kind.name, ()) if own.seen is None or (seen or {}).get(tag)]
    return {tag: text for tag, text in {**(held or {}), **written}.items() if tag not in gone}


def joined(kind: Kind, held: Any, value: Any) -> Any:
    """A new value beside what is there: texts keep their other languages, identifiers add up, parts keep their keys."""
    if isinstance(kind, Text) and isinstance(held, Mapping) and isinstance(value, Mapping):
        return {**held, **value}
    if isinstance(kind, Parts) and isinstance(held, list) and isinstance(value, list):
        if kind.name == "identifiers":
            return [*held, *(one for one in value if not any(alike(kind, one, other) for other in held))]
        return keyed(kind, held, value)
    return value


def keyed(kind: Parts, held: list[dict[str, Any]], value: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The new parts under the keys of the old ones they go on from: the equal one, that of the key, of the place."""
    free = list(held)
    made: list[dict[str, Any] | None] = []
    for part in value:
        equal = next((one for one in free if alike(kind, one, part)), None)
        if equal is not None:
            free.remove(equal)
        made.append(equal)
    kept, given = {one[KEY] for one in held if KEY in one}, {part.get(KEY) for part in value}
    for at, part in enumerate(value):
        if made[at] is None:
            old = next((one for one in free if one.get(KEY) == part.get(KEY)), None)
            if old is None and at < len(held) and held[at] in free and held[at].get(KEY) not in given:
                old = held[at]
            if old is not None:
                free.remove(old)
            own = part.get(KEY, "")
            fresh = old[KEY] if old else own if own and own not in kept else f"{own or 'p'}{at + 1}x"[:12]
            made[at] = {**part, KEY: fresh}
    return [one for one in made if one is not None]
