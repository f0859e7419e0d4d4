"""JSON: records as Kapok gives them, alone, in a list or line by line; and records of the Biosafety Clearing-House."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kapok.core.rules import filled
from kapok.exchange.importing import bch
from kapok.exchange.importing.organisations import Organisations
from kapok.exchange.importing.reading import File
from kapok.exchange.importing.source import Place, Told, Unreadable
from kapok.formats.format import by_prefix, formats

STRANGE = gettext_noop("This is neither a record of Kapok nor one of the clearing-house.")
LISTS = ("items", "records", "results", "data", "documents")


def told(file: File, organisations: Organisations, form: str, language: str) -> Iterator[Told]:
    """Each record of a file."""
    for at, one in enumerate(things(file.whole()), 1):
        place = Place(file.name, "", at)
        if isinstance(one, dict) and bch.is_record(one):
            yield bch.told(one, place, organisations, language)
        elif isinstance(one, dict) and not bch.schema_of(one) and (code := format_of(one, form)):
            yield kapok(one, place, code)
        else:
            made = Told(place, form, {})
            made.notes.refuse(STRANGE, value=str(one)[:80])
            yield made


def things(content: bytes) -> Iterator[Any]:
    """The objects in a file: one, a list, an object around a list, or one on each line."""
    text = content.decode("utf-8-sig", "replace")
    try:
        whole = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        yield from by_line(text)
        return
    if isinstance(whole, dict):
        inner = next((whole[name] for name in LISTS if isinstance(whole.get(name), list)), None)
        whole = inner if inner is not None else [whole]
    if not isinstance(whole, list):
        raise Unreadable(_("This JSON file holds no records."))
    yield from whole


def by_line(text: str) -> Iterator[Any]:
    """JSON lines; the first line that is none ends the reading with its number."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            said = _("Line %(line)s of this file is not JSON. It may be cut: ask for it anew.")
            raise Unreadable(filled(said, line=number)) from None


def format_of(one: dict[str, Any], form: str) -> str:
    """Which format a record has: as it says, by its identifier, or as the sender said."""
    said = str(one.get("type") or "")
    if said in formats:
        return said
    found = by_prefix(str(one.get("id") or ""))
    if found:
        return found.code
    fields = formats[form].fields if form in formats else {}
    return form if isinstance(one.get("values"), dict) or set(one) & set(fields) else ""


def kapok(one: dict[str, Any], place: Place, code: str) -> Told:
    """A record as Kapok gives it: values within its envelope, or values alone."""
    values = one.get("values") if isinstance(one.get("values"), dict) else None
    raw = values if values is not None else {name: value for name, value in one.items() if name in formats[code].fields}
    made = Told(place, code, dict(raw))
    identifier = str(one.get("id") or "")
    if by_prefix(identifier) is formats[code]:
        made.identifier = identifier
    made.cells = {"id": identifier}
    return made
