"""The form of a section: what each question needs to be shown, and what was sent read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kapok.surveys.answering import values as kept
from kapok.surveys.answering.carrying import Before
from kapok.surveys.answering.rules import broken
from kapok.surveys.answering.values import Value, Values
from kapok.surveys.models import Option, Question, Section
from kapok.surveys.models.questionnaire import Kind
from kapok.surveys.questionnaires.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Item:
    """One question on the page."""

    question: Question
    options: tuple[Option, ...]
    value: Mapping[str, Any]
    is_asked: bool
    condition: str
    last: str
    why: str
    error: str

    @property
    def id(self) -> str:
        return f"q-{self.question.key}"

    @property
    def waits(self) -> bool:
        """Carried over, and nobody looked at it yet."""
        return bool(self.value.get("carried")) and not self.value.get("kept")


def condition_words(sheet: Sheet, question: Question) -> str:
    """When a question is asked, in words."""
    tests = [test for group in question.condition for test in group]
    if not tests:
        return ""
    if len(question.condition) == 1 and all("options" in test for test in tests):
        keys = names_of(sheet, tests)
        found = [sheet.option(test["question"], key) for test in tests[:1] for key in test["options"]]
        said = " / ".join(option.text for option in found if option)
        return _("Only if the answer to question %(keys)s is: %(answers)s") % {"keys": keys, "answers": said}
    keys = names_of(sheet, tests)
    return _("Asked depending on question %(keys)s") % {"keys": keys}


def names_of(sheet: Sheet, tests: list[dict[str, Any]]) -> str:
    """The questions of some tests: by their numbers, or else by their words."""
    asked = [
        sheet.questions[key] for key in dict.fromkeys(test["question"] for test in tests) if key in sheet.questions
    ]
    return ", ".join(question.shown_key or f"“{question.text}”" for question in asked)


def items(
    sheet: Sheet,
    section: Section,
    values: Mapping[str, Mapping[str, Any]],
    now: frozenset[str],
    before: Mapping[str, Before],
    errors: Mapping[str, str],
) -> list[Item]:
    """The questions of a section as the page shows them."""
    found = []
    for question in sheet.in_section[section.key]:
        key, old = question.key, before.get(question.key)
        found.append(
            Item(
                question,
                sheet.options.get(key, ()),
                values.get(key) or {},
                key in now,
                condition_words(sheet, question),
                last_words(old),
                old.why if old else "",
                errors.get(key, ""),
            )
        )
    return found


def last_words(old: Before | None) -> str:
    """What the last report said, in words."""
    return kept.shown(old.sheet, old.question, old.value)[:300] if old else ""


def parse(
    sheet: Sheet, section: Section, post: QueryDict, before: Mapping[str, Value], language: str
) -> tuple[Values, dict[str, str]]:
    """What was sent for a section, and what could not be understood."""
    values: Values = {}
    errors: dict[str, str] = {}
    every = bool(post.get("still-all"))
    for question in sheet.in_section[section.key]:
        old = before.get(question.key) or {}
        value = one(sheet, question, post, old, language)
        if value is None:
            errors[question.key] = wrong(question)
            value = kept.content(old)
        elif said := broken(question, value):
            # What was written stays in the draft, so that nobody writes it twice; it cannot be submitted like this.
            errors[question.key] = said
        if value and old.get("carried") and kept.content(value) == kept.content(old):
            value["carried"] = old["carried"]
            if old.get("kept") or every or post.get(f"still-{question.key}"):
                value["kept"] = True
        if value:
            values[question.key] = value
    return values, errors


def one(sheet: Sheet, question: Question, post: QueryDict, old: Mapping[str, Any], language: str) -> Value | None:
    """The answer to one question as it was sent; None where it makes no sense."""
    name = f"q-{question.key}"
    match question.kind:
        case Kind.CHOICE | Kind.CHOICES:
            return kept.of_options(sheet, question, post.getlist(name))
        case Kind.TEXT:
            return kept.of_text(post.get(name, ""), language, old)
        case Kind.NUMBER:
            return kept.of_number(post.get(name, ""))
        case Kind.DAY:
            return kept.of_day(post.get(name, ""))
    return {}


def wrong(question: Question) -> str:
    """Why an answer was not taken."""
    if question.kind == Kind.DAY:
        return _("This is no day. Write it like 2026-11-30.")
    return _("This is no number. Write figures only, for example 12.5.")
