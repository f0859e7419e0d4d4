"""Answers typed into forms of ours: days, amounts and currencies as people write them, each guess told."""

from collections.abc import Collection, Mapping
from typing import Any

from kapok.exchange.importing import amounts, dates
from kapok.exchange.importing.currencies import countries_of, currency_named, settled
from kapok.exchange.importing.said import Notes
from kapok.formats.kinds import Amount, Choice, Day, Kind, Number, Parts
from kapok.formats.problems import Problems

AMOUNT, CURRENCY = "amount", "currency"


def mended(fields: Mapping[str, Kind], raw: Mapping[str, Any], notes: Notes, path: str = "") -> dict[str, Any]:
    """The same answers, where what does not fit as it stands can be understood."""
    return Mending(notes, countries_in(fields, raw)).of(fields, raw, path)


def countries_in(fields: Mapping[str, Kind], raw: Mapping[str, Any]) -> list[str]:
    """The countries that the record names; they tell what a dinar is."""
    kind = fields.get("countries") or fields.get("country")
    found = kind.clean(raw.get(kind.name), Problems(), kind.name, final=False) if kind else None
    return countries_of(found if isinstance(found, list) else [found])


def fits(kind: Kind, value: Any, path: str) -> bool:
    """Is the value understood as it stands?"""
    problems = Problems()
    kind.clean(value, problems, path, final=False)
    return not problems


class Mending:
    """One record on its way in."""

    def __init__(self, notes: Notes, countries: Collection[str]) -> None:
        self.notes, self.countries = notes, countries

    def of(self, fields: Mapping[str, Kind], raw: Mapping[str, Any], path: str) -> dict[str, Any]:
        """The answers of a record or a part."""
        made = dict(raw)
        for name, value in raw.items():
            kind, here = fields.get(name), f"{path}-{name}" if path else name
            if isinstance(kind, Parts) and isinstance(value, list):
                inner = kind.part.fields
                made[name] = [self.of(inner, one, f"{here}-{at}") for at, one in enumerate(value)]
            elif kind and isinstance(value, str) and value.strip() and not fits(kind, value, here):
                made[name] = self.one(kind, value, here)
        if {AMOUNT, CURRENCY} <= fields.keys() and raw.get(AMOUNT) and not raw.get(CURRENCY):
            found = amounts.understand(str(raw[AMOUNT]))
            if found and (code := settled(found.currency, self.countries)):
                made[CURRENCY] = code
        return made

    def one(self, kind: Kind, value: str, path: str) -> Any:
        """One answer; as it was where it cannot be understood."""
        read, remark = "", amounts.READ_AS
        if isinstance(kind, Day) and (day := dates.understand(value)):
            read, remark = day.iso, day.remark or remark
        elif isinstance(kind, Amount | Number) and (money := amounts.understand(value)):
            read, remark = money.amount, money.remark or remark
        elif isinstance(kind, Choice) and kind.vocabulary == CURRENCY:
            read = settled(currency_named(value), self.countries)
        if not read or not fits(kind, read, path):
            return value
        self.notes.remark(remark, path, value, read=read)
        return read
