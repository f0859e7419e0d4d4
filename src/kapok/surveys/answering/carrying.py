"""What can be carried over from the report before, and why the rest must be answered anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kapok.surveys.answering.values import Value, Values, is_answered
from kapok.surveys.models import Comparability, Question, Response
from kapok.surveys.models.questionnaire import Kind
from kapok.surveys.queries import answers_in_force, last_before
from kapok.surveys.questionnaires.sheet import Sheet, sheet_of

STANDS = {Comparability.SAME, Comparability.TEXT}
BY_MAP = {Comparability.MAPPED, Comparability.DIFFER, Comparability.PARTLY}


@dataclass(frozen=True, slots=True)
class Before:
    """What the report before said to the same question, and why it does not stand as it is (or nothing)."""

    value: Value
    question: Question
    sheet: Sheet
    why: str = ""


def carry(sheet: Sheet, question: Question, value: Mapping[str, Any]) -> tuple[Value, str]:
    """The answer of the cycle before in the terms of this one, and why it is not whole."""
    if question.comparability in STANDS and question.kind in (Kind.TEXT, Kind.NUMBER, Kind.DAY):
        return {name: value[name] for name in ("text", "number", "day") if value.get(name)}, ""
    if question.comparability in STANDS:
        wanted = list(value.get("options") or ())
    elif question.comparability in BY_MAP:
        wanted = [question.carries.get(key, "") for key in value.get("options") or ()]
    else:
        return {}, _("The question is not comparable with the one of the last report.")
    kept = [key for key in dict.fromkeys(wanted) if key in sheet.keys.get(question.key, ())]
    if len(kept) < len(value.get("options") or ()):
        lost = _("The answers offered have changed, so that yours cannot stand as it was.")
        return ({"options": kept} if kept and question.kind == Kind.CHOICES else {}), lost
    return ({"options": kept[:1] if question.kind == Kind.CHOICE else kept} if kept else {}), ""


def before(response: Response, keys: frozenset[str] | None = None) -> dict[str, Before]:
    """What the last report said, by the keys of this questionnaire."""
    last = last_before(response)
    if last is None:
        return {}
    sheet, old = sheet_of(response.questionnaire), sheet_of(last.questionnaire)
    said = answers_in_force(last)
    found = {}
    for key, question in sheet.questions.items():
        value = said.get(question.previous)
        if question.previous and is_answered(value) and (keys is None or key in keys) and value:
            found[key] = Before(value, old.questions[question.previous], old, carry(sheet, question, value)[1])
    return found


def prefilled(response: Response) -> dict[str, Values]:
    """By section, the answers that can be carried over, each marked with where it comes from."""
    last = last_before(response)
    sheet = sheet_of(response.questionnaire)
    found: dict[str, Values] = {section.key: {} for section in sheet.sections}
    for key, old in before(response).items():
        value, _why = carry(sheet, sheet.questions[key], old.value)
        if value and last:
            source = f"{last.questionnaire.code}:{old.question.key}"
            found[sheet.section_of[key].key][key] = {**value, "carried": source}
    return found
