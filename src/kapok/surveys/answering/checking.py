"""What is missing in a response, and what contradicts itself; each with the place to mend it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kapok.surveys.answering.conditions import asked, met
from kapok.surveys.answering.rules import broken
from kapok.surveys.answering.values import ALONE, is_answered
from kapok.surveys.models import Question, Section, Shape
from kapok.surveys.models.questionnaire import Kind
from kapok.surveys.questionnaires.sheet import Sheet

Given = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody should look at."""

    kind: str
    question: Question
    section: Section
    sentence: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in a response."""

    missing: tuple[Finding, ...]
    contradictions: tuple[Finding, ...]
    carried: tuple[Finding, ...]

    @property
    def hinder(self) -> bool:
        """Whether the response cannot be submitted as it is; missing answers alone do not hinder."""
        return bool(self.contradictions or self.carried)


def check(sheet: Sheet, values: Given) -> Findings:
    """Look through a whole response."""
    now = asked(sheet, values)
    return Findings(
        tuple(missing(sheet, values, now)),
        (
            *tuple(not_asked(sheet, values, now)),
            *tuple(alone(sheet, values)),
            *tuple(ties(sheet, values)),
            *tuple(backwards(sheet, values)),
            *tuple(against_rules(sheet, values)),
            *tuple(required(sheet, values, now)),
        ),
        tuple(unlooked(sheet, values)),
    )


def finding(sheet: Sheet, kind: str, question: Question, sentence: str) -> Finding:
    """A finding at its place."""
    return Finding(kind, question, sheet.section_of[question.key], sentence)


def missing(sheet: Sheet, values: Given, now: frozenset[str]) -> Iterator[Finding]:
    """Questions that are asked and not answered, and may stay so; own words are nobody's duty."""
    for key, question in sheet.questions.items():
        optional = question.kind in (Kind.HEADING, Kind.TEXT) or question.required
        if key in now and not optional and not is_answered(values.get(key)):
            yield finding(sheet, "missing", question, _("Not answered yet."))


def not_asked(sheet: Sheet, values: Given, now: frozenset[str]) -> Iterator[Finding]:
    """Answers to questions that the answers before them rule out."""
    for key, question in sheet.questions.items():
        if key in now or not is_answered(values.get(key)) or met(question.condition, values):
            continue
        parents = [test["question"] for group in question.condition for test in group]
        if any(is_answered(values.get(parent)) for parent in parents):
            said = _("It is answered, but question %(parent)s says that it does not apply. Mend one of the two.")
        else:
            said = _("It is answered, but question %(parent)s, on which it depends, is not.")
        yield finding(
            sheet,
            "contradiction",
            question,
            said
            % {
                "parent": ", ".join(
                    sheet.questions[each].shown_key or sheet.questions[each].text for each in dict.fromkeys(parents)
                )
            },
        )


def alone(sheet: Sheet, values: Given) -> Iterator[Finding]:
    """“None” beside other answers."""
    for key, question in sheet.questions.items():
        chosen = set((values.get(key) or {}).get("options") or ())
        if len(chosen) > 1 and chosen & ALONE:
            said = _("“None” is chosen beside other answers. Keep one or the other.")
            yield finding(sheet, "contradiction", question, said)


def ties(sheet: Sheet, values: Given) -> Iterator[Finding]:
    """Two needs at the same place of the order; the order is forced, so that it says something."""
    at: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, question in sheet.questions.items():
        if question.shape == Shape.RANK and is_answered(values.get(key)):
            value = values[key]
            at[tuple(value.get("options") or [str(value.get("number"))])].append(key)
    for places, keys in at.items():
        for key in keys[1:]:
            said = _("Place %(place)s is taken twice, here and in question %(other)s. Each place is given once.")
            other = sheet.questions[keys[0]]
            facts = {"place": places[0], "other": other.shown_key or other.text}
            yield finding(sheet, "contradiction", sheet.questions[key], said % facts)


def backwards(sheet: Sheet, values: Given) -> Iterator[Finding]:
    """A step that is wanted and lies below the one that is reached."""
    for key, question in sheet.questions.items():
        wanted = (values.get(key) or {}).get("options") or ()
        now = (values.get(key.removesuffix("-wanted") + "-now") or {}).get("options") or ()
        steps = [*wanted[:1], *now[:1]]
        known = key.endswith("-wanted") and len(steps) == 2 and all(step.isdecimal() for step in steps)
        if known and int(steps[0]) < int(steps[1]):
            yield finding(sheet, "contradiction", question, _("The capacity wanted lies below the capacity now."))


def against_rules(sheet: Sheet, values: Given) -> Iterator[Finding]:
    """Answers that the questionnaire does not allow: a number out of its range, a text without the form asked for."""
    for key, question in sheet.questions.items():
        if said := broken(question, values.get(key)):
            yield finding(sheet, "contradiction", question, said)


def required(sheet: Sheet, values: Given, now: frozenset[str]) -> Iterator[Finding]:
    """Questions that the questionnaire does not let anybody pass over."""
    for key, question in sheet.questions.items():
        if question.required and key in now and not is_answered(values.get(key)):
            yield finding(sheet, "contradiction", question, _("This question must be answered."))


def unlooked(sheet: Sheet, values: Given) -> Iterator[Finding]:
    """Answers carried over that nobody looked at yet."""
    for key, question in sheet.questions.items():
        value = values.get(key) or {}
        if value.get("carried") and not value.get("kept"):
            yield finding(sheet, "carried", question, _("Carried over; say whether it still holds."))
