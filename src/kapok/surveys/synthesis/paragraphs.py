"""What a synthesis says of a cycle: chapters of sentences, and what has changed in each since it was frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from kapok.core.languages import words
from kapok.surveys.models import Question, Questionnaire
from kapok.surveys.models.questionnaire import Kind
from kapok.surveys.synthesis.comparing import COMPARABLE
from kapok.surveys.synthesis.figures import Figures
from kapok.surveys.synthesis.reconstruct import CYCLE
from kapok.surveys.synthesis.texts import PARAGRAPHS, TITLES, Speaker
from kapok.surveys.synthesis.wording import Said, against

# The chapter that follows section II of the report of 2012; no section of a questionnaire has this key.
REPORT = "report"
# Whether a government is a Party is known without asking; a synthesis does not dwell on it.
STATUS = "party-status"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence: its code, by which an officer words it anew, and its pieces. `question` is what it speaks of."""

    code: str
    title: str
    said: list[Said]
    question: str = ""

    @property
    def changed(self) -> int:
        """How many of its figures are others with the answers of today."""
        return sum(one.changed for one in self.said)


@dataclass(frozen=True, slots=True)
class Chapter:
    """The paragraphs of one section of the questionnaire, or those modelled after the report of 2012."""

    key: str
    title: Mapping[str, str]
    paragraphs: list[Paragraph]

    @property
    def label(self) -> str:
        """Its title in the reader's language."""
        return words(self.title) or _("In the manner of the report of 2012")

    @property
    def changed(self) -> int:
        """How many of its figures are others with the answers of today."""
        return sum(paragraph.changed for paragraph in self.paragraphs)


def comparable(of: Questionnaire) -> list[Question]:
    """The questions with answers on offer that another cycle asked too, so that the two may be compared."""
    later = Question.objects.filter(questionnaire__previous=of, comparability__in=COMPARABLE).values("previous")
    found = of.questions.filter(Q(comparability__in=COMPARABLE) | Q(key__in=later))
    told = found.filter(kind__in=(Kind.CHOICE, Kind.CHOICES)).exclude(section__key=STATUS)
    return list(told.select_related("section"))


@dataclass
class Synthesis:
    """All sentences on one cycle in the language of the speaker; each figure is compared with the answers of today."""

    of: Questionnaire
    speaker: Speaker
    figures: Figures
    today: Figures | None = None

    @cached_property
    def chapters(self) -> list[Chapter]:
        """Chapters that say something, in order; none where nobody has answered."""
        if not self.figures.bank.countries:
            return []
        made = [self.of_the_report()] if self.of.code == CYCLE else []
        by_section: dict[str, Chapter] = {}
        for question in comparable(self.of):
            if question.key in self.figures.bank.questions and self.figures.counted(question.key).answered:
                section = question.section
                chapter = by_section.setdefault(section.key, Chapter(section.key, section.title, []))
                chapter.paragraphs.append(self.about(question))
        return [*made, *by_section.values()]

    def of_the_report(self) -> Chapter:
        """The sentences of section II of the report of 2012."""
        found = [
            Paragraph(code, str(TITLES[code]), self.marked(self.speaker.say(code, self.figures))) for code in PARAGRAPHS
        ]
        return Chapter(REPORT, {}, found)

    def about(self, question: Question) -> Paragraph:
        """What is said of one question, and of those who gave no answer to it."""
        said = self.speaker.joined(
            self.speaker.on(question.key, self.figures), self.speaker.silent(question.key, self.figures)
        )
        return Paragraph(question.permanent, self.speaker.questions[question.key], self.marked(said), question.key)

    def marked(self, said: list[Said]) -> list[Said]:
        """The pieces, each figure knowing what it would be today."""
        return against(said, self.today) if self.today else said

    def chapter(self, key: str) -> Chapter | None:
        """One chapter; the first, where none is asked for."""
        if not key:
            return next(iter(self.chapters), None)
        return next((one for one in self.chapters if one.key == key), None)

    @property
    def changed(self) -> int:
        """How many figures of all chapters are others with the answers of today."""
        return sum(chapter.changed for chapter in self.chapters)
