"""The figures published in 2012 beside what the answers give."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok.core.languages import current
from kapok.surveys.models import Questionnaire
from kapok.surveys.synthesis import published as oracle
from kapok.surveys.synthesis import texts
from kapok.surveys.synthesis.figures import EVERY, Ref
from kapok.surveys.synthesis.grouping import label
from kapok.surveys.synthesis.reading import figures_of
from kapok.surveys.synthesis.reconstruct import CYCLE
from kapok.surveys.synthesis.views.analyzer import address_of, cycle


@require_safe
def published(request: HttpRequest, code: str) -> HttpResponse:
    """The figures published in 2012 beside what the answers give."""
    of = cycle(code, request.user)
    if of.code != CYCLE:
        raise Http404(_("Published figures are kept for the second national reports only."))
    figures = figures_of(of)
    lines = oracle.compared(figures.bank)
    speaker = texts.Speaker(of, current())
    marks = {
        why: chr(ord("a") + at) for at, why in enumerate(dict.fromkeys(line.row.why for line in lines if line.why))
    }
    page = {
        "of": of,
        "bank": figures.bank,
        "document": oracle.DOCUMENT,
        "lines": [(line, marks.get(line.row.why, ""), *about(line, speaker, of)) for line in lines],
        "notes": {marks[line.row.why]: line.why for line in lines if line.why},
        "verdicts": [
            (key, str(label), sum(line.verdict == key for line in lines)) for key, label in oracle.VERDICTS.items()
        ],
    }
    return render(request, "surveys/published.html", page)


def about(line: oracle.Line, speaker: texts.Speaker, of: Questionnaire) -> tuple[str, str, str, str]:
    """What a published figure is of, in words; which answer, which group; and where ours is shown."""
    row = line.row
    if not row.question:
        return str(oracle.REGISTER[row.option]), "", "", ""
    option = _("every answer") if row.statistic == "every" else speaker.label(row.question, row.option)
    ref = Ref(row.question, row.option or EVERY, "count", row.group)
    group = label(row.group) if row.group else _("All")
    return speaker.questions[row.question], option, group, address_of(of, ref)
