"""Acts: submit, take back, publish, return, confirm, withdraw, restore, report."""

from copy import deepcopy

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kapok.core.rules import Refused
from kapok.exchange.api.finding import acting, draft_of, fresh, record_of, state, tag, whole
from kapok.exchange.api.once import Done, once
from kapok.exchange.api.refusing import Wanting
from kapok.exchange.api.router import router
from kapok.exchange.api.shapes import REFUSALS, DraftAnswer, Note, Reason, RecordState, Report
from kapok.exchange.models import Scope
from kapok.formats.kinds import Parts
from kapok.formats.problems import Problems
from kapok.people.models import Person
from kapok.records import verbs
from kapok.records.models import Draft, Record


@router.post("/drafts/{identifier}/submit", response={200: DraftAnswer, **REFUSALS}, summary="Submit for review")
@once
def submit(request: HttpRequest, identifier: str, sent: Note) -> Done:
    """Hand the draft to those who publish; they have ten working days."""
    by = acting(request, Scope.SUBMIT)
    record = verbs.submit(draft_of(by, identifier).record, by=by, note=sent.note.strip())
    draft = fresh(record)
    return Done(whole(draft), headers=tag(draft))


@router.post("/drafts/{identifier}/take-back", response={200: DraftAnswer, **REFUSALS}, summary="Take it back")
@once
def take_back(request: HttpRequest, identifier: str) -> Done:
    """Make a submission a draft again."""
    by = acting(request, Scope.SUBMIT)
    draft = fresh(verbs.take_back(draft_of(by, identifier).record, by=by))
    return Done(whole(draft), headers=tag(draft))


@router.post("/drafts/{identifier}/publish", response={200: RecordState, **REFUSALS}, summary="Publish a draft")
@once
def publish(request: HttpRequest, identifier: str, sent: Note) -> Done:
    """Put the draft before the public as a new version."""
    by = acting(request, Scope.PUBLISH)
    return Done(state(verbs.publish(draft_of(by, identifier).record, by=by, note=sent.note.strip())))


@router.post("/drafts/{identifier}/return", response={200: DraftAnswer, **REFUSALS}, summary="Return with a reason")
@once
def give_back(request: HttpRequest, identifier: str, sent: Reason) -> Done:
    """Give a submitted draft back to its author."""
    by = acting(request, Scope.PUBLISH)
    draft = fresh(verbs.return_(draft_of(by, identifier).record, by=by, reason=sent.reason))
    return Done(whole(draft), headers=tag(draft))


@router.post("/records/{identifier}/confirm", response={200: RecordState, **REFUSALS}, summary="Confirm a record")
@once
def confirm(request: HttpRequest, identifier: str) -> Done:
    """Say that the record is still right; its clock starts anew."""
    by = acting(request, Scope.CONFIRM)
    return Done(state(verbs.confirm(record_of(by, identifier), by=by)))


@router.post("/records/{identifier}/withdraw", response={200: RecordState, **REFUSALS}, summary="Withdraw a record")
@once
def withdraw(request: HttpRequest, identifier: str, sent: Reason) -> Done:
    """Take the record from the public; its address gives the reason."""
    by = acting(request, Scope.PUBLISH)
    return Done(state(verbs.withdraw(record_of(by, identifier), by=by, reason=sent.reason)))


@router.post("/records/{identifier}/restore", response={200: RecordState, **REFUSALS}, summary="Undo a withdrawal")
@once
def restore(request: HttpRequest, identifier: str) -> Done:
    """Put a withdrawn record before the public again."""
    by = acting(request, Scope.PUBLISH)
    return Done(state(verbs.restore(record_of(by, identifier), by=by)))


@router.post("/records/{identifier}/reports", response={201: DraftAnswer, 200: RecordState, **REFUSALS},
             summary="Add a report")  # fmt: skip
@once
def report(request: HttpRequest, identifier: str, sent: Report) -> Done:
    """Put one report into the draft, which is begun where there is none; publish it at once if asked and allowed."""
    by = acting(request, Scope.DRAFTS)
    if sent.publish:
        acting(request, Scope.PUBLISH)
    record = record_of(by, identifier)
    item = checked(record, sent)
    if record.working is None:
        record = verbs.revise(record, by=by)
    elif sent.publish:
        raise Refused(_("There is a draft already: the report goes into it. Publish the draft when it is ready."))
    draft = add(record, item, by)
    if sent.publish:
        return Done(state(verbs.publish(draft.record, by=by, note=_("A report was added."))))
    return Done(whole(draft), 201, tag(draft))


def checked(record: Record, sent: Report) -> dict[str, object]:
    """The report as it is kept; what is missing or wrong is told at its field."""
    kind = record.form.fields.get("reports")
    if not isinstance(kind, Parts):
        raise Refused(_("Records of this kind have no reports."))
    problems = Problems()
    item = kind.accept_one(sent.values, problems, "reports-0", final=True)
    for name, part in kind.part.fields.items():
        if part.required and name not in item and not problems.below(f"reports-0-{name}"):
            problems.add(f"reports-0-{name}", part.missing)
    if problems:
        raise Wanting(problems)
    return item


def add(record: Record, item: dict[str, object], by: Person) -> Draft:
    """The draft with one report more."""
    draft = fresh(record)
    values = deepcopy(draft.values)
    values["reports"] = [*values.get("reports", []), item]
    verbs.save(draft.record, by=by, raw=values, revision=draft.revision)
    return fresh(record)
