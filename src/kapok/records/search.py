"""What the search index is told of records."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from kapok.core.languages import TAGS
from kapok.formats.kinds import knowing
from kapok.records.access import seen_by
from kapok.records.models import Draft, Record, Stage
from kapok.search.documents import Document

SUMMARY = 280


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
    with knowing(linked):
        found = {record.reference: documents(record, today) for record in records}
    return {key: found.get(key, []) for key in keys}


def both(record: Record) -> list[Mapping[str, Any]]:
    """Published values and those of the draft."""
    return [record.values, *([record.working.values] if record.working else [])]


def documents(record: Record, today: date) -> list[Document]:
    """A public document, and one for those who may see the draft."""
    found = []
    if record.stage == Stage.PUBLISHED:
        found.append(public(record, today))
    if record.working:
        found.append(draft(record, record.working, today))
    return found


def public(record: Record, today: date) -> Document:
    """What everybody may find."""
    facets = {"stage": ("published",), "freshness": (record.freshness,)}
    when = {"published": record.published_at, "updated": record.changed_at}
    return document(record, record.values, record.reference, ("public",), facets, when, today)


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
) -> Document:
    """One document from values and envelope."""
    form = record.form
    indexed = form.index(values, today)
    indexed.say(record.identifier)
    own = {name: tuple(ids) for name, ids in indexed.facets.items() if ids}
    if "language" not in own:
        own["language"] = tuple(form.languages(values))
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
