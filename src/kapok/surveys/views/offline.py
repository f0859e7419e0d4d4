"""Forms to fill in without a connection, and what came back."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kapok.core.languages import current
from kapok.core.rules import Refused, allow
from kapok.core.verbs import may
from kapok.surveys import access, verbs
from kapok.surveys.answering.values import Values, content, shown
from kapok.surveys.models import Question, Response, State
from kapok.surveys.offline import excel, word
from kapok.surveys.offline.receiving import reading
from kapok.surveys.offline.taking import Understood, Unread, understand
from kapok.surveys.queries import being_written
from kapok.surveys.questionnaires.sheet import Sheet, sheet_of
from kapok.surveys.views.parts import country_name, is_insider, open_questionnaire, open_response, page, person_of

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {"docx": f"{OFFICE}wordprocessingml.document", "xlsx": f"{OFFICE}spreadsheetml.sheet"}
WRITERS = {"docx": word.write, "xlsx": excel.write}
LARGEST = 10 * 1024 * 1024


def sent(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep."""
    made = HttpResponse(content, content_type=TYPES[kind])
    made.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return made


@require_safe
def blank(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """An empty form of a questionnaire, in the language of the page."""
    if kind not in WRITERS:
        raise Http404(kind)
    found = open_questionnaire(request, code)
    made = WRITERS[kind](sheet_of(found), current(), {})
    return sent(made, f"{found.code}-{current()}", kind)


@login_required
@require_safe
def form(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The form of a response with what is answered so far."""
    found = open_response(request, pk)
    if kind not in WRITERS or not is_insider(request, found):
        raise Http404(kind)
    values = being_written(found.parts.all())
    made = WRITERS[kind](sheet_of(found.questionnaire), current(), values, found, country_name(found))
    return sent(made, f"{found.questionnaire.code}-{found.country}-{current()}".lower(), kind)


@dataclass(slots=True)
class Taken:
    """One answer of a form that came back: what stood there, and what stands there now."""

    question: Question
    before: str
    after: str
    state: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offline(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a form along; bring it back, and read what was understood and what was not."""
    found = open_response(request, pk)
    if not is_insider(request, found):
        raise Http404(str(pk))
    if request.method != "POST":
        return page(request, "offline", found, "offline", open=found.state != State.SUBMITTED)
    allow(access.is_open, request.user, found)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refused(_("Choose the file to send."))
        if file.size and file.size > LARGEST:
            raise Refused(_("This file is too large for a form. Send the form as you downloaded it, filled in."))
        understood = understand(reading(file.read(), file.name or ""), found)
    except Refused as refused:
        facts: dict[str, Any] = {"error": refused.sentence, "errors": [("file", refused.sentence)], "open": True}
        return page(request, "offline", found, "offline", status=422, **facts)
    rows = put_in(request, found, understood)
    more: dict[str, Any] = {"rows": rows, "unread": understood.unread, "count": understood.count}
    return page(request, "offline", found, "offline", open=True, done=True, **more)


def put_in(request: HttpRequest, found: Response, understood: Understood) -> list[Taken]:
    """Put the answers into the response, section by section; what somebody else changed meanwhile is kept aside."""
    sheet = sheet_of(found.questionnaire)
    rows = []
    for part in found.parts.select_related("section", "response"):
        new = understood.sections.get(part.section.key, {})
        if not new:
            continue
        state = _("taken")
        if may(request.user, verbs.write, part):
            try:
                revision = understood.revisions[part.section.key] or part.revision
                verbs.save(part, by=person_of(request), values=joined(part.values, new), revision=revision)
            except verbs.Conflict:
                state = _("kept aside: somebody else changed the section meanwhile")
        else:
            said = _("This section was not entrusted to you.")
            understood.unread += [Unread(key, shown(sheet, sheet.questions[key], new[key]), said) for key in new]
            continue
        rows += [taken(sheet.questions[key], part.values, new, state, sheet) for key in new]
    return rows


def joined(before: Values, new: Values) -> Values:
    """The section with the new answers; own words in other languages stay, and what is unchanged keeps its marks."""
    made = dict(before)
    for key, value in new.items():
        old = before.get(key) or {}
        if "text" in value:
            value = {**value, "text": {**(old.get("text") or {}), **value["text"]}}
        made[key] = {**old, "kept": True} if old.get("carried") and content(old) == content(value) else value
    return made


def taken(question: Question, before: Values, new: Values, state: str, sheet: Sheet) -> Taken:
    """One line of the report."""
    old, now = before.get(question.key), new[question.key]
    said = _("the same as before") if content(old) == content(now) else state
    return Taken(question, shown(sheet, question, old), shown(sheet, question, now), said)
