"""The sentences of a synthesis: those that come with Kapok, and what an officer made of them."""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from babel.dates import format_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import TAGS, words
from kapok.surveys.models import Questionnaire, Wording
from kapok.surveys.synthesis.counting import Counted
from kapok.surveys.synthesis.figures import Figures, Unclear
from kapok.surveys.synthesis.grouping import KNOWN
from kapok.surveys.synthesis.wording import Language, Said, check, locale, write

Texts = Mapping[str, Mapping[str, str]]
# The sentences of section II of the report of 2012, by their paragraph there.
PARAGRAPHS = {
    "activities": "6",
    "elements": "7",
    "needs": "8",
    "support-received": "9",
    "support-given": "10",
    "assessments": "11",
    "capacities": "12",
    "gaps": "13",
}
FRAME = ("introduction", "method", "synthetic")
THIS_CODES = ("this", "this-shares", "this-silent")
PHRASES = ("first", "item", "share", *(key for key in KNOWN if not key.endswith("-parties")))
TITLES: dict[str, str | Promise] = {
    "activities": _("Activities undertaken"),
    "elements": _("Elements of the Action Plan"),
    "needs": _("Needs that remain"),
    "support-received": _("Support received"),
    "support-given": _("Support given"),
    "assessments": _("Needs assessments and strategies"),
    "capacities": _("Existing capacities"),
    "gaps": _("Gaps"),
    "introduction": _("Introduction"),
    "method": _("How the figures were worked out"),
    "synthetic": _("Note on synthetic answers"),
    "this": _("Any question with one answer"),
    "this-shares": _("Any question with several answers"),
    "this-silent": _("Those who did not answer"),
}


@cache
def built_in() -> dict[str, dict[str, str]]:
    """The sentences that come with Kapok: {language: {code: text}}."""
    text = (files("kapok.surveys") / "data" / "wording.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return {tag: {row["code"]: row[tag] for row in rows} for tag in TAGS}


def known(code: str, language: str) -> bool:
    """Is there such a sentence in such a language?"""
    return code in built_in().get(language, {})


def in_force() -> dict[str, dict[str, str]]:
    """The sentences as they are now, those of officers over those that come with Kapok."""
    made = {tag: dict(texts) for tag, texts in built_in().items()}
    for wording in Wording.objects.order_by("number"):
        made[wording.language][wording.code] = wording.text
    return made


def check_text(code: str, language: str, text: str, figures: Figures) -> None:
    """Refuse a text whose placeholders are wrong. Raises `Unclear` with a sentence."""
    if code not in PHRASES:
        check(text, language, figures, allow_this=code in THIS_CODES, names=code in FRAME)
        return
    wanted = {"first", "item", "share"}
    if code in wanted and ("{figure}" not in text or "{words}" not in text):
        raise Unclear(_("This frame must name {figure} and {words}."))
    if code not in wanted and ("{" in text or "}" in text):
        raise Unclear(_("The words for a group hold no brackets."))


class Speaker:
    """Writes sentences about one cycle in one language, from the sentences given or those in force."""

    def __init__(self, of: Questionnaire, tag: str, texts: Texts | None = None, day: date | None = None) -> None:
        self.of, self.tag = of, tag
        self.texts = (texts or in_force())[tag]
        self.labels: dict[str, dict[str, str]] = {}
        self.questions: dict[str, str] = {}
        for question in of.questions.prefetch_related("options"):
            self.questions[question.key] = words(question.label, tag) or question.key
            self.labels[question.key] = {option.key: words(option.label, tag) for option in question.options.all()}
        shown = format_date(day, "long", locale=locale(tag)) if day else ""
        self.names = {"cycle": words(of.title, tag) or of.code, "day": shown}

    def label(self, question: str, option: str) -> str:
        """What an answer is called."""
        return self.labels.get(question, {}).get(option) or option

    def language(self, **names: str) -> Language:
        """What writing needs to know."""
        return Language(self.tag, lambda key: self.texts[key], self.label, self.names | names)

    def say(self, code: str, figures: Figures) -> list[Said]:
        """One of the sentences of a report."""
        return write(self.texts[code], figures, self.language())

    def about(self, question: str, option: str, figures: Figures) -> list[Said]:
        """The sentence on any answer to any question."""
        code = "this-shares" if figures.counted(question).multiple else "this"
        return self.generic(code, question, option, figures)

    def silent(self, question: str, figures: Figures) -> list[Said]:
        """The sentence on those who were asked and gave no answer; none when all answered."""
        counted: Counted = figures.counted(question)
        return self.generic("this-silent", question, "", figures) if counted.base.silent else []

    def generic(self, code: str, question: str, option: str, figures: Figures) -> list[Said]:
        """A sentence with the question in hand put in."""
        names = {
            "question": question,
            "label": self.questions.get(question, question),
            "option": self.label(question, option),
        }
        return write(self.texts[code], figures, self.language(**names), (question, option))
