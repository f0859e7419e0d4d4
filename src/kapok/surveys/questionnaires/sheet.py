"""A questionnaire whole and at hand: its sections with their questions, its questions with their options."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kapok.surveys.models import Option, Question, Questionnaire, Section


@dataclass(frozen=True)
class Sheet:
    """Read once for each edition, and kept: within a version nothing but wordings changes."""

    questionnaire: Questionnaire
    sections: tuple[Section, ...]
    in_section: Mapping[str, tuple[Question, ...]]
    options: Mapping[str, tuple[Option, ...]]

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its key, in order."""
        return {each.key: each for section in self.sections for each in self.in_section[section.key]}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """In which section a question stands."""
        return {each.key: section for section in self.sections for each in self.in_section[section.key]}

    @cached_property
    def keys(self) -> dict[str, frozenset[str]]:
        """The option keys that a question offers."""
        return {key: frozenset(option.key for option in found) for key, found in self.options.items()}

    def section(self, key: str) -> Section | None:
        """A section by its key."""
        return next((each for each in self.sections if each.key == key), None)

    def option(self, question: str, key: str) -> Option | None:
        """One answer on offer."""
        return next((each for each in self.options.get(question, ()) if each.key == key), None)


def sheet_of(questionnaire: Questionnaire) -> Sheet:
    """The questionnaire with everything in it."""
    return _read(questionnaire.pk, questionnaire.digest)


@lru_cache(maxsize=32)
def _read(pk: int, digest: str) -> Sheet:
    questionnaire = Questionnaire.objects.select_related("previous").get(pk=pk)
    sections = tuple(questionnaire.sections.all())
    by_pk = {section.pk: section.key for section in sections}
    in_section: dict[str, list[Question]] = {section.key: [] for section in sections}
    options: dict[str, list[Option]] = {}
    names: dict[int, str] = {}
    for question in questionnaire.questions.all():
        in_section[by_pk[question.section_id]].append(question)
        names[question.pk] = question.key
    for option in Option.objects.filter(question__questionnaire=questionnaire).order_by("question_id", "order"):
        options.setdefault(names[option.question_id], []).append(option)
    return Sheet(
        questionnaire,
        sections,
        {key: tuple(found) for key, found in in_section.items()},
        {key: tuple(found) for key, found in options.items()},
    )


def forget() -> None:
    """Read every questionnaire anew when it is next asked for."""
    _read.cache_clear()
