"""Budgets and transactions of an IATI activity as budget lines: one for each year, currency and state."""

from collections import defaultdict
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_noop

from kapok import vocab
from kapok.exchange.importing import terms
from kapok.exchange.importing.said import Notes
from kapok.exchange.importing.understanding import NO_NUMBER

CENT = Decimal("0.01")
STATES = {"2": "committed", "c": "committed", "commitment": "committed"}
STATES |= dict.fromkeys(("3", "4", "d", "e", "disbursement", "expenditure"), "disbursed")
NEGATIVE = gettext_noop("The transactions of %(year)s make less than nothing; they were left out.")
CURRENCY = gettext_noop("“%(value)s” is no currency that we know; its amounts were left out.")
Line = tuple[str, str, str]


def budget(activity: Any, notes: Notes) -> list[dict[str, Any]]:
    """The lines, by year. Sums are exact and rounded to the cent once."""
    sums: dict[Line, Decimal] = defaultdict(Decimal)
    for element in activity.findall("budget"):
        if element.get("type") in (None, "1", "2", "original", "revised"):
            value, start = element.find("value"), element.find("period-start")
            add(sums, activity, value, day_of(start) or day_of(value, "value-date"), "", notes)
    if any(one.get("type") == "2" for one in activity.findall("budget")):
        sums = revised(activity, notes)
    for element in activity.findall("transaction"):
        kind = element.find("transaction-type")
        said = ((kind.get("code") or "".join(kind.itertext())) if kind is not None else "").strip().lower()
        if said in STATES:
            value, date = element.find("value"), element.find("transaction-date")
            add(sums, activity, value, day_of(date) or day_of(value, "value-date"), STATES[said], notes)
    return lines(activity, sums, notes)


def revised(activity: Any, notes: Notes) -> dict[Line, Decimal]:
    """Of a year that was revised only the revised budgets count."""
    sums: dict[str, dict[Line, Decimal]] = {"1": defaultdict(Decimal), "2": defaultdict(Decimal)}
    for element in activity.findall("budget"):
        value, start = element.find("value"), element.find("period-start")
        kind = "2" if element.get("type") == "2" else "1"
        add(sums[kind], activity, value, day_of(start) or day_of(value, "value-date"), "", notes)
    return defaultdict(Decimal, {**sums["1"], **sums["2"]})


def day_of(element: Any, name: str = "iso-date") -> str:
    """The year in an attribute."""
    return ((element.get(name) or "")[:4]) if element is not None else ""


def add(sums: dict[Line, Decimal], activity: Any, value: Any, year: str, state: str, notes: Notes) -> None:
    """Count one value."""
    if value is None:
        return
    written = "".join(value.itertext()).strip().replace(",", "")
    try:
        amount = Decimal(written)
        if not amount.is_finite() or abs(amount) >= Decimal(10) ** 15:
            raise InvalidOperation
    except InvalidOperation:
        notes.drop(NO_NUMBER, "budget", written[:80])
        return
    currency = (value.get("currency") or activity.get("default-currency") or "").upper()
    if not vocab.term("currency", currency):
        notes.drop(CURRENCY, "budget", currency or "?")
        return
    sums[year if year.isdigit() else "", currency, state] += amount


def lines(activity: Any, sums: dict[Line, Decimal], notes: Notes) -> list[dict[str, Any]]:
    """Budget lines in order of year."""
    finance = activity.find("default-finance-type")
    code = finance.get("code") if finance is not None else "110"
    kind = terms.of_code("money-kind", f"iati:FinanceType/{code}") or ("loan" if code.startswith("4") else "grant")
    made: list[dict[str, Any]] = []
    for (year, currency, state), amount in sorted(sums.items()):
        kept = amount.quantize(CENT, ROUND_HALF_EVEN)
        if kept < 0:
            notes.remark(NEGATIVE, "budget", f"{kept:f}", year=year or "?")
        if kept <= 0:
            continue
        line: dict[str, Any] = {"kind": kind, "amount": f"{kept:f}", "currency": currency}
        if year and 1990 <= int(year) <= 2100:
            line["year"] = int(year)
        if state:
            line["state"] = state
        made.append({"key": f"bu{len(made) + 1}", **line})
    return made[:200]
