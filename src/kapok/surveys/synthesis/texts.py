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
from kapok.surveys.models import Question, Questionnaire, Wording
from kapok.surveys.models.questionnaire import Kind
from kapok.surveys.synthesis.counting import Counted
from kapok.surveys.synthesis.figures import Figures, Unclear
from kapok.surveys.synthesis.grouping import KNOWN
from kapok.surveys.synthesis.reconstruct import CYCLE
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
FRAME = ("introduction", "opening", "method", "synthetic", "made-up")
THIS_CODES = ("this", "this-also", "this-answers", "this-shares", "this-silent")
# An answer that needs no sentence of its own once it is said who said yes.
YES, PLAIN_NO = "yes", "no"
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
    "opening": _("Introduction to a cycle other than that of 2012"),
    "method": _("How the figures were worked out"),
    "synthetic": _("Note on synthetic answers"),
    "made-up": _("Note on synthetic answers of another cycle"),
    "this": _("Any question with one answer"),
    "this-also": _("Those who gave another answer than yes"),
    "this-answers": _("Any question with a list of answers"),
    "this-shares": _("Any question with several answers"),
    "this-silent": _("Those who did not answer"),
}


@cache
def built_in() -> dict[str, dict[str, str]]:
    """The sentences that come with Kapok: {language: {code: text}}."""
    text = (files("kapok.surveys") / "data" / "wording.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return {tag: {row["code"]: row[tag] for row in rows} for tag in TAGS}


def known(code: str, language: str, of: Questionnaire | None = None) -> bool:
    """Is there such a sentence in such a language? Every question of a cycle may have one of its own."""
    if code in built_in().get(language, {}):
        return of is None or of.code == CYCLE or code not in PARAGRAPHS
    return language in TAGS and of is not None and of.questions.filter(permanent=code).exists()


def original(code: str, language: str, of: Questionnaire) -> str:
    """The sentence that came with Kapok; for a question, the one that fits any of its kind."""
    if code in built_in()[language]:
        return built_in()[language][code]
    question = of.questions.prefetch_related("options").get(permanent=code)
    return built_in()[language][kind_of(question)]


def kind_of(question: Question) -> str:
    """Which of the sentences on any question fits this one."""
    if question.kind == Kind.CHOICES:
        return "this-shares"
    first = next(iter(question.options.all()), None)
    return "this" if first and first.key == YES else "this-answers"


def in_force() -> dict[str, dict[str, str]]:
    """The sentences as they are now, those of officers over those that come with Kapok."""
    made = {tag: dict(texts) for tag, texts in built_in().items()}
    for wording in Wording.objects.order_by("number"):
        made[wording.language][wording.code] = wording.text
    return made


def check_text(code: str, language: str, text: str, figures: Figures) -> None:
    """Refuse a text whose placeholders are wrong. Raises `Unclear` with a sentence."""
    if code not in PHRASES:
        on_any = code in THIS_CODES or code not in built_in()[language]
        check(text, language, figures, allow_this=on_any, names=code in FRAME)
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
        # A synthesis signed long ago lacks the sentences that came later.
        self.texts = {**built_in()[tag], **(texts or in_force())[tag]}
        self.labels: dict[str, dict[str, str]] = {}
        self.questions: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.permanent: dict[str, str] = {}
        for question in of.questions.prefetch_related("options"):
            self.kinds[question.key], self.permanent[question.key] = kind_of(question), question.permanent
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

    def opening(self, figures: Figures) -> list[Said]:
        """The first sentence of a document on the cycle."""
        return self.say("introduction" if self.of.code == CYCLE else "opening", figures)

    def on(self, question: str, figures: Figures) -> list[Said]:
        """All that is said of a question: an officer's own sentence on it, or those that fit any of its kind."""
        counted = figures.counted(question)
        first = counted.options[0].key
        if self.permanent[question] in self.texts:
            return self.generic(self.permanent[question], question, first, figures)
        kind = "this-shares" if counted.multiple else self.kinds[question]
        if kind == "this" and not counted.options[0].all.count:
            # Where nobody said yes, shares of nobody by region would say nothing.
            kind = "this-answers"
        said = self.generic(kind, question, first, figures)
        if kind != "this":
            return said
        others = [tally.key for tally in counted.options[1:] if tally.key != PLAIN_NO and tally.all.count]
        return self.joined(said, *(self.generic("this-also", question, other, figures) for other in others))

    def joined(self, *sentences: list[Said]) -> list[Said]:
        """Sentences one after the other; Chinese puts no space between."""
        space = [] if self.tag == "zh" else [Said(" ")]
        found = [said for said in sentences if said]
        return [piece for place, said in enumerate(found) for piece in ([*space, *said] if place else said)]

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
