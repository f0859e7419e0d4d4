"""The synthesis of national reports for machines: the same figures as the page and the command."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from kapok.exchange.api.shapes import Said
from kapok.site.api.reading import api
from kapok.site.api.refusals import said
from kapok.site.api.shapes import SynthesisAnswer, SynthesisParams
from kapok.surveys.queries import questionnaire
from kapok.surveys.synthesis.access import may_analyse
from kapok.surveys.synthesis.asking import wanted
from kapok.surveys.synthesis.grouping import Unknown
from kapok.surveys.synthesis.payload import payload


@api.get(
    "/synthesis",
    response={200: SynthesisAnswer, 404: Said, 422: Said},
    tags=["surveys"],
    summary="One question of a cycle of national reports, counted",
)
def synthesis(request: HttpRequest, params: Query[SynthesisParams]) -> Any:
    """Counts and percentages of those who answered this question, in all and by groups of countries."""
    of = questionnaire(params.cycle)
    if of is None or not may_analyse(request.user, of):
        raise Http404(_("There is no such cycle of reports."))
    try:
        made = wanted(of, params.dict(), request.user)
        found = payload(made, request.user, parties=params.parties)
    except Unknown as unknown:
        return refused(request, unknown)
    return api.create_response(request, found, status=200)


def refused(request: HttpRequest, unknown: Unknown) -> HttpResponse:
    """What cannot be counted, in a sentence."""
    return said(request, 422, _("This cannot be counted."), str(unknown))
