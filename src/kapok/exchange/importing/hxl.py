"""Tables with HXL tags: rows of who does what where, grouped back into the activities they tell of."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop

from kapok.exchange.importing import amounts, dates
from kapok.exchange.importing.currencies import countries_of, currency_in, settled
from kapok.exchange.importing.rows import WHOSE, scope_of
from kapok.exchange.importing.source import Place, Sheet, Told
from kapok.exchange.importing.understanding import Reader
from kapok.records.formats import Initiative

TAG = re.compile(r"^#[a-z][a-z0-9_]*(\s*\+[a-z0-9_]+)*$", re.IGNORECASE)
GROUPED = gettext_noop("%(count)s rows of the table tell of this activity.")
OLD = {
    "activity_id": "activity+id",
    "activity_code": "activity+code",
    "lat_deg": "geo+lat",
    "lon_deg": "geo+lon",
    "period_date": "date",
    "period_start": "date+start",
    "period_end": "date+end",
    "start_date": "date+start",
    "end_date": "date+end",
}
# From what a tag begins with, and an attribute it needs, to what it fills.
MEANINGS = (
    ("activity", "id", "id"),
    ("activity", "code", "id"),
    ("meta", "id", "id"),
    ("activity", "", "activity"),
    ("org", "funder", "funder"),
    ("org", "donor", "funder"),
    ("org", "impl", "implementing"),
    ("org", "partner", "partner"),
    ("org", "", "lead"),
    ("sector", "", "sector"),
    ("subsector", "", "sector"),
    ("country", "", "country"),
    ("region", "", "country"),
    ("date", "start", "starts"),
    ("date", "end", "ends"),
    ("geo", "lat", "lat"),
    ("geo", "lon", "lon"),
    ("contact", "email", "mail"),
    ("description", "", "description"),
    ("output", "", "description"),
    ("value", "", "value"),
    ("currency", "", "currency"),
    ("status", "", "status"),
)
SEARCHED = 25
MOST = 100


def tags_in(rows: Sequence[tuple[int, list[str]]]) -> int:
    """Where the row of tags stands, or -1: at least two tags, and nothing else in it."""
    for at, (_line, cells) in enumerate(rows[:SEARCHED]):
        given = [cell for cell in cells if cell]
        if len(given) > 1 and all(TAG.match(cell) for cell in given):
            return at
    return -1


def meaning(tag: str) -> str:
    """What a column with this tag fills; `adm3` and the like for places."""
    name, *attributes = re.split(r"\s*\+", tag.strip().lstrip("#").lower())
    if name in OLD:
        name, *more = OLD[name].split("+")
        attributes = [*more, *attributes]
    if re.fullmatch(r"adm[1-5]|loc", name):
        return "" if "code" in attributes else "place"
    for begin, attribute, found in MEANINGS:
        if name == begin and (not attribute or attribute in attributes):
            return "" if found in {"lead", "sector", "country"} and "code" in attributes else found
    return ""


def told(sheet: Sheet, rows: Iterator[tuple[int, list[str]]], tags: list[str], reader: Reader) -> Iterator[Told]:
    """One record for each activity: by its identifier, else by what, who and, without an activity, where."""
    columns = [(at, found) for at, tag in enumerate(tags) if (found := meaning(tag))]
    groups: dict[tuple[str, ...], list[tuple[int, dict[str, list[str]]]]] = {}
    for line, cells in rows:
        facts: dict[str, list[str]] = {}
        for at, name in columns:
            if at < len(cells) and cells[at]:
                facts.setdefault(name, []).append(cells[at])
        if facts:
            groups.setdefault(key_of(facts), []).append((line, facts))
    for key, kept in groups.items():
        yield Group(sheet, key, kept, reader).told()


def key_of(facts: dict[str, list[str]]) -> tuple[str, ...]:
    """What makes rows one activity."""
    who, where = "|".join(facts.get("lead", [])), "|".join(facts.get("country", []))
    if "id" in facts:
        return ("id", facts["id"][0], who)
    if "activity" in facts:
        return ("activity", facts["activity"][0], who)
    return ("who", who, where)


class Group:
    """The rows of one activity."""

    def __init__(
        self, sheet: Sheet, key: tuple[str, ...], rows: list[tuple[int, dict[str, list[str]]]], reader: Reader
    ) -> None:
        self.key, self.rows, self.reader = key, rows, reader
        self.made = Told(Place(sheet.file, sheet.name, rows[0][0]), "initiative", {})

    def all(self, name: str) -> list[str]:
        """Every value of a tag in these rows, once, in order."""
        return list(dict.fromkeys(value for _line, facts in self.rows for value in facts.get(name, ())))

    def told(self) -> Told:
        """The initiative."""
        made, raw, notes = self.made, self.made.raw, self.made.notes
        made.cells = {f"#{name}": "; ".join(self.all(name))[:500] for name in dict(self.rows[0][1])}
        made.identifiers.append(("HXL", "/".join(self.key)[:300]))
        raw["title"] = {self.reader.language: self.title()[:300]}
        raw["kind"] = "activity"
        places = "; ".join(self.all("country"))
        if scope := scope_of(places):
            raw["scope"] = scope
        elif places:
            raw["countries"] = self.reader.shares(Initiative.fields["countries"], places, notes, "countries", "")
        if sectors := self.all("sector"):
            raw["themes"] = self.reader.shares(Initiative.fields["themes"], "; ".join(sectors), notes, "themes", "")
        self.people()
        self.days()
        self.points()
        self.money()
        if words := self.all("description"):
            raw["description"] = {self.reader.language: "\n".join(words)[:20_000]}
        if len(self.rows) > 1:
            notes.remark(GROUPED, count=len(self.rows))
        return made

    def title(self) -> str:
        """The activity; without one who works on what, and where."""
        if activity := self.all("activity"):
            return activity[0]
        who, what, where = (", ".join(self.all(name)[:3]) for name in ("lead", "sector", "country"))
        return ": ".join(part for part in (who, " / ".join(part for part in (what, where) if part)) if part)

    def people(self) -> None:
        parts: list[dict[str, Any]] = []
        for role in ("lead", "funder", "implementing", "partner"):
            for name in self.all(role):
                for found in self.reader.organisations.several(name, self.made.notes, "organisations"):
                    parts.append({"key": f"or{len(parts) + 1}", "organisation": found, "role": role})
        if parts:
            self.made.raw["organisations"] = parts

    def days(self) -> None:
        """From the first day to the last."""
        for name, choose in (("starts", min), ("ends", max)):
            days = [day.iso for written in self.all(name) if (day := dates.understand(written))]
            if days:
                self.made.raw[name] = choose(days)

    def points(self) -> None:
        """Places with their points, each once."""
        found: dict[str, dict[str, Any]] = {}
        for _line, facts in self.rows:
            names = facts.get("place", [])
            if names and names[-1] not in found:
                one: dict[str, Any] = {"name": names[-1]}
                if "lat" in facts and "lon" in facts:
                    one |= {"latitude": facts["lat"][0], "longitude": facts["lon"][0]}
                found[names[-1]] = one
        if found:
            self.made.raw["places"] = [{"key": f"pl{at}", **one} for at, one in enumerate([*found.values()][:MOST], 1)]

    def money(self) -> None:
        """The values of all rows, added up by currency."""
        sums: dict[str, Any] = {}
        countries = countries_of(self.made.raw.get("countries", ()))
        for _line, facts in self.rows:
            for written in facts.get("value", ()):
                if found := amounts.understand(written):
                    named = found.currency or currency_in(" ".join(facts.get("currency", [])))[0] or "USD"
                    currency = settled(named, countries)
                    if not currency:
                        self.made.notes.drop(WHOSE, "budget", written, codes=", ".join(named.split()))
                        continue
                    sums[currency] = sums.get(currency, 0) + Decimal(found.amount)
        lines = [{"kind": "grant", "amount": f"{sum_:f}", "currency": code} for code, sum_ in sums.items() if sum_ > 0]
        if lines:
            self.made.raw["budget"] = [{"key": f"bu{at}", **line} for at, line in enumerate(lines, 1)]
