"""What a form that came back says: checked, put into values, and told in full."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kapok.core.languages import TAGS
from kapok.core.rules import Refused
from kapok.surveys.answering import values as kept
from kapok.surveys.answering.rules import broken
from kapok.surveys.answering.values import Value, Values
from kapok.surveys.models import Question, Questionnaire, Response
from kapok.surveys.models.questionnaire import Kind
from kapok.surveys.questionnaires.sheet import Sheet, sheet_of

WHAT = "kapok-questionnaire"
Given = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Unread:
    """Something written that was not understood."""

    place: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Came:
    """A form as it was read, before anything is made of it."""

    hidden: Mapping[str, str]
    genuine: bool
    answers: Given
    unread: tuple[Unread, ...] = ()


@dataclass(slots=True)
class Understood:
    """The values of a form by section, and all that was not understood."""

    language: str
    sections: dict[str, Values] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(values) for values in self.sections.values())


def hidden(questionnaire: Questionnaire, language: str, response: Response | None = None) -> dict[str, str]:
    """What travels unseen in a form, so that it finds back."""
    found = {
        "what": WHAT,
        "questionnaire": questionnaire.code,
        "version": str(questionnaire.version),
        "language": language,
        "response": str(response.pk) if response else "",
    }
    if response:
        for part in response.parts.select_related("section"):
            found[f"revision {part.section.key}"] = str(part.revision)
    return found


def check(came: Came, response: Response) -> None:
    """Refuse what is none of our forms, was changed in its hidden part, or belongs elsewhere."""
    about, asks = came.hidden, response.questionnaire
    if about.get("what") != WHAT:
        raise Refused(_("This is not a form of Kapok. Take a fresh form from this page and copy your answers into it."))
    if not came.genuine:
        raise Refused(_("The hidden part of this form was changed, so it cannot be trusted. Take a fresh form."))
    if (about.get("questionnaire"), about.get("version")) != (asks.code, str(asks.version)):
        other = about.get("questionnaire", "")
        raise Refused(_("This form belongs to another questionnaire (%(code)s).") % {"code": other})
    if about.get("response") not in {"", str(response.pk)}:
        raise Refused(_("This form belongs to the response of another government."))


def understand(came: Came, response: Response) -> Understood:
    """Make values of the answers; what is empty in the form leaves the response as it is."""
    check(came, response)
    sheet = sheet_of(response.questionnaire)
    language = came.hidden.get("language", "")
    found = Understood(language if language in TAGS else "en", unread=list(came.unread))
    for section in sheet.sections:
        number = came.hidden.get(f"revision {section.key}", "")
        found.revisions[section.key] = int(number) if number.isdecimal() and len(number) < 10 else 0
    for key, said in came.answers.items():
        question = sheet.questions.get(key)
        if question is None:
            text = said if isinstance(said, str) else ", ".join(said)
            found.unread.append(Unread(key, text[:300], _("The questionnaire has no such question.")))
        else:
            take(sheet, question, said, found)
    return found


def take(sheet: Sheet, question: Question, said: str | list[str], found: Understood) -> None:
    """One answer; what is not on offer or makes no sense is told and left out."""
    given = [said] if isinstance(said, str) else list(said)
    value: Value | None
    match question.kind:
        case Kind.CHOICE | Kind.CHOICES:
            value = options(sheet, question, given, found)
        case Kind.TEXT:
            value = kept.of_text("\n".join(given), found.language)
        case Kind.NUMBER:
            value = kept.of_number(given[0] if given else "")
        case Kind.DAY:
            value = kept.of_day(given[0] if given else "")
        case _:
            value = {}
    if value is None:
        why = _("This is no day.") if question.kind == Kind.DAY else _("This is no number.")
        found.unread.append(Unread(question.key, " ".join(given)[:300], why))
    elif said_why := broken(question, value):
        found.unread.append(Unread(question.key, " ".join(given)[:300], said_why))
    elif value:
        found.sections.setdefault(sheet.section_of[question.key].key, {})[question.key] = value


def options(sheet: Sheet, question: Question, given: list[str], found: Understood) -> Value:
    """The chosen options, named by key, code or label in any language."""
    known = names(sheet, question)
    keys = []
    for each in given:
        if not (text := plain(each)):
            continue
        if text in known:
            keys.append(known[text])
        else:
            why = _("This is none of the answers on offer.")
            found.unread.append(Unread(question.key, each[:300], why))
    if question.kind == Kind.CHOICE and len(set(keys)) > 1:
        found.unread.append(Unread(question.key, ", ".join(given)[:300], _("Only one answer can be given here.")))
        return {}
    return kept.of_options(sheet, question, keys)


def plain(text: str) -> str:
    """A label as people compare it."""
    return " ".join(str(text).split()).casefold()


def names(sheet: Sheet, question: Question) -> dict[str, str]:
    """Every name of each option, the key first: a key always means itself."""
    offered = sheet.options.get(question.key, ())
    found: dict[str, str] = {}
    for option in offered:
        found.setdefault(plain(option.key), option.key)
    for option in offered:
        for name in (option.code, *option.label.values()):
            found.setdefault(plain(name), option.key)
    return found
