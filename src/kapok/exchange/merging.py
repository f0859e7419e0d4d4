"""Answers compared with what is kept, and laid upon it: what the public export leaves out stays."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kapok.formats.format import Format, Values
from kapok.formats.kinds import KEY, Amount, Files, Kind, Parts, Shares, Terms, Text

Row = Mapping[str, Any]


def emptied(form: type[Format], raw: Row) -> dict[str, list[str]]:
    """The fields that were asked and left empty; of a text the languages that were."""
    found: dict[str, list[str]] = {}
    for name, value in raw.items():
        kind = form.fields[name]
        if isinstance(kind, Text) and isinstance(value, Mapping):
            if tags := [tag for tag, text in value.items() if not str(text).strip()]:
                found[name] = tags
        elif kind.is_empty(value.strip() if isinstance(value, str) else value):
            found[name] = []
    return found


def says_same(form: type[Format], one: Row, other: Row) -> bool:
    """Do two sets of values say the same?"""
    return all(same(kind, one.get(name), other.get(name)) for name, kind in form.fields.items())


def same(kind: Kind, new: Any, shown: Any) -> bool:
    """Does a new answer say what is shown? The order of ticked terms says nothing, nor do zeros at an end or keys."""
    if isinstance(kind, Files):
        return not new or bool(new == shown)
    if isinstance(kind, Parts):
        pairs = zip(new or (), shown or (), strict=False)
        return len(new or ()) == len(shown or ()) and all(alike(kind, one, other) for one, other in pairs)
    if isinstance(kind, Terms) and not isinstance(kind, Shares):
        return set(new or ()) == set(shown or ())
    if isinstance(kind, Amount) and new is not None and shown is not None:
        return Decimal(new) == Decimal(shown)
    return bool(new == shown) or (kind.is_empty(new) and kind.is_empty(shown))


def alike(kind: Parts, one: Row, other: Row) -> bool:
    """Do two parts say the same?"""
    return all(same(inner, one.get(name), other.get(name)) for name, inner in kind.part.fields.items())


def restored(kind: Kind, kept: Any, shown: Any, value: Any) -> Any:
    """New parts with what the kept one of the same key holds and whoever wrote the new one could not see or say."""
    if not isinstance(kind, Parts) or not isinstance(kept, list) or not isinstance(value, list):
        return value
    old = {item.get(KEY): item for item in kept}
    seen = {item.get(KEY): item for item in shown or ()}
    return [whole(kind, old.get(item.get(KEY), {}), seen.get(item.get(KEY), {}), item) for item in value]


def whole(kind: Parts, kept: Row, shown: Row, item: Row) -> Values:
    """One part, with what was hidden or is a file, and the parts within it."""
    fields = kind.part.fields
    back = {
        name: value
        for name, value in kept.items()
        if name in fields and name not in item and (name not in shown or isinstance(fields[name], Files))
    }
    within = {
        name: restored(inner, kept.get(name), shown.get(name), item[name])
        for name, inner in fields.items()
        if isinstance(inner, Parts) and name in item
    }
    return {**back, **item, **within}
