"""What a source says, laid over what the register holds: what it takes, and what stays because others say otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop

from kapok.exchange.importing.said import Notes
from kapok.exchange.merging import restored, same
from kapok.formats.format import Format
from kapok.formats.kinds import KEY, Kind, Parts, Terms, Text

CONFLICT = gettext_noop(
    "The register says otherwise, by %(who)s. That stays; choose this row to take what the file says."
)
EDITED = gettext_noop("Somebody changed this in the register. That stays; choose this row to take what the file says.")


@dataclass
class Merged:
    """The values as they would stand, and which fields the source changes or disagrees about."""

    values: dict[str, Any]
    changed: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def plain(value: Any) -> Any:
    """A value without the keys of its parts, so that the same parts are equal."""
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items() if name != KEY}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value


def alike(kind: Kind, one: Any, other: Any) -> bool:
    """Are two values the same? The order of terms says nothing."""
    left, right = plain(one), plain(other)
    if isinstance(kind, Terms) and isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(item in right for item in left)
    return bool(left == right)


def merge(
    form: type[Format],
    current: Mapping[str, Any],
    said: Mapping[str, Any],
    before: Mapping[str, Any],
    others: Iterable[tuple[str, Mapping[str, Any]]],
    notes: Notes,
    *,
    take: bool = False,
    own: bool = False,
) -> Merged:
    """Lay `said` over `current`. `before` is what this source said last, `others` what other sources say.

    Where the source repeats itself nothing changes. Where it says something new about its own words, they change.
    Where the register says what another source or a person put there, that stays and is told, unless `take`.
    `own` tells that the values came out of Kapok: a part then has the key of the one it was, and says nothing of what
    is kept from the public in it.
    """
    made = Merged(dict(current))
    claims, shown = list(others), form.public(current)
    for name, value in said.items():
        kind = form.fields.get(name)
        if kind is None:
            continue
        held = current.get(name)
        if same(kind, value, shown.get(name)):
            continue
        wanted = joined(kind, held, restored(kind, held, shown.get(name), value) if own else value)
        repeated = name in before and plain(before[name]) == plain(value) and held is not None
        if repeated or alike(kind, wanted, held):
            continue
        who = against(name, held, before, claims)
        if who is not None and not take:
            made.conflicts.append(name)
            notes.remark(CONFLICT if who else EDITED, name, kind.show(value, "en"), **({"who": who} if who else {}))
            continue
        made.values[name] = wanted
        made.changed.append(name)
    return made


def against(name: str, held: Any, before: Mapping[str, Any], claims: list[tuple[str, Mapping[str, Any]]]) -> str | None:
    """Who stands behind what the register holds: another source by its name, a person (empty), or nobody to ask."""
    if held is None or (name in before and plain(before[name]) == plain(held)):
        return None
    for who, values in claims:
        if name in values and plain(values[name]) == plain(held):
            return who
    return "" if name in before else None


def joined(kind: Kind, held: Any, value: Any) -> Any:
    """A new value beside what is there: texts keep their other languages, identifiers add up, parts keep their keys."""
    if isinstance(kind, Text) and isinstance(held, Mapping) and isinstance(value, Mapping):
        return {**held, **value}
    if isinstance(kind, Parts) and isinstance(held, list) and isinstance(value, list):
        if kind.name == "identifiers":
            known = [plain(one) for one in held]
            return [*held, *(one for one in value if plain(one) not in known)]
        return keyed(held, value)
    return value


def keyed(held: list[dict[str, Any]], value: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The new parts under the keys of the old ones they go on from: the equal one, else the one at the same place."""
    free = list(held)
    made: list[dict[str, Any] | None] = []
    for part in value:
        same = next((one for one in free if plain(one) == plain(part)), None)
        if same is not None:
            free.remove(same)
        made.append(same)
    kept = {one[KEY] for one in held if KEY in one}
    for at, part in enumerate(value):
        if made[at] is None:
            old = held[at] if at < len(held) and held[at] in free else None
            if old is not None:
                free.remove(old)
            own = part.get(KEY, "")
            fresh = old[KEY] if old else own if own and own not in kept else f"{own or 'p'}{at + 1}x"[:12]
            made[at] = {**part, KEY: fresh}
    return [one for one in made if one is not None]
