"""New answers laid upon what is kept: what was not asked stays, and so does what the public export leaves out."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kapok.formats.format import Format, Values
from kapok.formats.kinds import KEY, Amount, Kind, Parts, Shares, Terms

Row = Mapping[str, Any]


def onto(form: type[Format], kept: Row, raw: Row) -> Values:
    """The values of a record after new answers, before they are cleaned.

    `raw` holds every field that was asked, an empty one included. Where an answer is the same as what the public
    sees, nothing was meant to change: private parts and small counts of people stay as they are kept.
    """
    given = form.clean(raw, final=False)[0]
    return laid(form.fields, kept, form.public(kept), raw, given)


def laid(fields: Mapping[str, Kind], kept: Row, shown: Row, raw: Row, given: Row) -> Values:
    """The same for the fields of a record or of a part."""
    result = dict(kept)
    for name, kind in fields.items():
        if name not in raw:
            continue
        if isinstance(kind, Parts) and is_rows(raw[name]):
            value: Any = parts(kind, kept.get(name) or [], shown.get(name) or [], raw[name], given.get(name) or [])
        elif same(kind, given.get(name), shown.get(name)) and not kind.private:
            continue
        else:
            # What the kind refused goes on as it was written, so that it is told of.
            value = given.get(name, raw[name])
        result[name] = value
    return {name: value for name, value in result.items() if value is not None}


def same(kind: Kind, one: Any, other: Any) -> bool:
    """Do two answers say the same? In which order terms were ticked says nothing, nor do zeros at an end."""
    if isinstance(kind, Terms) and not isinstance(kind, Shares):
        return set(one or ()) == set(other or ())
    if isinstance(kind, Amount) and one is not None and other is not None:
        return Decimal(one) == Decimal(other)
    return bool(one == other)


def is_rows(value: Any) -> bool:
    """Is it a list of parts, as it should be?"""
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def parts(kind: Parts, kept: list[Any], shown: list[Any], raw: list[Any], given: list[Any]) -> list[Values]:
    """Parts find the kept one of the same key."""
    old = {item.get(KEY): item for item in kept}
    seen = {item.get(KEY): item for item in shown}
    if len(given) != len(raw):
        return [dict(item) for item in raw]
    merged = []
    for written, new in zip(raw, given, strict=True):
        key = written.get(KEY) or new.get(KEY)
        before = old.get(key, {})
        merged.append({**laid(kind.part.fields, before, seen.get(key, {}), written, new), KEY: key})
    return merged
