"""The Secretariat's pages: answers brought in from a file, questionnaires from XLSForms."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kapok import vocab
from kapok.core.languages import current
from kapok.core.rules import Refused, allow
from kapok.surveys import access, verbs
from kapok.surveys.models import Questionnaire
from kapok.surveys.offline.bulk import Plan, plan, rows_of
from kapok.surveys.questionnaires import xlsform
from kapok.surveys.views.parts import open_questionnaire, person_of

LARGEST = 20 * 1024 * 1024


def file_of(request: HttpRequest) -> tuple[bytes, str]:
    """The file that was sent. Raises `Refused` in a sentence."""
    file = request.FILES.get("file")
    if file is None:
        raise Refused(_("Choose the file to send."))
    if file.size and file.size > LARGEST:
        raise Refused(_("The file is larger than 20 MB. Send it in parts."))
    return file.read(), file.name or ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, code: str) -> HttpResponseBase:
    """Look at a file of answers first; then put it in force."""
    found = open_questionnaire(request, code)
    allow(access.may_import_answers, request.user, found)
    facts: dict[str, Any] = {"active": "reports", "questionnaire": found}
    if request.method != "POST":
        return render(request, "surveys/bring_in.html", facts)
    try:
        content, name = file_of(request)
        planned = plan(found, rows_of(content, name))
    except Refused as refused:
        facts |= {"error": refused.sentence, "errors": [("file", refused.sentence)]}
        return render(request, "surveys/bring_in.html", facts, status=422)
    if request.POST.get("do") == "go" and planned.values:
        return done(request, planned)
    facts |= {"plan": planned, "names": names(planned), "problems": planned.problems[:500]}
    return render(request, "surveys/bring_in.html", facts)


def names(planned: Plan) -> dict[str, str]:
    """The names of the countries."""
    return {code: vocab.label("country", code, current()) for code in planned.values}


def done(request: HttpRequest, planned: Plan) -> HttpResponse:
    """Put the good rows in force."""
    count = verbs.bring_in(planned.questionnaire, by=person_of(request), plan=planned)
    said = ngettext("%(count)s response is in force.", "%(count)s responses are in force.", count)
    messages.success(request, said % {"count": count})
    return redirect("surveys:questionnaire", planned.questionnaire.code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """Look at an XLSForm first; then add it as a questionnaire that is not open yet."""
    allow(access.may_keep_questionnaires, request.user, Questionnaire())
    facts: dict[str, Any] = {"active": "reports"}
    if request.method != "POST":
        return render(request, "surveys/add.html", facts)
    try:
        content, name = file_of(request)
        read = xlsform.read(content, name)
        if request.POST.get("do") == "go":
            digest = hashlib.sha256(content).hexdigest()
            made = verbs.add_questionnaire(read.plan, by=person_of(request), digest=digest)
            messages.success(request, _("The questionnaire is added. Open it when governments may answer."))
            return redirect("surveys:questionnaire", made.code)
    except Refused as refused:
        facts |= {"error": refused.sentence, "errors": [("file", refused.sentence)]}
        return render(request, "surveys/add.html", facts, status=422)
    return render(request, "surveys/add.html", facts | {"read": read})


@require_POST
@login_required
def setting(request: HttpRequest, code: str) -> HttpResponse:
    """Open or close a questionnaire, and say who reads the answers."""
    found = open_questionnaire(request, code)
    given = request.POST
    verbs.open_questionnaire(
        found, by=person_of(request), is_open=bool(given.get("open")), public=bool(given.get("public"))
    )
    messages.success(request, _("The settings are kept."))
    return redirect("surveys:questionnaire", found.code)
