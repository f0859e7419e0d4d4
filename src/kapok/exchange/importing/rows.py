"""From the cells of a row, under matched columns, to a record as its source tells it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop

from kapok import vocab
from kapok.exchange.importing import amounts, dates
from kapok.exchange.importing.currencies import countries_of, currency_in, currency_named, settled
from kapok.exchange.importing.matching import Column
from kapok.exchange.importing.source import Place, Told
from kapok.exchange.importing.targets import ID, IDENTIFIER, OWN, PERIOD
from kapok.exchange.importing.terms import is_nothing
from kapok.exchange.importing.understanding import NO_AMOUNT, NO_DAY, Reader
from kapok.formats.cells import from_row, unguarded
from kapok.formats.format import Format
from kapok.formats.kinds import KEY, Parts, Text
from kapok.formats.problems import Problems
from kapok.vocab.finding import fold

NO_CURRENCY = gettext_noop("“%(value)s” has no currency; it and others like it were read as %(read)s.")
WHOSE = gettext_noop(
    "“%(value)s” was left out: its currency may be %(codes)s, and the countries of the row do not tell. "
    "Write the code of the currency beside the amount."
)
LONGER = gettext_noop(
    "This row has more cells than there are heads, so some may stand under a wrong head. "
    "A cell that holds the sign between cells must stand in quotation marks."
)
SUM = gettext_noop("This row seems to be the sum of others, so it stays out. If it is none, give it a fuller title.")
SUMS = re.compile(
    "(?:(?:sous|sub|grand)? ?totale?s?|totaux|sous totaux|total (?:general|generale|geral|des projets)|suma|"
    "итого|всего|合计|总计|小计|共计|المجموع|الاجمالي|المجموع الكلي|اجمالي)$"
)
NOUGHT = gettext_noop("An amount of nothing was left out.")
KINDS = ("grant", "own", "co-financing", "in-kind", "loan", "leverage")
DOLLARS = "USD"


@dataclass
class Assembler:
    """Makes records of rows for one table."""

    form: type[Format]
    columns: Sequence[Column]
    reader: Reader
    scheme: str
    # The currency that the sender chose for amounts without one; it also decides between several.
    chosen: str = ""
    currency: str = ""
    told_currency: bool = False
    exact: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.exact = {one.number: one.key.removeprefix(OWN) for one in self.columns if one.key.startswith(OWN)}
        self.others = [one for one in self.columns if one.key and not one.key.startswith(OWN)]
        said = currency_in(" ".join(one.head for one in self.columns if one.key.startswith("budget")))[0]
        self.currency = self.chosen or said or DOLLARS
        self.told_currency = bool(self.chosen or said)
        self.width = max((one.number + 1 for one in self.columns if one.head or one.key), default=0)

    def told(self, place: Place, cells: list[str]) -> Told:
        """The record of one row."""
        given = {
            one.head or f"#{one.number + 1}": cells[one.number]
            for one in self.columns
            if one.number < len(cells) and cells[one.number]
        }
        made = Told(place, self.form.code, {}, cells=given)
        if any(cells[self.width :]):
            made.notes.remark(LONGER)
        self.own(made, cells)
        money: dict[str, str] = {}
        for column in self.others:
            text = cells[column.number] if column.number < len(cells) else ""
            if text.strip():
                self.take(made, column, text.strip(), money)
        self.budget(made, money)
        if SUMS.match(fold(first_title(made.raw))) and not (made.raw.keys() & {"countries", "starts", "organisations"}):
            made.notes.refuse(SUM)
        return made

    def own(self, made: Told, cells: list[str]) -> None:
        """Cells under the heads of our own exports are read as they were written; if a person changed one, as words."""
        row = {name: unguarded(cells[at]) for at, name in self.exact.items() if at < len(cells) and cells[at]}
        if not row:
            return
        raw = {name: value for name, value in from_row(self.form, row).items() if value not in ("", [], {}, None)}
        for name, value in raw.items():
            kind, problems = self.form.fields[name], Problems()
            kind.clean(value, problems, name, final=False)
            if problems and name in row and not isinstance(kind, Parts | Text):
                value = self.reader.value(kind, row[name], made.notes, name)
            if value not in ("", None):
                made.raw[name] = value

    def take(self, made: Told, column: Column, text: str, money: dict[str, str]) -> None:
        """One cell under a head of the sender's own."""
        key, _at, language = column.key.partition("@")
        name, colon, piece = key.partition(":")
        if key in (ID, IDENTIFIER):
            self.identify(made, text)
        elif key == PERIOD or (key == "planned_months" and len(dates.period(text) or ()) == 2):
            self.period(made, text)
        elif not colon and name in self.form.fields:
            self.field(made, name, text, language)
        elif name == "budget":
            counted = piece not in KINDS or amounts.unit_in(text)
            money[piece] = text if counted else text + amounts.unit_in(column.head)
        elif name == "organisations":
            for one in self.reader.organisations.several(text, made.notes, name):
                self.add(made, name, {"organisation": one, "role": piece})
        elif name == "contact":
            parts = made.raw.setdefault(name, [{KEY: "c1"}])
            parts[0][piece] = text[:250]

    def identify(self, made: Told, text: str) -> None:
        """An identifier of our own, or one that the source gives."""
        own = re.fullmatch(rf"{self.form.prefix}-\d{{6,9}}", text.upper())
        if own:
            made.identifier = text.upper()
        elif text:
            made.identifiers.append((self.scheme, text[:300]))

    def period(self, made: Told, text: str) -> None:
        """A start and an end in one cell."""
        days = dates.period(text)
        if days is None and (months := dates.months_in(text)):
            made.raw.setdefault("planned_months", months)
        elif days is None:
            made.notes.drop(NO_DAY, "starts", text)
        for name, day in zip(("starts", "ends"), days or (), strict=False):
            made.raw.setdefault(name, day.iso)
            if day.remark:
                made.notes.remark(day.remark, name, text, read=day.iso)

    def field(self, made: Told, name: str, text: str, language: str) -> None:
        """A field that one column fills; several columns of one field are put together."""
        kind = self.form.fields[name]
        if isinstance(kind, Parts):
            for piece in re.split(r"\s*[;\n]\s*", text):
                inner = "address" if "address" in kind.part.fields else "name"
                if piece:
                    self.add(made, name, {inner: piece})
            return
        if name == "countries" and "scope" in self.form.fields:
            text = self.scope(made, text)
        value = self.reader.value(kind, text, made.notes, name, language)
        before = made.raw.get(name)
        if value is None:
            return
        if isinstance(before, dict) and isinstance(value, dict):
            made.raw[name] = {**value, **before}
        elif before in (None, "", [], {}):
            made.raw[name] = value

    def scope(self, made: Told, text: str) -> str:
        """“Global” or “Regional” among the countries is a scope; the other words go on."""
        pieces = re.split(r"\s*([,;\n])\s*", text)
        kept = []
        for piece in pieces:
            if found := scope_of(piece):
                made.raw.setdefault("scope", found)
            else:
                kept.append(piece)
        return re.sub(r"^[,;\s]+|[,;\s]+$", "", re.sub(r"([,;])[,;\s]*", r"\1 ", "".join(kept)))

    def budget(self, made: Told, money: dict[str, str]) -> None:
        """Amounts by kind, all in the currency that the row, the cell or the head names."""
        said = money.pop("currency", "")
        currency = currency_named(said)
        for kind, text in money.items():
            if is_nothing(text):
                continue
            found = amounts.understand(text)
            if found is None:
                made.notes.drop(NO_AMOUNT, "budget", text)
            elif found.amount in ("0", "0.00"):
                made.notes.remark(NOUGHT, "budget", text)
            elif code := self.currency_of(made, found.currency or currency, text):
                guessed = " " in (found.currency or currency or self.currency)
                if found.remark or guessed:
                    read = f"{found.amount} {code}" if guessed else found.amount
                    made.notes.remark(found.remark or amounts.READ_AS, "budget", text, read=read)
                self.add(made, "budget", {"kind": kind, "amount": found.amount, "currency": code})

    def currency_of(self, made: Told, named: str, text: str) -> str:
        """The currency of an amount; one that the countries must decide is told, and so is one nobody named."""
        codes = named or self.currency
        if not named and not self.told_currency:
            self.told_currency = True
            made.notes.remark(NO_CURRENCY, "budget", text, read=DOLLARS)
        countries = countries_of(made.raw.get("countries") or ())
        found = settled(codes, countries) or (self.chosen if self.chosen in codes.split() else "")
        if not found:
            made.notes.drop(WHOSE, "budget", text, codes=", ".join(codes.split()))
        return found

    def add(self, made: Told, name: str, part: dict[str, Any]) -> None:
        """One more part, under a key that is the same each time the file is read."""
        parts = made.raw.setdefault(name, [])
        if part not in [{inner: value for inner, value in one.items() if inner != KEY} for one in parts]:
            parts.append({KEY: f"{name[:3]}{len(parts) + 1}", **part})


def first_title(raw: dict[str, Any]) -> str:
    """The title or name in the first language given."""
    given = raw.get("title") or raw.get("name") or {}
    return str(next(iter(given.values()), "")) if isinstance(given, dict) else str(given)


def complete(form: type[Format], told: Told) -> None:
    """What follows from the rest, where the source leaves it open: the scope, from the countries."""
    raw = told.raw
    if form.code != "initiative":
        return
    places = [one.get("id", "") if isinstance(one, dict) else str(one) for one in raw.get("countries") or ()]
    if "scope" not in raw and places:
        national = len(places) == 1 and vocab.term("country", places[0])
        raw["scope"] = "national" if national else "regional"


def scope_of(text: str) -> str:
    """The scope that a word among countries names instead."""
    found = vocab.find("scope", text.strip()) if len(text) > 3 else None
    return found.id if found and found.id in {"global", "regional", "subregional"} else ""
