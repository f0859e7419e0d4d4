"""A questionnaire before it is in the database: the same for data files, XLSForms and our own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from kapok.surveys.models import Option, Purpose, Question, Questionnaire, Section

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OptionPlan:
    """One answer on offer."""

    key: str
    code: str
    label: Words


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A part of the questionnaire."""

    key: str
    title: Words
    note: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    """One question with its answers, its condition and its past."""

    key: str
    permanent: str
    section: str
    kind: str
    shape: str
    label: Words
    hint: Words = field(default_factory=dict)
    options: tuple[OptionPlan, ...] = ()
    required: bool = False
    condition: list[list[dict[str, Any]]] = field(default_factory=list)
    rule: Mapping[str, Any] = field(default_factory=dict)
    concept: str = ""
    previous: str = ""
    comparability: str = ""
    carries: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A questionnaire whole."""

    code: str
    version: int
    purpose: Purpose
    title: Words
    sections: tuple[SectionPlan, ...]
    questions: tuple[QuestionPlan, ...]
    number: int | None = None
    due_on: date | None = None
    previous: str = ""
    answers_public: bool = True
    is_open: bool = True
    source: str = ""


@transaction.atomic
def build(plan: Plan, digest: str = "") -> Questionnaire:
    """Put a questionnaire into the database, or bring the words of the same version up to date.

    Keys never change within a version: what people answered stays what it was.
    """
    held = Questionnaire.objects.filter(code=plan.code, version=plan.version).first()
    made = held or Questionnaire(code=plan.code, version=plan.version, is_open=plan.is_open, source=plan.source)
    made.purpose, made.title, made.number, made.due_on = plan.purpose, dict(plan.title), plan.number, plan.due_on
    if held is None:
        made.answers_public = plan.answers_public
    if plan.previous:
        made.previous = Questionnaire.objects.filter(code=plan.previous).order_by("-version").first()
    made.digest = digest
    made.save()
    _sections(made, plan)
    _questions(made, plan)
    _options(made, plan)
    return made


def _sections(made: Questionnaire, plan: Plan) -> None:
    Section.objects.bulk_create(
        [
            Section(questionnaire=made, key=each.key, order=order, title=dict(each.title), note=dict(each.note))
            for order, each in enumerate(plan.sections, 1)
        ],
        update_conflicts=True,
        unique_fields=["questionnaire", "key"],
        update_fields=["order", "title", "note"],
    )


def _questions(made: Questionnaire, plan: Plan) -> None:
    section = {each.key: each for each in made.sections.all()}
    given = [
        Question(
            questionnaire=made,
            section=section[each.section],
            order=order,
            key=each.key,
            permanent=each.permanent,
            kind=each.kind,
            shape=each.shape,
            label=dict(each.label),
            hint=dict(each.hint),
            required=each.required,
            condition=each.condition,
            rule=dict(each.rule),
            concept=each.concept,
            previous=each.previous,
            comparability=each.comparability,
            carries=dict(each.carries),
            note=each.note,
            seed=each.seed,
        )
        for order, each in enumerate(plan.questions, 1)
    ]
    changing = ["label", "hint", "condition", "rule", "concept", "previous", "comparability", "carries", "note", "seed"]
    Question.objects.bulk_create(
        given, update_conflicts=True, unique_fields=["questionnaire", "key"], update_fields=changing
    )


def _options(made: Questionnaire, plan: Plan) -> None:
    question = {each.key: each for each in made.questions.all()}
    given = [
        Option(question=question[each.key], key=option.key, code=option.code, order=order, label=dict(option.label))
        for each in plan.questions
        for order, option in enumerate(each.options, 1)
    ]
    Option.objects.bulk_create(
        given,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["question", "key"],
        update_fields=["label", "code", "order"],
    )
