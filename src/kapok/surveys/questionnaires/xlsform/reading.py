"""An XLSForm read into the plan of a questionnaire."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from kapok.core.rules import Refused
from kapok.surveys.models import Purpose, Shape
from kapok.surveys.models.questionnaire import Kind
from kapok.surveys.questionnaires.plan import OptionPlan, Plan, QuestionPlan, SectionPlan
from kapok.surveys.questionnaires.xlsform.constraint import tests
from kapok.surveys.questionnaires.xlsform.pages import Row, by_language, pages
from kapok.surveys.questionnaires.xlsform.relevant import Groups, Unclear, groups
from kapok.surveys.questionnaires.xlsform.repeats import kind_of, unrolled

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,59}$")
PLAIN = {
    "text": (Kind.TEXT, Shape.TEXT),
    "integer": (Kind.NUMBER, Shape.NUMBER),
    "decimal": (Kind.NUMBER, Shape.NUMBER),
    "date": (Kind.DAY, Shape.DAY),
    "note": (Kind.HEADING, Shape.HEADING),
}
# Older names of the same kinds.
OLDER = {"string": "text", "int": "integer"}
# Facts about a telephone that answers; nobody misses them here.
SILENT = {"start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit"}
YES = {"yes", "true", "true()", "1"}


@dataclass(frozen=True, slots=True)
class Told:
    """Something of the form that was not taken over, or not as it stood."""

    row: int
    name: str
    why: str


@dataclass(slots=True)
class Read:
    """The questionnaire, and what is said about it."""

    plan: Plan
    told: list[Told]


@dataclass(slots=True)
class Reading:
    """One form on its way."""

    choices: dict[str, list[OptionPlan]]
    default: str
    code: str
    sections: list[SectionPlan] = field(default_factory=list)
    questions: list[QuestionPlan] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    within: list[Groups] = field(default_factory=list)

    def say(self, row: int, name: str, why: str) -> None:
        self.told.append(Told(row, name, why))

    def section(self, key: str, title: dict[str, str]) -> None:
        """Begin a section."""
        self.sections.append(SectionPlan(key, title))

    def take(self, number: int, row: Row) -> None:
        """One row of the survey."""
        kind, _space, rest = row.get("type", "").strip().replace("select one", "select_one").partition(" ")
        kind = OLDER.get(kind.lower(), kind.lower())
        name = row.get("name", "").strip()
        opening = row.get("type", "").strip().lower().replace(" ", "_")
        if opening in ("begin_group", "begin_repeat"):
            return self.begin(number, row, name, repeats=opening == "begin_repeat")
        if opening in ("end_group", "end_repeat"):
            if self.within:
                self.within.pop()
            return None
        if not kind or kind in SILENT:
            return None
        return self.question(number, row, kind, rest, name)

    def begin(self, number: int, row: Row, name: str, *, repeats: bool) -> None:
        """A group is a section; one within another is a heading."""
        title = by_language(row, "label", self.default) or {"en": name or "…"}
        if repeats:
            self.say(number, name, _("Questions that repeat without a fixed number of times are asked once."))
        self.within.append(self.condition(number, name, row.get("relevant", "")))
        if len(self.within) == 1:
            self.section(self.unused(slugify(name)[:50] or f"part-{number}"), title)
        else:
            self.add(number, row, f"group-{number}", Kind.HEADING, Shape.HEADING, (), title)

    def unused(self, key: str) -> str:
        """A key that no section has yet."""
        held = {each.key for each in self.sections}
        return key if key not in held else next(f"{key}-{n}" for n in range(2, 9999) if f"{key}-{n}" not in held)

    def question(self, number: int, row: Row, kind: str, rest: str, name: str) -> None:
        """A question, if it is of a kind that can be asked here."""
        if not NAME.match(name):
            return self.say(number, name, _("The name is missing, or has signs that a name may not have."))
        if any(each.key == name for each in self.questions):
            return self.say(number, name, _("Two questions have this name; the second one is left out."))
        label = by_language(row, "label", self.default) or {"en": name}
        if kind in PLAIN:
            return self.add(number, row, name, *PLAIN[kind], (), label)
        if kind in ("select_one", "select_multiple"):
            listed = rest.split(" ")[0]
            options = tuple(self.choices.get(listed, ()))
            if not options:
                return self.say(number, name, _("The list of choices “%(list)s” is not there.") % {"list": listed})
            if "or_other" in rest:
                options = (*options, OptionPlan("other", "other", {"en": "other"}))
            several = kind == "select_multiple"
            kinds = (Kind.CHOICES, Shape.SEVERAL) if several else (Kind.CHOICE, Shape.ONE_OF)
            return self.add(number, row, name, *kinds, options, label)
        return self.say(number, name, _("Questions of the kind “%(kind)s” cannot be asked here.") % {"kind": kind})

    def add(
        self,
        number: int,
        row: Row,
        name: str,
        kind: Kind,
        shape: Shape,
        options: tuple[OptionPlan, ...],
        label: dict[str, str],
    ) -> None:
        """Put a question at the end."""
        if not self.sections:
            self.section("questions", {"en": "Questions"})
        if not self.within and self.sections[-1].key != "questions" and self.questions:
            last = self.sections[-1]
            if any(each.section == last.key for each in self.questions):
                self.section(self.unused("questions"), {"en": "Questions"})
        own = self.condition(number, name, row.get("relevant", "")) if kind != Kind.HEADING else []
        condition = [group for found in (*self.within, own) for group in found]
        for column in ("calculation", "choice_filter", "repeat_count"):
            if row.get(column, "").strip():
                self.say(number, name, _("The column “%(column)s” is not taken over.") % {"column": column})
        self.questions.append(
            QuestionPlan(
                key=name,
                permanent=f"{self.code}-{name}"[:120],
                section=self.sections[-1].key,
                kind=kind,
                shape=shape,
                label=label,
                hint=by_language(row, "hint", self.default),
                options=options,
                required=row.get("required", "").strip().lower() in YES,
                condition=condition,
                rule=self.rule(number, row, name, kind),
            )
        )

    def rule(self, number: int, row: Row, name: str, kind: Kind) -> dict[str, Any]:
        """What is allowed as an answer; a constraint that cannot be held to is told."""
        opening = OLDER.get(kind_of(row).partition("_")[0], kind_of(row))
        found = [{"of": "whole", "is": "=", "to": ""}] if kind == Kind.NUMBER and opening == "integer" else []
        expression = row.get("constraint", "").strip()
        if expression:
            try:
                found += tests(expression, kind)
            except Unclear:
                why = _("The constraint “%(text)s” is not held to: any answer of this kind is taken.")
                self.say(number, name, why % {"text": expression[:200]})
        return {"tests": found, "message": by_language(row, "constraint_message", self.default)} if found else {}

    def condition(self, number: int, name: str, expression: str) -> Groups:
        """When it is asked; an expression that is not understood is told, and the question is always asked."""
        if not expression.strip():
            return []
        try:
            return groups(expression)
        except Unclear:
            why = _("The condition “%(text)s” is not understood; the question is always asked.")
            self.say(number, name, why % {"text": expression.strip()[:200]})
            return []


def read(content: bytes, name: str) -> Read:
    """The questionnaire of a form. Raises `Refused` in a sentence."""
    found = pages(content, name)
    survey = found.get("survey")
    if not survey:
        raise Refused(_("This is no XLSForm: it has no page “survey” with the columns type, name and label."))
    about: Row = (found.get("settings") or [{}])[0]
    default = about.get("default_language", "")
    code = slugify(about.get("form_id") or about.get("id_string") or name.rpartition(".")[0])[:40] or "form"
    reading = Reading(choices_of(found.get("choices", []), default), default, code)
    for number, row in unrolled(list(enumerate(survey, 2))):
        reading.take(number, row)
    check_conditions(reading)
    if not any(each.kind != Kind.HEADING for each in reading.questions):
        raise Refused(_("There is no question in this form that can be asked here."))
    asked = {each.section for each in reading.questions}
    plan = Plan(
        code=code,
        version=1,
        purpose=Purpose.OTHER,
        title={"en": about.get("form_title") or about.get("title") or code},
        sections=tuple(each for each in reading.sections if each.key in asked),
        questions=tuple(reading.questions),
        is_open=False,
        source=name[:200],
    )
    return Read(plan, reading.told)


def choices_of(rows: Iterable[Row], default: str) -> dict[str, list[OptionPlan]]:
    """The lists of choices by name."""
    found: dict[str, list[OptionPlan]] = {}
    for row in rows:
        listed, key = (row.get("list_name") or row.get("list name", "")).strip(), row.get("name", "").strip()
        if listed and key and all(option.key != key[:80] for option in found.get(listed, [])):
            label = by_language(row, "label", default) or {"en": key}
            found.setdefault(listed, []).append(OptionPlan(key[:80], key[:80], label))
    return found


def check_conditions(reading: Reading) -> None:
    """A condition on a question that is not there is told and dropped."""
    known = {each.key for each in reading.questions}
    for place, each in enumerate(reading.questions):
        lost = [test["question"] for group in each.condition for test in group if test["question"] not in known]
        if lost:
            why = _("Its condition names “%(name)s”, which is not asked; the question is always asked.")
            reading.say(0, each.key, why % {"name": lost[0]})
            facts: dict[str, Any] = {name: getattr(each, name) for name in QuestionPlan.__slots__}
            reading.questions[place] = QuestionPlan(**{**facts, "condition": []})
