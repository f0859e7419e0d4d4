"""The analyzer: choose a cycle, a question and groups; see table, chart, sentence and Parties."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kapok import vocab
from kapok.core.languages import current
from kapok.core.rules import Refused
from kapok.people.models import Person
from kapok.surveys import verbs
from kapok.surveys.models import Questionnaire, SavedView
from kapok.surveys.models.questionnaire import Kind, Purpose
from kapok.surveys.queries import questionnaire
from kapok.surveys.synthesis import files, grouping
from kapok.surveys.synthesis.access import may_analyse, sees_parties, snapshots_visible_to, views_of
from kapok.surveys.synthesis.asking import Wanted, answers_counted, wanted
from kapok.surveys.synthesis.comparing import Comparison, Link, compare, links
from kapok.surveys.synthesis.figures import EVERY, Ref
from kapok.surveys.synthesis.payload import country_names
from kapok.surveys.synthesis.reading import SYNTHETIC, cycles, figures_of, texts
from kapok.surveys.synthesis.showing import Table
from kapok.surveys.synthesis.texts import Speaker

FIRST = {"nr2": "143"}
OTHER_QUESTION = "question"


def cycle(code: str, who: Any) -> Questionnaire:
    """A questionnaire whose totals the reader may see, or nothing at this address."""
    found = questionnaire(code)
    if found is None or not may_analyse(who, found):
        raise Http404(_("There is no such cycle of reports."))
    return found


def given(request: HttpRequest, of: Questionnaire) -> dict[str, str]:
    """What the address asks, the first question when it names none."""
    asked = {name: value for name, value in request.GET.items() if isinstance(value, str)}
    if not asked.get("question"):
        first = of.questions.filter(kind__in=(Kind.CHOICE, Kind.CHOICES)).first()
        asked["question"] = FIRST.get(of.code) or (first.key if first else "")
    if asked.get("by") == OTHER_QUESTION:
        asked["by"] = f"question:{asked.get('other', '').strip()}"
    return asked


@require_safe
def analyse(request: HttpRequest, code: str) -> HttpResponse:
    """One question of a cycle, counted."""
    of = cycle(code, request.user)
    asked = given(request, of)
    page: dict[str, Any] = frame(request, of, asked)
    try:
        made = wanted(of, asked, request.user)
        page |= shown(request, made, asked.get("with", ""))
    except grouping.Unknown as unknown:
        page["problem"] = str(unknown)
        return render(request, "surveys/analyse.html", page, status=422)
    return render(request, "surveys/analyse.html", page)


def frame(request: HttpRequest, of: Questionnaire, asked: dict[str, str]) -> dict[str, Any]:
    """What the page holds whatever is asked: cycles, questions, groups."""
    questions = of.questions.exclude(kind=Kind.HEADING).select_related("section")
    return {
        "of": of,
        "cycles": cycles(),
        "questions": questions,
        "asked": asked,
        "groups": [(key, vocab.group_label(key)) for key in grouping.ACROSS],
        "kept": views_of(request.user).filter(questionnaire=of),
        "snapshots": snapshots_visible_to(request.user).filter(questionnaire=of)[:5],
        "kinds": files.KINDS,
        "has_words": of.purpose == Purpose.REPORT,
        "has_published": of.code == "nr2",
    }


def shown(request: HttpRequest, made: Wanted, beside: str) -> dict[str, Any]:
    """What the page says about the question asked."""
    figures, bank = made.figures, made.figures.bank
    speaker = Speaker(made.of, current(), day=bank.as_of)
    page: dict[str, Any] = {
        "made": made,
        "bank": bank,
        "synthetic": answers_counted(made) == SYNTHETIC,
        "missing": missing(made),
        "silent": speaker.silent(made.question, figures),
        "names_shown": sees_parties(request.user, made.of),
        "address_of": lambda ref: address_of(made.of, ref, made.query(question=None, by=None, show=None)),
    }
    if not made.asked.has_options:
        found = texts(made.of, made.question, made.as_of, answers_counted(made)) if page["names_shown"] else {}
        return page | {"texts": [(code, vocab.label("country", code), text) for code, text in found.items()]}
    table = Table(made)
    page |= {"table": table, "sentence": speaker.on(made.question, figures) if made.counted.answered else []}
    if made.counted.answered:
        page["chart"] = table.chart()
    return page | beside_others(made, beside)


def missing(made: Wanted) -> list[tuple[str, str]]:
    """The Parties of that day that sent no report."""
    parties = set(vocab.members("cpb-parties", made.figures.bank.as_of))
    return country_names(sorted(parties - set(made.figures.bank.countries)))


def beside_others(made: Wanted, code: str) -> dict[str, Any]:
    """The other cycles in which the question was asked, and the one chosen set beside this one."""
    found = list(links(made.asked))
    others = [(other_cycle(one, made.of), one) for one in found]
    chosen = next((one for other, one in others if other.code == code), None)
    comparison: Comparison | None = None
    if chosen is not None:
        own = made.figures
        comparison = compare(
            chosen,
            own if chosen.earlier.questionnaire.code == made.of.code else figures_of(chosen.earlier.questionnaire),
            own if chosen.later.questionnaire.code == made.of.code else figures_of(chosen.later.questionnaire),
        )
    return {"others": others, "chosen": chosen, "comparison": comparison}


def other_cycle(one: Link, of: Questionnaire) -> Questionnaire:
    """The cycle at the other end of a link."""
    return one.earlier.questionnaire if one.later.questionnaire.code == of.code else one.later.questionnaire


def address_of(of: Questionnaire, ref: Ref | None, extra: str = "") -> str:
    """The page that shows what a figure counts."""
    if ref is None or ref.question == "reports":
        return f"{reverse('surveys:analyse', args=[of.code])}?{extra}".rstrip("?")
    query = "&".join(filter(None, [f"question={ref.question}", extra]))
    if not ref.option or ref.option == EVERY:
        return f"{reverse('surveys:analyse', args=[of.code])}?{query}"
    group = f"&group={ref.group}" if ref.group else ""
    return f"{reverse('surveys:parties', args=[of.code])}?{query}&option={ref.option}{group}"


@require_safe
def parties(request: HttpRequest, code: str) -> HttpResponse:
    """The Parties behind one figure."""
    of = cycle(code, request.user)
    option, group = request.GET.get("option", ""), request.GET.get("group", "")
    try:
        made = wanted(of, given(request, of), request.user)
    except grouping.Unknown as unknown:
        raise Http404(str(unknown)) from unknown
    table = Table(made)
    row = next((row for row in table.rows if row.key == option), None)
    column = next((column for column in table.columns if column.key == group), None)
    if row is None or (group and column is None):
        raise Http404(_("There is no such figure."))
    tally = made.counted.option(option)
    bits = tally.bits & next((one.bits for one in made.groups.groups if one.key == group), -1)
    cell = tally.by[group] if group else tally.all
    page = {
        "of": of,
        "made": made,
        "row": row,
        "column": column,
        "cell": cell,
        "synthetic": answers_counted(made) == SYNTHETIC,
        "names_shown": sees_parties(request.user, of),
        "countries": country_names(made.figures.bank.names(bits)),
    }
    return render(request, "surveys/parties.html", page)


@require_safe
def download(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The question as a file."""
    of = cycle(code, request.user)
    try:
        made = wanted(of, given(request, of), request.user)
    except grouping.Unknown as unknown:
        raise Http404(str(unknown)) from unknown
    if kind not in files.KINDS or not made.asked.has_options:
        raise Http404(_("There is no file of this kind. Each question has three: CSV, XLSX and SVG."))
    answer = HttpResponse(files.content(Table(made), kind), content_type=files.KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="kapok-{of.code}-{made.question}.{kind}"'
    return answer


@login_required
@require_POST
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """Keep this question under a name."""
    of = cycle(code, request.user)
    assert isinstance(request.user, Person)
    query = QueryDict(request.POST.get("query", ""), mutable=True)
    query.pop("csrfmiddlewaretoken", None)
    view = SavedView(questionnaire=of, name=request.POST.get("name", ""), query=query.urlencode())
    try:
        view = verbs.keep_view(view, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        view.name = ""
    else:
        messages.success(request, _("The view is kept. Its address can be given to anybody."))
    return redirect(view.address)


@login_required
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a kept question."""
    assert isinstance(request.user, Person)
    view = get_object_or_404(views_of(request.user), pk=pk)
    address = view.address
    verbs.forget_view(view, by=request.user)
    messages.success(request, _("The view is forgotten."))
    return redirect(address)
