"""The questionnaire as a Word form, and the answers in one that came back."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from kapok.core.languages import code_of, words
from kapok.documents import wordform
from kapok.documents.wordform import Ask, Group, WordForm
from kapok.surveys.answering.forms import condition_words
from kapok.surveys.answering.values import Values
from kapok.surveys.models import Question, Response
from kapok.surveys.models.questionnaire import Kind
from kapok.surveys.offline import taking
from kapok.surveys.offline.taking import Came, Unread
from kapok.surveys.questionnaires.sheet import Sheet

KINDS = {Kind.CHOICE: "choice", Kind.CHOICES: "choices", Kind.TEXT: "text", Kind.NUMBER: "line", Kind.DAY: "day"}


def ask_of(sheet: Sheet, question: Question, values: Values, language: str) -> Ask:
    """One question of the form with what is answered already."""
    value = values.get(question.key) or {}
    options = [(option.key, words(option.label, language)) for option in sheet.options.get(question.key, ())]
    chosen = value.get("options") or []
    given: Any = value.get("number") or value.get("day") or ""
    if question.kind == Kind.CHOICES:
        given = chosen
    elif question.kind == Kind.CHOICE:
        given = chosen[0] if chosen else ""
    elif question.kind == Kind.TEXT:
        given = (value.get("text") or {}).get(language, "")
    return Ask(
        key=question.key,
        label=f"{question.shown_key} {words(question.label, language)}".strip(),
        kind=KINDS[Kind(question.kind)],  # type: ignore[arg-type]
        hint=condition_words(sheet, question),
        options=options,
        value=given,
        language=language,
    )


def groups(sheet: Sheet, values: Values, language: str) -> list[Group]:
    """The sections; a heading within one begins a group of the second level."""
    found = []
    for section in sheet.sections:
        title, level, hint = words(section.title, language), 1, words(section.note, language)
        asks: list[Ask] = []
        for question in sheet.in_section[section.key]:
            if question.kind == Kind.HEADING:
                found.append(Group(title, hint, tuple(asks), level))
                title, level, asks, hint = words(question.label, language), 2, [], ""
            else:
                asks.append(ask_of(sheet, question, values, language))
        found.append(Group(title, hint, tuple(asks), level))
    return [group for group in found if group.asks or group.level == 1]


def write(sheet: Sheet, language: str, values: Values, response: Response | None = None, country: str = "") -> bytes:
    """The form in one language, empty or with what is answered already."""
    with translation.override(code_of(language)):
        title = words(sheet.questionnaire.title, language)
        intro = _(
            "Answer what you can, save the document and upload it on the page of your response. "
            "Answers you leave empty stay as they are."
        )
        made = WordForm(
            title=f"{country}: {title}" if country else title,
            intro=intro,
            language=language,
            groups=groups(sheet, values, language),
            hidden=taking.hidden(sheet.questionnaire, language, response),
        )
        return wordform.write(made)


def read(content: bytes) -> Came:
    """A Word form that came back. Raises `Refused` for what is no Word document."""
    found = wordform.read(content)
    unread = tuple(Unread(one.place, one.text[:300], str(one.why)) for one in found.unread)
    return Came(found.hidden, found.genuine, found.answers, unread)
