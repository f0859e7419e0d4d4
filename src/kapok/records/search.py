"""What the search index is told of records."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from django.utils import timezone

from kapok.core.languages import TAGS
from kapok.formats.format import Format
from kapok.formats.indexing import Indexed
from kapok.formats.kinds import knowing
from kapok.records.access import seen_by
from kapok.records.attached import shown_files, words_of
from kapok.records.models import Draft, Record, Stage
from kapok.search.documents import Document

SUMMARY = 280
# What figures are told by; a record without an answer to one of these is found under `lacks`.
TOLD_BY = ("country", "region", "group", "theme", "method", "audience", "level", "year", "organisation", "funder")
PREFIXES = 26


def number_of(identifier: str) -> int:
    """An identifier as one whole number: `INI-000123`. Programs that count read it faster than text."""
    prefix, _dash, number = identifier.partition("-")
    code = 0
    for letter in prefix:
        code = code * PREFIXES + ord(letter) - ord("A")
    return code * 10**9 + int(number)


def identifier_of(number: int) -> str:
    """The identifier behind a number."""
    code, count = divmod(number, 10**9)
    return f"{prefix_of(code)}-{count:06}"


@cache
def prefix_of(code: int) -> str:
    """The three letters behind a number."""
    letters = ""
    for _place in range(3):
        code, letter = divmod(code, PREFIXES)
        letters = chr(ord("A") + letter) + letters
    return letters


def every() -> Iterator[str]:
    """The keys of all records, for building the index anew."""
    for identifier in Record.objects.order_by("pk").values_list("identifier", flat=True).iterator(chunk_size=5000):
        yield f"record:{identifier}"


def describe(keys: list[str]) -> dict[str, list[Document]]:
    """The documents of each key: one for what is public, one for the draft; none for what is gone."""
    identifiers = [key.partition(":")[2] for key in keys]
    records = list(Record.objects.filter(identifier__in=identifiers).select_related("owner", "draft"))
    linked = {target for record in records for values in both(record) for _f, target in record.form.references(values)}
    today = timezone.now().date()
    inside = words_of(records)
    with knowing(linked):
        found = {record.reference: documents(record, today, inside) for record in records}
    return {key: found.get(key, []) for key in keys}


def both(record: Record) -> list[Mapping[str, Any]]:
    """Published values and those of the draft."""
    return [record.values, *([record.working.values] if record.working else [])]


def documents(record: Record, today: date, inside: Mapping[str, str]) -> list[Document]:
    """A public document, and one for those who may see the draft."""
    found = []
    if record.stage == Stage.PUBLISHED:
        found.append(public(record, today, inside))
    if record.working:
        found.append(draft(record, record.working, today))
    return found


def public(record: Record, today: date, inside: Mapping[str, str]) -> Document:
    """What everybody may find, the words inside the files that the page shows included."""
    facets = of_stage(record)
    when = {"published": record.published_at, "updated": record.changed_at}
    return document(record, record.values, record.reference, ("public",), facets, when, today, said_in(record, inside))


def of_stage(record: Record) -> dict[str, tuple[str, ...]]:
    """The facets that come from the standing of a published record."""
    return {"stage": ("published",), "freshness": (record.freshness,)}


def own_facets(form: type[Format], values: Mapping[str, Any], indexed: Indexed) -> dict[str, tuple[str, ...]]:
    """The facets that come from the values, and which of those that figures are told by have none."""
    own = {name: tuple(ids) for name, ids in indexed.facets.items() if ids}
    if "language" not in own:
        own["language"] = tuple(form.languages(values))
    return own | {"lacks": tuple(name for name in TOLD_BY if not own.get(name))}


def facets_of(record: Record, values: Mapping[str, Any], today: date) -> dict[str, tuple[str, ...]]:
    """Every facet under which a published version is found."""
    own = own_facets(record.form, values, record.form.index(values, today))
    return {"type": (record.format,), **own, **of_stage(record)}


def said_in(record: Record, inside: Mapping[str, str]) -> list[tuple[str, str]]:
    """Language and words of each file that is shown to everybody and was read."""
    return [(language, inside[token]) for token, language in shown_files(record) if token in inside]


def draft(record: Record, working: Draft, today: date) -> Document:
    """What only the people of the record may find."""
    when = {"published": working.saved_at, "updated": working.saved_at}
    facets = {"stage": (str(working.stage),)}
    return document(record, working.values, f"{record.reference}/draft", seen_by(record), facets, when, today)


def document(
    record: Record,
    values: Mapping[str, Any],
    key: str,
    tokens: tuple[str, ...],
    facets: Mapping[str, tuple[str, ...]],
    when: Mapping[str, Any],
    today: date,
    more: Iterable[tuple[str, str]] = (),
) -> Document:
    """One document from values and envelope."""
    form = record.form
    indexed = form.index(values, today)
    indexed.say(record.identifier)
    # Last, so that a list shows a record's own words first.
    for language, text in more:
        indexed.say({language: text})
    own = own_facets(form, values, indexed)
    titles = form.title_of(values)
    dates = {name: day.toordinal() for name, day in form.days(values).items() if day}
    dates |= {name: moment.date().toordinal() for name, moment in when.items() if moment}
    return Document(
        key=key,
        kind=record.format,
        seen_by=tokens,
        titles=titles,
        texts={tag: "\n".join(parts) for tag, parts in indexed.texts.items()},
        facets={"type": (record.format,), **own, **facets},
        dates=dates,
        sort_title={tag: titles.get(tag) or next(iter(titles.values()), "") for tag in TAGS},
        extra=card(record, values, own, key),
        number=number_of(record.identifier),
    )


def card(record: Record, values: Mapping[str, Any], facets: Mapping[str, tuple[str, ...]], key: str) -> dict[str, Any]:
    """What a list shows of the record, kept in the index so that a list needs no database."""
    summary = {tag: text[:SUMMARY] for tag, text in record.form.summary_of(values).items()}
    days = {name: day.isoformat() for name, day in record.form.days(values).items() if day}
    return {
        "id": record.identifier,
        "format": record.format,
        "title": record.form.title_of(values),
        "summary": summary,
        "owner": record.owner.names if record.owner else {},
        "countries": record.form.countries(values)[:12],
        "status": next(iter(facets.get("status", ())), ""),
        "window": next(iter(reversed(facets.get("window", ()))), ""),
        "need_state": next(iter(facets.get("need-state", ())), ""),
        "rank": values.get("rank"),
        "kind": values.get("kind", "") if isinstance(values.get("kind", ""), str) else "",
        "days": days,
        "freshness": record.freshness if record.number else "",
        "reviewed": record.reviewed,
        "illustrative": record.illustrative,
        "draft": key.endswith("/draft"),
        "stage": record.stage,
    }
