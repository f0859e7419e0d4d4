"""When a question of an XLSForm is relevant: the common expressions, as groups of tests."""

import re
from typing import Any

Test = dict[str, Any]
Groups = list[list[Test]]
TOKEN = re.compile(
    r"\s*(?:(?P<name>\$\{[^}]+\})|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<word>and\b|or\b|not\b|selected\b)|(?P<sign>!=|>=|<=|=|>|<|\(|\)|,))"
)
OPPOSITE = {"=": "!=", "!=": "=", ">": "<=", ">=": "<", "<": ">=", "<=": ">"}
# More groups than this come from an expression that nobody can follow any more.
MOST = 40


class Unclear(Exception):
    """An expression that is not understood."""


def groups(expression: str) -> Groups:
    """Groups of tests: in every group one must hold. Raises `Unclear`."""
    reader = Reader(tokens(expression))
    found = reader.either()
    if reader.rest:
        raise Unclear
    if len(found) > MOST:
        raise Unclear
    return found


def tokens(expression: str) -> list[tuple[str, str]]:
    """The pieces of an expression."""
    found, place, text = [], 0, expression.strip().replace("\u2018", "'").replace("\u2019", "'")
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None:
            raise Unclear
        kind = str(match.lastgroup)
        found.append((kind, match.group(kind)))
        place = match.end()
    return found


class Reader:
    """Reads `or` of `and` of tests, and turns it into groups."""

    def __init__(self, rest: list[tuple[str, str]]) -> None:
        self.rest = rest

    def take(self, *wanted: str) -> tuple[str, str]:
        """The next piece, which must be one of these kinds or signs."""
        if not self.rest or not (self.rest[0][0] in wanted or self.rest[0][1] in wanted):
            raise Unclear
        return self.rest.pop(0)

    def sees(self, wanted: str) -> bool:
        return bool(self.rest) and self.rest[0][1] == wanted

    def either(self) -> Groups:
        """Alternatives: every pair of groups becomes one."""
        found = self.every()
        while self.sees("or"):
            self.take("or")
            other = self.every()
            found = [one + two for one in found for two in other]
            if len(found) > MOST:
                raise Unclear
        return found

    def every(self) -> Groups:
        found = self.single()
        while self.sees("and"):
            self.take("and")
            found = found + self.single()
        return found

    def single(self) -> Groups:
        """One test, or an expression in brackets."""
        if self.sees("("):
            self.take("(")
            found = self.either()
            self.take(")")
            return found
        if self.sees("not"):
            self.take("not")
            self.take("(")
            found = self.either()
            self.take(")")
            if len(found) != 1 or len(found[0]) != 1:
                raise Unclear
            return [[opposite(found[0][0])]]
        return [[self.test()]]

    def test(self) -> Test:
        """`selected(${a}, 'x')`, `${a} = 'x'`, `${a} >= 5`, `${a} != ''`."""
        if self.sees("selected"):
            self.take("selected")
            self.take("(")
            name = self.take("name")[1][2:-1]
            self.take(",")
            value = self.take("text")[1][1:-1]
            self.take(")")
            return {"question": name, "options": [value]}
        name, sign = self.take("name")[1][2:-1], self.take("=", "!=", ">", ">=", "<", "<=")[1]
        kind, value = self.take("text", "number")
        if kind == "number":
            return {"question": name, "is": sign, "number": value}
        text = value[1:-1]
        if not text and sign == "!=":
            return {"question": name}
        if not text or sign not in ("=", "!="):
            raise Unclear
        return {"question": name, "options" if sign == "=" else "without": [text]}


def opposite(test: Test) -> Test:
    """The test that holds when this one does not, among answered questions."""
    if "options" in test:
        return {"question": test["question"], "without": test["options"]}
    if "without" in test:
        return {"question": test["question"], "options": test["without"]}
    if "is" in test:
        return {**test, "is": OPPOSITE[test["is"]]}
    raise Unclear
