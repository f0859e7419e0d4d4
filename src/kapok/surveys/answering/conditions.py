"""Which questions are asked, given what was answered so far."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from kapok.surveys.answering.values import is_answered
from kapok.surveys.questionnaires.sheet import Sheet

Test = Mapping[str, Any]
COMPARES = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}


def holds(test: Test, values: Mapping[str, Mapping[str, Any]]) -> bool:
    """One test of a condition: an option chosen, none of some chosen, or a number compared."""
    value = values.get(test["question"]) or {}
    if "options" in test:
        return bool(set(test["options"]) & set(value.get("options") or ()))
    if "without" in test:
        return is_answered(value) and not set(test["without"]) & set(value.get("options") or ())
    if "is" in test:
        try:
            return bool(COMPARES[test["is"]](Decimal(str(value.get("number"))), Decimal(str(test["number"]))))
        except (InvalidOperation, KeyError):
            return False
    return is_answered(value)


def met(condition: list[list[dict[str, Any]]], values: Mapping[str, Mapping[str, Any]]) -> bool:
    """In every group one test holds."""
    return all(any(holds(test, values) for test in group) for group in condition)


def asked(sheet: Sheet, values: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """The keys of the questions that are asked: their condition holds, on questions that are asked themselves."""
    known: dict[str, bool] = {}

    def is_asked(key: str, above: frozenset[str]) -> bool:
        if key not in known:
            question = sheet.questions.get(key)
            if question is None or key in above:
                return False
            condition = question.condition
            own = above | {key}
            live = [[test for test in group if is_asked(test["question"], own)] for group in condition]
            known[key] = met(live, values)
        return known[key]

    return frozenset(key for key in sheet.questions if is_asked(key, frozenset()))
