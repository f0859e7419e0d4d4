"""What a questionnaire allows as an answer beyond its kind, and the sentence that says so.

A rule is `{"tests": [{"of": "value", "is": ">=", "to": "0"}], "message": {"en": "…"}}`; all tests must hold.
"""

import operator
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kapok.core import cldr
from kapok.core.languages import words
from kapok.surveys.models import Question

Test = dict[str, str]
SIGNS: Mapping[str, tuple[Callable[[Any, Any], bool], str]] = {
    ">=": (operator.ge, "≥"),
    "<=": (operator.le, "≤"),
    ">": (operator.gt, ">"),
    "<": (operator.lt, "<"),
    "=": (operator.eq, "="),
}
# A pattern is a row of letters and classes, each with how often it may come; no groups, so that none takes for ever.
PIECE = re.compile(r"\\[dDwWsS.\\/+*?()\[\]{}|^$-]|\[\^?(?:\\.|[^\]\\\[])+\]|[^\\\[\](){}|^$*+?]")
TIMES = re.compile(r"[*+?]|\{\d{1,3}(?:,\d{0,3})?\}")
OPEN_ENDED = re.compile(r"[*+]|\{\d+,\}")
MOST_OPEN, LONGEST = 3, 200


def is_safe(pattern: str) -> bool:
    """Is a pattern one that is tried in a moment on any text, whoever wrote it?"""
    body, place, many = pattern.removeprefix("^").removesuffix("$"), 0, 0
    while place < len(body):
        piece = PIECE.match(body, place)
        if piece is None:
            return False
        place = piece.end()
        if times := TIMES.match(body, place):
            place = times.end()
            many += bool(OPEN_ENDED.match(times[0]))
    try:
        re.compile(body)
    except re.error:
        return False
    return 0 < len(pattern) <= LONGEST and many <= MOST_OPEN


def broken(question: Question, value: Mapping[str, Any] | None) -> str:
    """Why an answer is not allowed, in a sentence; nothing where it is, or where nothing was answered."""
    if not value or not question.rule:
        return ""
    failed = [test for test in question.rule.get("tests", ()) if not holds(test, value)]
    if not failed:
        return ""
    return words(question.rule.get("message") or {}) or sentence(failed[0]["of"], failed)


def holds(test: Test, value: Mapping[str, Any]) -> bool:
    """Does one test hold? An answer in several languages must hold in each."""
    compare, _sign = SIGNS[test["is"]]
    match test["of"]:
        case "whole":
            return "number" not in value or Decimal(value["number"]) == Decimal(value["number"]).to_integral_value()
        case "chosen":
            return "options" not in value or compare(len(value["options"]), int(Decimal(test["to"])))
        case "length":
            return all(compare(len(text), int(Decimal(test["to"]))) for text in (value.get("text") or {}).values())
        case "pattern":
            return all(fits(test["to"], text) for text in (value.get("text") or {}).values())
    return within(test, compare, value)


def within(test: Test, compare: Callable[[Any, Any], bool], value: Mapping[str, Any]) -> bool:
    """A number or a day on the right side of its limit."""
    if "day" in value:
        limit = timezone.localdate() if test["to"] == "today" else date.fromisoformat(test["to"])
        return compare(date.fromisoformat(value["day"]), limit)
    try:
        return "number" not in value or compare(Decimal(value["number"]), Decimal(test["to"]))
    except InvalidOperation:
        return True


def fits(pattern: str, text: str) -> bool:
    """The whole of a text has the form of a pattern."""
    return len(text) <= LONGEST and bool(re.fullmatch(pattern.removeprefix("^").removesuffix("$"), text))


def sentence(of: str, failed: list[Test]) -> str:
    """What is allowed, where the questionnaire has no words of its own for it."""
    if of == "whole":
        return _("Write a whole number.")
    if of == "pattern":
        return _("The answer does not have the form that this question asks for.")
    allowed = cldr.listed(f"{SIGNS[test['is']][1]} {limit_words(test['to'])}" for test in failed if test["of"] == of)
    said = {
        "value": _("The answer must be %(rule)s."),
        "length": _("The number of letters must be %(rule)s."),
        "chosen": _("The number of answers must be %(rule)s."),
    }[of]
    return said % {"rule": allowed}


def limit_words(limit: str) -> str:
    """A limit as a reader writes it."""
    if limit == "today":
        return _("today")
    return cldr.number(Decimal(limit)) if limit.lstrip("-").replace(".", "", 1).isdigit() else cldr.date(limit)
