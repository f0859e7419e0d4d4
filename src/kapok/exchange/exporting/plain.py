"""Records as JSON: one document with the list, or one record on each line."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.exchange.exporting.rows import Taken, named
from kapok.exchange.exporting.shape import Shape, Taking
from kapok.records.payload import Links, described, links_of

VERSION = 1


def write(taking: Taking) -> Iterator[bytes]:
    """What the list is, then its records."""
    head = {
        "kapok": VERSION,
        "title": taking.title,
        "url": taking.address,
        "made_at": taking.made_at.isoformat(timespec="seconds"),
        "total": taking.total,
    }
    yield text({name: value for name, value in head.items() if value not in (None, "")})[:-1].encode()
    yield b',"records":['
    first = True
    for some in payloads(taking):
        joined = ",\n".join(map(text, some))
        yield f"{'' if first else ','}\n{joined}".encode()
        first = False
    yield b"\n]}\n"


def write_lines(taking: Taking) -> Iterator[bytes]:
    """One record on each line, for programs that read line by line."""
    for some in payloads(taking):
        yield "".join(f"{text(one)}\n" for one in some).encode()


def payloads(taking: Taking) -> Iterator[list[dict[str, Any]]]:
    """The records as the API tells of them, by the stretch."""
    for some in taking.rows:
        named(some)
        links = links_of(one.record for one in some)
        yield [payload(one, links) for one in some]


def payload(one: Taken, links: Links) -> dict[str, Any]:
    """One record; a draft tells its own values and stage."""
    told = described(one.record, links)
    if one.published:
        return told
    titles = one.record.form.title_of(one.values)
    languages = one.record.form.languages(one.values)
    return {**told, "stage": one.stage, "title": titles, "languages": languages, "values": dict(one.values)}


def text(value: Any) -> str:
    """JSON without needless blanks, in the letters of its language."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


JSON = Shape(
    "json",
    _("JSON, for programs"),
    "application/json; charset=utf-8",
    write,
    hint=_("Everything that is public of each record, as the API gives it."),
    drafts=True,
)
LINES = Shape("jsonl", _("JSON lines, for programs"), "application/x-ndjson; charset=utf-8", write_lines, drafts=True)
