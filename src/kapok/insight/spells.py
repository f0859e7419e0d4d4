"""What is derived from a record: the stretches of time of its versions, their allocations and their money."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from kapok import vocab
from kapok.core.models import Entry
from kapok.formats.kinds import knowing
from kapok.insight import rates, shares
from kapok.insight.models.allocations import WHOLE
from kapok.records.formats.common import expand
from kapok.records.models import Record, Stage, Version
from kapok.records.search import facets_of

HIDES = frozenset({"records.withdraw", "records.merge"})
SHOWS = frozenset({"records.restore", "records.unmerge"})
CENTS = 100
PERIOD = "gef period"
Pair = tuple[str, str]


class Line(NamedTuple):
    """One budget line, whole."""

    key: str
    kind: str
    state: str
    funder: str
    year: int | None
    currency: str
    cents: int


@dataclass(frozen=True, slots=True)
class Derived:
    """A spell as it should stand in the tables."""

    number: int
    valid_from: datetime
    valid_until: datetime | None
    facts: dict[str, Any]
    shares: dict[Pair, int] = field(default_factory=dict)
    money: list[tuple[Line, dict[Pair, tuple[int, int | None]]]] = field(default_factory=list)

    def digest(self) -> str:
        """A short hash over all of it."""
        said = [
            self.number,
            self.facts,
            [(*pair, share) for pair, share in self.shares.items()],
            [(list(line), [(*pair, *cents) for pair, cents in parts.items()]) for line, parts in self.money],
        ]
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


class Stretch(NamedTuple):
    """From when until when a version stood before the public."""

    version: Version
    begins: datetime
    ends: datetime | None


def stretches(record: Record, versions: Iterable[Version], entries: Iterable[tuple[datetime, str]]) -> list[Stretch]:
    """Walk through all that happened to a record: published, withdrawn, restored, merged, unmerged."""
    happened: list[tuple[datetime, int, Any]] = [(one.at, 0, one) for one in versions]
    happened += [(at, 1, verb) for at, verb in entries]
    found: list[Stretch] = []
    latest: Version | None = None
    since: datetime | None = None
    for at, _order, what in sorted(happened, key=lambda one: one[:2]):
        if since is not None and latest is not None and (isinstance(what, Version) or what in HIDES):
            found.append(Stretch(latest, since, max(at, since)))
            since = None
        if isinstance(what, Version):
            latest, since = what, at
        elif what in SHOWS and latest is not None and since is None:
            since = at
    if latest is not None and since is not None:
        gone = None if record.stage == Stage.PUBLISHED else max(record.changed_at or since, since)
        found.append(Stretch(latest, since, gone))
    elif latest is not None and record.stage == Stage.PUBLISHED:
        found.append(Stretch(latest, record.changed_at or latest.at, None))
    return [one for at, one in enumerate(found) if at + 1 == len(found) or found[at + 1].begins > one.begins]


def derive(records: Iterable[Record], today: date) -> Iterator[tuple[Record, list[Derived]]]:
    """The spells of each of some records."""
    known = list(records)
    versions: dict[int, list[Version]] = {record.pk: [] for record in known}
    for version in Version.objects.filter(record__in=known).order_by("number"):
        versions[version.record_id].append(version)
    entries: dict[str, list[tuple[datetime, str]]] = {record.reference: [] for record in known}
    told = Entry.objects.filter(thing__in=list(entries), verb__in=HIDES | SHOWS).order_by("id")
    for thing, at, verb in told.values_list("thing", "at", "verb"):
        entries[thing].append((at, verb))
    said = [(record, one.values) for record in known for one in versions[record.pk]]
    with knowing({target for record, values in said for _f, target in record.form.references(values)}):
        for record in known:
            found = stretches(record, versions[record.pk], entries[record.reference])
            yield record, [derived(record, one, today) for one in found]


def derived(record: Record, stretch: Stretch, today: date) -> Derived:
    """One spell. A closed one is told as on its last day, so that deriving it again gives the same."""
    values = stretch.version.values
    day = today if stretch.ends is None else stretch.ends.astimezone(UTC).date()
    facets = {name: list(ids) for name, ids in facets_of(record, values, day).items() if ids}
    if stretch.ends is not None:
        facets.pop("freshness", None)
    days = {name: one.toordinal() for name, one in record.form.days(values).items() if one}
    confirmed = record.confirmed_on if stretch.ends is None else stretch.begins.astimezone(UTC).date()
    begun = date.fromordinal(days["starts"]) if "starts" in days else None
    pairs = shares.cross(countries_of(values, facets, begun or day), themes_of(values, facets))
    lines = list(lines_of(values, begun))
    facts: dict[str, Any] = {
        "facets": facets,
        "days": days,
        "said": values.get("said_status") or "",
        "rank": values.get("rank"),
        "confirmed": confirmed.toordinal() if confirmed else None,
        "period": period_of(values),
    }
    return Derived(
        number=stretch.version.number,
        valid_from=stretch.begins,
        valid_until=stretch.ends,
        facts=facts,
        shares=dict(zip(pairs, shares.split(WHOLE, list(pairs.values())), strict=True)),
        money=[(line, parts_of(line, pairs)) for line in lines],
    )


def countries_of(values: Mapping[str, Any], facets: Mapping[str, list[str]], day: date) -> dict[str, Fraction]:
    """The countries under which it is found, by weight; a group's share falls to its members in equal parts."""
    countries = facets.get("country", [])
    items = values.get("countries")
    if not (items and isinstance(items[0], Mapping) and all("share" in item for item in items)):
        return dict.fromkeys(countries, Fraction(1))
    found = dict.fromkeys(countries, Fraction(0))
    for one, weight in shares.weights_of(items).items():
        members = [member for member in expand([one], day) if member in found]
        for member in members:
            found[member] += weight / len(members)
    return {country: weight for country, weight in found.items() if weight} or dict.fromkeys(countries, Fraction(1))


