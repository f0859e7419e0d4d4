"""Check, submit, reopen, send back; the versions of a response."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kapok.core.rules import allow
from kapok.surveys import access, verbs
from kapok.surveys.answering import checking
from kapok.surveys.answering.values import shown
from kapok.surveys.queries import being_written
from kapok.surveys.questionnaires.sheet import sheet_of
from kapok.surveys.views.parts import is_insider, open_response, page, person_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is missing and what contradicts itself, with links; then submit."""
    found = open_response(request, pk)
    if not is_insider(request, found):
        raise Http404(str(pk))
    allow(access.is_open, request.user, found)
    sheet = sheet_of(found.questionnaire)
    findings = checking.check(sheet, being_written(found.parts.all()))
    error = ""
    if request.method == "POST":
        allow(access.may_submit, request.user, found)
        if findings.missing and not request.POST.get("incomplete"):
            error = _("Some questions are not answered. Tick the box to submit the response all the same.")
        elif not findings.hinder:
            return submitted(request, pk)
        else:
            error = _("Some answers contradict each other or nobody looked at them yet. Mend those listed first.")
    more = {
        "findings": findings,
        "error": error,
        "errors": [("incomplete" if findings.missing else "", error)] if error else [],
    }
    return page(request, "check", found, "check", status=422 if error else 200, **more)


def submitted(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the answers in force and say so."""
    found = open_response(request, pk)
    done = verbs.submit(found, by=person_of(request), note=request.POST.get("note", "").strip()[:1000])
    if done.questionnaire.answers_public:
        messages.success(request, _("The response is submitted. Everyone can read it now."))
    else:
        messages.success(request, _("The response is submitted. The Secretariat can read it now."))
    return redirect(done)


@require_POST
@login_required
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a correction."""
    found = verbs.reopen(open_response(request, pk), by=person_of(request))
    messages.info(
        request, _("You can correct the response now. What was submitted stays in force until you submit again.")
    )
    return redirect(found)


@require_POST
@login_required
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the government for a correction."""
    found = verbs.send_back(open_response(request, pk), by=person_of(request), reason=request.POST.get("reason", ""))
    messages.success(request, _("The response is sent back, and the focal point is told."))
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Throw away what is being written, after asking once."""
    found = open_response(request, pk)
    allow(access.may_discard, request.user, found)
    if request.method != "POST":
        return page(request, "discard", found, "response")
    left = verbs.discard(found, by=person_of(request))
    messages.success(request, _("What was being written is discarded."))
    return redirect(left) if left else redirect("surveys:questionnaire", found.questionnaire.code)


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What was submitted, when and by whom, with what changed each time."""
    found = open_response(request, pk)
    sheet = sheet_of(found.questionnaire)
    kept = list(found.versions.select_related("by"))
    rows = []
    for place, version in enumerate(kept):
        earlier = kept[place + 1].values if place + 1 < len(kept) else {}
        changed = [key for key in sheet.questions if version.values.get(key) != earlier.get(key)]
        count = len(changed)
        rows.append(
            {
                "it": version,
                "changes": ngettext("%(count)s answer", "%(count)s answers", count) % {"count": count},
                "list": [
                    {
                        "question": sheet.questions[key],
                        "before": shown(sheet, sheet.questions[key], earlier.get(key)),
                        "after": shown(sheet, sheet.questions[key], version.values.get(key)),
                    }
                    for key in (changed if earlier else [])[:200]
                ],
            }
        )
    return page(request, "versions", found, "versions", rows=rows)
