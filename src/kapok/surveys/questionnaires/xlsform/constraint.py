"""What an XLSForm allows as an answer: ranges, lengths, numbers of choices, plain patterns, as tests that are kept.

`. >= 0 and . <= 100` becomes `[{"of": "value", "is": ">=", "to": "0"}, {"of": "value", "is": "<=", "to": "100"}]`.
"""

import re

from kapok.surveys.answering.rules import Test, is_safe
from kapok.surveys.models.questionnaire import Kind
from kapok.surveys.questionnaires.xlsform.relevant import Unclear

SUBJECTS = {".": "value", "string-length(.)": "length", "count-selected(.)": "chosen"}
# What may be asked of an answer of each kind.
FITS = {
    Kind.NUMBER: {"value"},
    Kind.DAY: {"value"},
    Kind.TEXT: {"length", "pattern"},
    Kind.CHOICES: {"chosen"},
}
COMPARED = re.compile(r"(?P<of>\.|string-length\(\.\)|count-selected\(\.\)) ?(?P<is>>=|<=|>|<|=) ?(?P<to>.+)$")
PATTERN = re.compile(r"regex\( ?\. ?, ?(?P<quote>['\"])(?P<pattern>.*)(?P=quote) ?\)$")
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,4})?$")
DAY = re.compile(r"date\( ?['\"](?P<day>\d{4}-\d{2}-\d{2})['\"] ?\)$")
TODAY = re.compile(r"today\( ?\)$")


def tests(expression: str, kind: Kind) -> list[Test]:
    """The tests of a constraint, all of which must hold. Raises `Unclear` for any that Kapok cannot hold to."""
    text = " ".join(expression.replace("\u2018", "'").replace("\u2019", "'").split())
    pattern = PATTERN.match(text)
    pieces = [text] if pattern else re.split(r" and ", text)
    found = [
        test(piece.strip().removeprefix("(").removesuffix(")") if bracketed(piece) else piece.strip(), kind)
        for piece in pieces
    ]
    if any(one["of"] not in FITS.get(kind, set()) for one in found):
        raise Unclear
    return found


def bracketed(piece: str) -> bool:
    """The whole piece stands in brackets of its own."""
    text = piece.strip()
    return text.startswith("(") and text.endswith(")") and text.count("(") == text.count(")")


def test(piece: str, kind: Kind) -> Test:
    """One test. Raises `Unclear`."""
    if found := PATTERN.match(piece):
        if not is_safe(found["pattern"]):
            raise Unclear
        return {"of": "pattern", "is": "=", "to": found["pattern"]}
    compared = COMPARED.match(piece)
    if compared is None:
        raise Unclear
    subject = SUBJECTS[compared["of"]]
    wanted = Kind.NUMBER if subject != "value" else kind
    return {"of": subject, "is": compared["is"], "to": limit(compared["to"].strip(), wanted)}


def limit(text: str, kind: Kind) -> str:
    """What an answer is compared with: a number, a day, or the day on which it is given."""
    if kind == Kind.NUMBER and NUMBER.match(text):
        return text
    if kind == Kind.DAY and (found := DAY.match(text)):
        return found["day"]
    if kind == Kind.DAY and TODAY.match(text):
        return "today"
    raise Unclear
