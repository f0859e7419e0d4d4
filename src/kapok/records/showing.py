"""What stands on the page of a record: its answers under their headings, its marks, its money."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kapok import vocab
from kapok.core.languages import best, current
from kapok.formats.format import Format, Section
from kapok.formats.kinds import Kind, Target, resolve
from kapok.records.models import Record


@dataclass(frozen=True, slots=True)
class Row:
    """One answer."""

    kind: Kind
    value: Any


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and the answers below it."""

    id: str
    title: str
    rows: list[Row] = field(default_factory=list)

    @property
    def short(self) -> list[Row]:
        """The answers that fit beside their question."""
        return [row for row in self.rows if not is_long(row.kind)]

    @property
    def long(self) -> list[Row]:
        """The answers that take paragraphs or tables of their own."""
        return [row for row in self.rows if is_long(row.kind)]


def is_long(kind: Kind) -> bool:
    """Paragraphs and parts stand below their question."""
    return kind.wide or kind.is_long or kind.widget in {"parts", "words"}


def blocks(form: type[Format], values: Mapping[str, Any], *, private: bool = False) -> list[Block]:
    """The answered fields under their sections; private ones only where they may be seen."""
    found = []
    for section, kinds in form.grouped():
        # The title stands above the page already.
        asked = [kind for kind in kinds if kind.name in values and kind.name not in {"title", "name"}]
        told = [kind for kind in asked if not kind.is_silent(values[kind.name])]
        rows = [Row(kind, values[kind.name]) for kind in told if private or not kind.private]
        if rows:
            found.append(block(section, rows))
    return found


def block(section: Section | None, rows: list[Row]) -> Block:
    """The heading of a section, as an address within the page too."""
    return Block(f"s-{section.name}", str(section.title), rows) if section else Block("s-first", "", rows)


def targets(form: type[Format], values: Mapping[str, Any]) -> dict[str, Target]:
    """The records that the values point to, looked up at once."""
    return resolve(target for _field, target in form.references(values))


@dataclass(frozen=True, slots=True)
class Sum:
    """Money of one kind in one currency: the lines of other kinds are never added to it."""

    kind: str
    currency: str
    amount: Decimal


def sums(budget: list[dict[str, Any]]) -> list[Sum]:
    """What the lines of a budget make, by kind of money and currency."""
    totals: dict[tuple[str, str], Decimal] = {}
    for line in budget:
        if line.get("amount") and line.get("kind") and line.get("currency"):
            key = (line["kind"], line["currency"])
            totals[key] = totals.get(key, Decimal(0)) + Decimal(line["amount"])
    return [Sum(vocab.label("money-kind", kind), currency, total) for (kind, currency), total in totals.items()]


def badges(record: Record, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The marks of a record's state, each a kind and its words; its freshness is a mark of its own."""
    derived = record.form.derive(values, timezone.now().date())
    for status in derived.get("status", [])[:1]:
        yield status, vocab.label("status", status, current())
    for window in derived.get("window", [])[-1:]:
        yield "closing" if window == "closing-soon" else window, window_words(window)
    state = values.get("state") if record.format == "need" else ""
    for need in [state] if state else derived.get("need-state", [])[:1]:
        yield "type", vocab.label("need-state", need, current())
    if not record.reviewed:
        yield "unreviewed", _("Not yet reviewed")
    if record.illustrative:
        yield "illustrative", _("Illustrative")


def window_words(window: str) -> str:
    """Whether one can apply now."""
    return {
        "open": _("Open now"),
        "closing-soon": _("Closing within 30 days"),
        "coming": _("Not yet open"),
        "closed": _("Closed"),
    }[window]


def freshness_mark(record: Record) -> str:
    """The name under which the look knows the freshness; nothing for records without a clock."""
    known = {"not-confirmed": "unconfirmed", "no-clock": ""}
    return known.get(record.freshness, record.freshness)


def citation(record: Record, address: str) -> str:
    """How to cite the record, in words."""
    title = best(record.titles)[0]
    owner = record.owner.label() if record.owner else _("Kapok")
    year = record.published_at.year if record.published_at else timezone.now().year
    said = _("%(owner)s (%(year)s). %(title)s [%(type)s %(identifier)s]. Kapok. %(address)s")
    return said % {
        "owner": owner,
        "year": year,
        "title": title,
        "type": record.form.label,
        "identifier": record.identifier,
        "address": address,
    }


def bibtex(record: Record, address: str) -> str:
    """How to cite the record, for programs that keep references."""
    facts = {
        "title": best(record.titles)[0].replace("{", "").replace("}", ""),
        "author": f"{{{record.owner.label()}}}" if record.owner else "{Kapok}",
        "year": str(record.published_at.year) if record.published_at else "",
        "howpublished": "Kapok",
        "number": record.identifier,
        "url": address,
    }
    lines = [f"  {name} = {{{value.replace(chr(10), ' ')}}}" for name, value in facts.items() if value]
    return f"@misc{{{record.identifier},\n" + ",\n".join(lines) + "\n}"