def themes_of(values: Mapping[str, Any], facets: Mapping[str, list[str]]) -> dict[str, Fraction]:
    """The elements under which it is found, by weight; a finer subject counts for the element above it."""
    tops = [one for one in facets.get("theme", []) if not vocab.ancestors("theme", one)]
    items = values.get("themes")
    if not (items and isinstance(items[0], Mapping)):
        return dict.fromkeys(tops, Fraction(1))
    found = dict.fromkeys(tops, Fraction(0))
    for one, weight in shares.weights_of(items).items():
        top = [one, *vocab.ancestors("theme", one)][-1]
        if top in found:
            found[top] += weight
    return {theme: weight for theme, weight in found.items() if weight}


def lines_of(values: Mapping[str, Any], begun: date | None) -> Iterator[Line]:
    """The budget lines; one without a year belongs to the year of the start."""
    for at, item in enumerate(values.get("budget") or ()):
        if item.get("amount") in (None, "") or not item.get("kind") or not item.get("currency"):
            continue
        yield Line(
            key=f"{at}-{item.get('key', '')}"[:20],
            kind=str(item["kind"]).partition(":")[0],
            state=item.get("state") or "",
            funder=item.get("funder") or "",
            year=item.get("year") or (begun.year if begun else None),
            currency=str(item["currency"]).partition(":")[0],
            cents=int(Decimal(item["amount"]) * CENTS),
        )


def period_of(values: Mapping[str, Any]) -> int | None:
    """The GEF period that a record names among its identifiers: `GEF period`, `GEF-4`; else its years tell."""
    for item in values.get("identifiers", ()):
        if item.get("scheme", "").casefold().replace("-", " ") == PERIOD:
            digits = "".join(filter(str.isdigit, item.get("identifier", "")))
            return int(digits[:2]) if digits else None
    return None


def parts_of(line: Line, pairs: Mapping[Pair, Fraction]) -> dict[Pair, tuple[int, int | None]]:
    """A line split by country and theme: its own cents, and those of USD where they are known."""
    weights = list(pairs.values())
    own = shares.split(line.cents, weights)
    usd = rates.usd_cents(line.cents, line.currency, line.year)
    worth: list[int] | list[None] = [None] * len(own) if usd is None else shares.split(usd, weights)
    return {pair: (own[at], worth[at]) for at, pair in enumerate(pairs)}
