"""A few made-up responses, so that the pages of the demo show something; all are marked as synthetic."""

import hashlib

from django.utils.translation import gettext_lazy as _

from kapok.core.rules import SYSTEM, System, is_system
from kapok.core.verbs import remember, verb
from kapok.people.models import Body, Kind
from kapok.surveys.answering.carrying import prefilled
from kapok.surveys.answering.conditions import asked
from kapok.surveys.answering.values import Value, Values
from kapok.surveys.models import Answer, Part, Question, Response
from kapok.surveys.models.questionnaire import Kind as Asks
from kapok.surveys.queries import questionnaire
from kapok.surveys.questionnaires import loading
from kapok.surveys.questionnaires.sheet import Sheet, sheet_of
from kapok.surveys.verbs.answer import lay_out
from kapok.surveys.verbs.submit import put_in_force

SUBMITTED, WRITING = ("KEN", "EGY", "PER", "VNM"), ("KEN", "EGY")
WORDS = {"en": "Illustrative answer.", "fr": "Réponse donnée à titre d’exemple."}


def load() -> None:
    """Fourth reports that were submitted, and fifth ones being written with what could be carried over."""
    loading.ensure()
    for code in SUBMITTED:
        illustrate("nr4", code, submit=True)
    for code in WRITING:
        illustrate("nr5", code, submit=False)


def illustrate(report: str, country: str, *, submit: bool) -> None:
    """One made-up response of a government."""
    asks = questionnaire(report)
    body = Body.objects.filter(kind=Kind.GOVERNMENT, code=country).first()
    if asks is None or body is None:
        return
    response, new = Response.objects.get_or_create(
        questionnaire=asks, country=country, synthetic=True, defaults={"body": body}
    )
    if not new:
        return
    sheet = sheet_of(asks)
    if submit:
        values = made_up(sheet, country)
        lay_out(response, sheet, values)
        put_in_force(response, values, by=None)
    else:
        carried = prefilled(response)
        lay_out(response, sheet, {key: value for part in carried.values() for key, value in part.items()})


def made_up(sheet: Sheet, country: str) -> Values:
    """An answer to every question that is asked, the same each time."""
    values: Values = {}
    for key, question in sheet.questions.items():
        if key in asked(sheet, values) and (value := pick(sheet, question, country)):
            values[key] = value
    return values


def pick(sheet: Sheet, question: Question, country: str) -> Value:
    """One answer, chosen by the name of the question and the country."""
    chance = hashlib.sha256(f"{country} {question.permanent}".encode()).digest()
    keys = [option.key for option in sheet.options.get(question.key, ())]
    match question.kind:
        case Asks.CHOICE:
            return {"options": [keys[chance[0] % len(keys)]]}
        case Asks.CHOICES:
            return {"options": [key for place, key in enumerate(keys) if chance[place % 32] % 2 or not place][:6]}
        case Asks.TEXT:
            return {"text": dict(WORDS)} if chance[0] % 4 == 0 else {}
    return {}


@verb("surveys.remove_synthetic", _("Remove the synthetic responses"), is_system)
def remove(thing: str, *, by: System) -> int:
    """Delete every made-up response with its versions; what governments answered stays."""
    found = Response.objects.filter(synthetic=True)
    count = found.count()
    for rows in (Answer.objects.filter(response__synthetic=True), Part.objects.filter(response__synthetic=True), found):
        rows.delete()
    remember(removed=count)
    return count


def remove_synthetic() -> int:
    """Delete every made-up response, and count them."""
    return remove("surveys:synthetic", by=SYSTEM)
