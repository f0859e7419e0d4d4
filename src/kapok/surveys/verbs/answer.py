"""Verbs of answering: start, carry over, save, settle, discard."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.people.models import Body, Person
from kapok.surveys import access
from kapok.surveys.answering.carrying import prefilled
from kapok.surveys.answering.values import Values, is_answered
from kapok.surveys.models import Part, PartAside, Questionnaire, Response, State
from kapok.surveys.queries import answers_in_force
from kapok.surveys.questionnaires.sheet import Sheet, sheet_of


class Conflict(Refused):
    """Somebody else saved the section meanwhile. What could not be saved is kept aside."""

    def __init__(self, aside: PartAside) -> None:
        super().__init__(_("Somebody else saved this section while you were writing. Both are kept: compare them."))
        self.aside = aside


@verb("surveys.start", _("Start to answer a questionnaire"), access.may_start)
def start(body: Body, *, by: Person, questionnaire: Questionnaire) -> Response:
    """Begin the response of a government, with one empty part for each section."""
    if not body.is_government:
        raise Refused(_("Questionnaires are answered by governments."))
    if not questionnaire.is_open:
        raise Refused(_("This questionnaire is not open for answers."))
    found, new = Response.objects.get_or_create(
        questionnaire=questionnaire, country=body.code, synthetic=False, defaults={"body": body, "started_by": by}
    )
    if not new:
        raise Refused(_("Your government has a response already. Open that one."))
    lay_out(found, sheet_of(questionnaire), {})
    return found


def lay_out(response: Response, sheet: Sheet, values: Mapping[str, Any]) -> None:
    """One part for each section, with what is already answered."""
    parts = [
        Part(
            response=response,
            section=section,
            values={each.key: values[each.key] for each in sheet.in_section[section.key] if each.key in values},
        )
        for section in sheet.sections
    ]
    Part.objects.bulk_create(parts)


@verb("surveys.prefill", _("Carry answers over from the last report"), access.may_entrust)
def prefill(response: Response, *, by: Person) -> int:
    """Put what the last report said into the questions not answered yet, each marked until somebody looked at it."""
    found = prefilled(response)
    count = 0
    for part in response.parts.select_for_update().select_related("section"):
        new = {key: value for key, value in found[part.section.key].items() if not is_answered(part.values.get(key))}
        if new:
            part.seen, part.before = part.revision, part.values
            part.values = {**part.values, **new}
            part.revision += 1
            part.editor = by
            part.save()
            count += len(new)
    remember(answers=count)
    return count


def save(part: Part, *, by: Person, values: Values, revision: int) -> Part:
    """Keep what was answered so far. Raises `Conflict` when somebody else saved since `revision`."""
    kept = write(part, by=by, values=values, revision=revision)
    if isinstance(kept, PartAside):
        raise Conflict(kept)
    return kept


@verb("surveys.write", _("Answer a section"), access.may_answer, quiet=True)
def write(part: Part, *, by: Person, values: Values, revision: int) -> Part | PartAside:
    """The saving itself; answers that came second are answered with the aside that keeps them.

    Each section has its own row, so two people in two sections never meet here.
    """
    mine = part.editor_id == by.pk
    if part.revision != revision and not (mine and revision >= part.seen):
        if values == part.values:
            return part
        began = part.before if revision == part.seen else {}
        kept = {"values": values, "base": began}
        return PartAside.objects.update_or_create(part=part, person=by, defaults=kept)[0]
    if values == part.values:
        return part
    if not mine:
        part.seen, part.before = part.revision, part.values
    return _put(part, by, values)


def _put(part: Part, by: Person, values: Values) -> Part:
    part.values, part.editor = values, by
    part.revision += 1
    part.save()
    return part


@verb("surveys.settle", _("Settle two versions of a section"), access.may_answer)
def settle(part: Part, *, by: Person, aside: PartAside, values: Values, revision: int) -> Part:
    """Make one of the section and what was set aside; the aside is then done with."""
    if part.revision != revision:
        raise Refused(_("The section was saved once more while you compared. Compare again with the newest answers."))
    part.seen, part.before = part.revision, part.values
    PartAside.objects.filter(pk=aside.pk, part=part, person=by).delete()
    remember(section=part.section.key)
    return _put(part, by, values)


@verb("surveys.discard", _("Discard what is being written"), access.may_discard)
def discard(response: Response, *, by: Person) -> Response | None:
    """Throw away what is being written. What was submitted stays in force; a response never submitted is gone."""
    if response.number == 0:
        remember(values={part.section.key: part.values for part in response.parts.select_related("section")})
        response.delete()
        return None
    response.parts.all().delete()
    lay_out(response, sheet_of(response.questionnaire), answers_in_force(response))
    response.state = State.SUBMITTED
    response.save(update_fields=["state"])
    return response
