"""Results of an IATI activity with their indicators and periods."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_noop

from kapok.exchange.importing import dates
from kapok.exchange.importing.said import Notes

Words = Callable[..., dict[str, str]]
TOO_MANY = gettext_noop("Only the first %(most)s results were read.")
MOST_RESULTS, MOST_INDICATORS, MOST_PERIODS = 40, 30, 40


def results(activity: Any, words: Words, notes: Notes) -> list[dict[str, Any]]:
    """The results framework."""
    found = activity.findall("result")
    if len(found) > MOST_RESULTS:
        notes.remark(TOO_MANY, "results", str(len(found)), most=MOST_RESULTS)
    made = []
    for at, one in enumerate(found[:MOST_RESULTS], 1):
        title = words(one.find("title"), 300)
        result: dict[str, Any] = {"key": f"re{at}", "title": title}
        if description := words(one.find("description"), 20_000):
            result["description"] = description
        if indicators := [indicator(inner, words, n) for n, inner in enumerate(one.findall("indicator"), 1)]:
            result["indicators"] = [inner for inner in indicators[:MOST_INDICATORS] if inner.get("title")]
        if title:
            made.append(result)
    return made


def indicator(element: Any, words: Words, at: int) -> dict[str, Any]:
    """One indicator."""
    made: dict[str, Any] = {"key": f"in{at}", "title": words(element.find("title"), 300)}
    baseline = element.find("baseline")
    if (value := number(baseline)) is not None:
        made["baseline"] = value
    if element.get("measure") == "2":
        made["unit"] = "%"
    periods = [period(one, n) for n, one in enumerate(element.findall("period")[:MOST_PERIODS], 1)]
    if kept := [one for one in periods if len(one) > 1]:
        made["periods"] = kept
    return made


def period(element: Any, at: int) -> dict[str, Any]:
    """What was wanted and reached in one period."""
    made: dict[str, Any] = {"key": f"pe{at}"}
    for name, tag in (("starts", "period-start"), ("ends", "period-end")):
        one = element.find(tag)
        day = dates.understand((one.get("iso-date") or "")[:10]) if one is not None else None
        if day:
            made[name] = day.iso
    if made.get("starts", "") > made.get("ends", "9"):
        made.pop("ends")
    for name in ("target", "actual"):
        if (value := number(element.find(name))) is not None:
            made[name] = value
    return made


def number(element: Any) -> str | None:
    """A measured value as exact text of six places at most."""
    try:
        value = Decimal((element.get("value") or "").replace(",", "")) if element is not None else None
    except InvalidOperation:
        return None
    if value is None or not value.is_finite() or abs(value) >= Decimal(10) ** 15:
        return None
    kept = round(value, 6)
    return f"{kept.normalize():f}" if kept != kept.to_integral() else f"{kept.quantize(Decimal(1)):f}"
