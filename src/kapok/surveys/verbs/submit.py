"""Verbs of a whole response: submit, reopen, send back."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.mail.letters import send
from kapok.people.models import Person
from kapok.surveys import access
from kapok.surveys.answering.checking import Findings, check
from kapok.surveys.answering.values import Values, as_answer, content, is_answered
from kapok.surveys.models import Answer, Response, ResponseVersion, State
from kapok.surveys.queries import being_written
from kapok.surveys.questionnaires.sheet import sheet_of


class Hindered(Refused):
    """The response contradicts itself, or holds answers that nobody looked at."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(_("Some answers contradict each other or nobody looked at them yet. Mend those listed first."))
        self.findings = findings


@verb("surveys.submit", _("Submit a response"), access.may_submit)
def submit(response: Response, *, by: Person, note: str = "") -> Response:
    """Put the answers in force as a new version. Missing answers are the government's right; contradictions are not."""
    parts = list(response.parts.select_for_update())
    values = being_written(parts)
    found = check(sheet_of(response.questionnaire), values)
    if found.hinder:
        raise Hindered(found)
    if not any(is_answered(value) for value in values.values()):
        raise Refused(_("Nothing is answered yet."))
    put_in_force(response, values, by=by, note=note)
    remember(number=response.number, unanswered=len(found.missing))
    return response


def put_in_force(response: Response, values: Values, *, by: Person | None, note: str = "") -> None:
    """Replace the answers in force and keep the version whole."""
    sheet = sheet_of(response.questionnaire)
    said = {key: content(value) for key, value in values.items() if key in sheet.questions and is_answered(value)}
    Answer.objects.filter(response=response).delete()
    Answer.objects.bulk_create(as_answer(response.pk, sheet.questions[key], value) for key, value in said.items())
    response.number += 1
    response.state, response.reason = State.SUBMITTED, ""
    response.submitted_at, response.submitted_by = timezone.now(), by
    response.save()
    ResponseVersion.objects.create(
        response=response, number=response.number, values=said, by=by, at=response.submitted_at, note=note
    )


@verb("surveys.reopen", _("Reopen a response for a correction"), access.may_reopen)
def reopen(response: Response, *, by: Person, note: str = "") -> Response:
    """Begin a correction; until it is submitted, the answers submitted last stay in force."""
    response.state = State.REOPENED
    response.save(update_fields=["state"])
    remember(note=note)
    return response


@verb("surveys.send_back", _("Send a response back"), access.may_send_back)
def send_back(response: Response, *, by: Person, reason: str) -> Response:
    """Ask the government for a correction, with the reason; what was submitted stays in force meanwhile."""
    if not reason.strip():
        raise Refused(_("Say what should be corrected."))
    response.state, response.reason = State.REOPENED, reason.strip()[:5000]
    response.save(update_fields=["state", "reason"])
    remember(reason=response.reason)
    if response.submitted_by:
        key = f"sent-back:{response.pk}:{response.number}"
        send(response.submitted_by, "surveys/letters/sent_back", {"response": response}, key=key)
    return response
