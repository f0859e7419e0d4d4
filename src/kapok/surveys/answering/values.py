"""One answer as it is kept: `{"options": […]}`, `{"text": {…}}`, `{"number": "…"}` or `{"day": "…"}`.

An answer carried over from the report before says so in `carried`, and in `kept` once somebody looked at it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from kapok.core.languages import TAGS, words
from kapok.surveys.models import Answer, Question
from kapok.surveys.models.questionnaire import Kind
from kapok.surveys.questionnaires.sheet import Sheet

Value = dict[str, Any]
Values = dict[str, Value]
CONTENT = ("options", "text", "number", "day")
LONGEST = 20_000
# Answers that say that nothing else applies.
ALONE = frozenset({"none", "nothing", "nothing-yet", "never", "not-a-need"})


def content(value: Mapping[str, Any] | None) -> Value:
    """What an answer says, without where it came from."""
    return {name: value[name] for name in CONTENT if value and value.get(name) not in (None, "", [], {})}


def is_answered(value: Mapping[str, Any] | None) -> bool:
    """Something was said."""
    return bool(content(value))


def of_options(sheet: Sheet, question: Question, given: Iterable[str]) -> Value:
    """The chosen options, in the order of the questionnaire; what is not on offer is left out."""
    wanted = set(given)
    found = [option.key for option in sheet.options.get(question.key, ()) if option.key in wanted]
    if question.kind == Kind.CHOICE:
        found = found[:1]
    return {"options": found} if found else {}


def of_text(given: str, language: str, before: Mapping[str, Any] | None = None) -> Value:
    """Own words in one language; what was said in the others stays."""
    said = dict((before or {}).get("text") or {})
    if language in TAGS:
        said[language] = given.replace("\x00", "").strip()[:LONGEST]
    said = {tag: text for tag, text in said.items() if text}
    return {"text": said} if said else {}


def of_number(given: str) -> Value | None:
    """A number, nothing, or None for what is no number."""
    text = given.strip().replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if not text:
        return {}
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        return None
    return {"number": format(number.quantize(Decimal("0.0001")).normalize(), "f")}


def of_day(given: str) -> Value | None:
    """A day, nothing, or None for what is no day."""
    if not given.strip():
        return {}
    try:
        return {"day": date.fromisoformat(given.strip()).isoformat()}
    except ValueError:
        return None


def of_answer(answer: Answer) -> Value:
    """An answer in force."""
    found: Value = {"options": answer.options, "text": answer.text}
    if answer.number is not None:
        found["number"] = format(answer.number.normalize(), "f")
    if answer.day is not None:
        found["day"] = answer.day.isoformat()
    return content(found)


def as_answer(response_id: int, question: Question, value: Value) -> Answer:
    """A value as the row that puts it in force."""
    return Answer(
        response_id=response_id,
        question=question,
        options=value.get("options", []),
        text=value.get("text", {}),
        number=Decimal(value["number"]) if value.get("number") else None,
        day=date.fromisoformat(value["day"]) if value.get("day") else None,
    )


def shown(sheet: Sheet, question: Question, value: Mapping[str, Any] | None) -> str:
    """An answer in the reader's words, in one line."""
    said = content(value)
    if "options" in said:
        found = (sheet.option(question.key, key) for key in said["options"])
        return " · ".join(option.text for option in found if option)
    if "text" in said:
        return words(said["text"])
    return str(said.get("number") or said.get("day") or "")
