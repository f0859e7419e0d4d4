"""The synthesis in words: sentences whose figures open what they count; freezing, wording and signing them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kapok.core.languages import LANGUAGES, TAGS, current
from kapok.core.rules import Refused
from kapok.core.verbs import may
from kapok.people.models import Person
from kapok.surveys import verbs
from kapok.surveys.models import Questionnaire, Snapshot, Wording
from kapok.surveys.synthesis import published as oracle
from kapok.surveys.synthesis import report, texts
from kapok.surveys.synthesis.access import may_head, may_reword, snapshots_visible_to
from kapok.surveys.synthesis.bank import from_content
from kapok.surveys.synthesis.figures import EVERY, Figures, Ref
from kapok.surveys.synthesis.grouping import label
from kapok.surveys.synthesis.reading import REPORTS, SYNTHETIC, figures_of, keep
from kapok.surveys.synthesis.reconstruct import CYCLE
from kapok.surveys.synthesis.views.analyzer import address_of, cycle
from kapok.surveys.synthesis.wording import Said, against, forms

# What the Secretariat may add to the masthead of the document, by its name in the address.
HEAD = ("symbol", "agenda_item", "distribution")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence on a page: its pieces, and how many of its figures have changed."""

    code: str
    title: str
    said: list[Said]

    @property
    def changed(self) -> int:
        return sum(one.changed for one in self.said)


def written(of: Questionnaire, figures: Figures, today: Figures, held: Snapshot | None = None) -> list[Paragraph]:
    """Every paragraph of the report, each figure compared with the answers of today."""
    wording = held.wording or None if held else None
    speaker = texts.Speaker(of, current(), wording, day=figures.bank.as_of)
    return [
        Paragraph(code, str(texts.TITLES[code]), against(speaker.say(code, figures), today))
        for code in texts.PARAGRAPHS
    ]


@require_safe
def words(request: HttpRequest, code: str) -> HttpResponse:
    """The paragraphs as the answers of today make them."""
    of = cycle(code, request.user)
    if of.code != CYCLE:
        raise Http404(_("The sentences of the report speak of the second national reports only."))
    return in_words(request, of)


def in_words(request: HttpRequest, of: Questionnaire, problem: str = "") -> HttpResponse:
    """The page of the paragraphs, with what is wrong in its form."""
    figures = figures_of(of)
    page = {
        "of": of,
        "paragraphs": written(of, figures, figures) if figures.bank.countries else [],
        "bank": figures.bank,
        "snapshots": snapshots_visible_to(request.user).filter(questionnaire__code=of.code),
        "documents": report.KINDS,
        "may_freeze": may(request.user, verbs.freeze, of),
        "may_reword": may_reword(request.user, of),
        "problem": problem,
        "address_of": lambda ref: address_of(of, ref),
        **heading(request, of),
    }
    return render(request, "surveys/words.html", page, status=422 if problem else 200)


def heading(request: HttpRequest, of: Questionnaire) -> dict[str, Any]:
    """What the form of the masthead needs, for whoever may fill it."""
    return {
        "may_head": may_head(request.user, of),
        "head": {name: request.GET.get(name, "") for name in HEAD},
        "distributions": list(report.DISTRIBUTIONS.items()),
    }


def particulars(request: HttpRequest, of: Questionnaire) -> report.Particulars | None:
    """What the Secretariat gave for the masthead; none when it gave nothing. From others, the address names nothing."""
    given = {name: request.GET.get(name, "").strip() for name in HEAD}
    if not any(given.values()):
        return None
    if not may_head(request.user, of):
        raise PermissionDenied(str(may_head.answer(request.user, of).sentence))
    return report.Particulars(**given)


@require_safe
def document(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The synthesis as a document, in the language of the page, with the masthead the Secretariat asked for."""
    of = cycle(code, request.user)
    if of.code != CYCLE or kind not in report.KINDS:
        raise Http404(_("There is no such document. There are DOCX, PDF and HTML."))
    digest = request.GET.get("snapshot", "")
    held = found(request, digest) if digest else None
    figures = keep(held.digest, lambda: Figures(from_content(held.content))) if held else figures_of(of)
    if not figures.bank.countries:
        raise Http404(_("Nobody has answered this questionnaire yet."))
    try:
        head = particulars(request, of)
    except ValueError as wrong:
        return shown(request, held, str(wrong), status=422) if held else in_words(request, of, str(wrong))
    newest = Wording.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    key = f"synthesis-{figures.bank.digest[:32]}-{held.pk if held else 0}-{current()}-{kind}-{newest}"
    made = None if head else cache.get(key)
    if made is None:
        made = report.content(report.document(of, figures, current(), snapshot=held, particulars=head), kind)
        if not head:
            cache.set(key, made, 3600)
    answer = HttpResponse(made, content_type=report.KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="kapok-synthesis-{of.code}-{current()}.{kind}"'
    return answer


@login_required
@require_POST
def freeze(request: HttpRequest, code: str) -> HttpResponse:
    """Freeze the figures as they are now."""
    of = cycle(code, request.user)
    assert isinstance(request.user, Person)
    made = verbs.freeze(of, by=request.user, name=request.POST.get("name", ""))
    messages.success(request, _("The figures are frozen. Look at them, then sign."))
    return redirect(made)


def found(request: HttpRequest, digest: str) -> Snapshot:
    """A snapshot that the reader may see."""
    snapshot = snapshots_visible_to(request.user).filter(digest__startswith=digest).first() if digest else None
    if snapshot is None:
        raise Http404(_("There is no snapshot of this name that you may see."))
    return snapshot


@require_safe
def snapshot(request: HttpRequest, digest: str) -> HttpResponse:
    """A frozen synthesis: its sentences, with what the answers of today would change marked."""
    held = found(request, digest)
    return shown(request, held)


def shown(request: HttpRequest, held: Snapshot, problem: str = "", status: int = 409) -> HttpResponse:
    """The page of a snapshot."""
    of = held.questionnaire
    figures = keep(held.digest, lambda: Figures(from_content(held.content)))
    today = figures_of(of, data=SYNTHETIC if held.synthetic else REPORTS)
    paragraphs = written(of, figures, today, held) if of.code == CYCLE else []
    page: dict[str, Any] = {
        "of": of,
        "snapshot": held,
        "bank": figures.bank,
        "paragraphs": paragraphs,
        "changed": sum(paragraph.changed for paragraph in paragraphs),
        "moved": held.digest != today.bank.digest,
        "today": today.bank.digest,
        "documents": report.KINDS if of.code == CYCLE else (),
        "may_sign": may(request.user, verbs.sign, held),
        "problem": problem,
        "address_of": lambda ref: address_of(of, ref, f"snapshot={held.short}"),
        **heading(request, of),
    }
    return render(request, "surveys/snapshot.html", page, status=status if problem else 200)


@login_required
@require_POST
def sign(request: HttpRequest, digest: str) -> HttpResponse:
    """Sign what was shown."""
    held = found(request, digest)
    assert isinstance(request.user, Person)
    try:
        verbs.sign(held, by=request.user, seen=request.POST.get("seen", ""))
    except Refused as refused:
        return shown(request, held, str(refused.sentence))
    messages.success(request, _("The synthesis is signed and open to all."))
    return redirect(held)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reword(request: HttpRequest, code: str, sentence: str) -> HttpResponse:
    """Word a sentence anew in one language."""
    of = cycle(code, request.user)
    language = request.GET.get("language") or current()
    if of.code != CYCLE or language not in TAGS or not texts.known(sentence, language):
        raise Http404(_("There is no sentence of this name."))
    if not may_reword(request.user, of):
        raise PermissionDenied(str(may_reword.answer(request.user, of).sentence))
    text, problem = texts.in_force()[language][sentence], ""
    if request.method == "POST":
        assert isinstance(request.user, Person)
        text = request.POST.get("text", "")
        try:
            verbs.reword(Wording(code=sentence, language=language), by=request.user, text=text, of=of)
        except Refused as refused:
            problem = str(refused.sentence)
        else:
            messages.success(request, _("The sentence is worded anew."))
            return redirect(f"{reverse('surveys:reword', args=[of.code, sentence])}?language={language}")
    speaker = texts.Speaker(of, language, day=of.due_on)
    page = {
        "of": of,
        "sentence": sentence,
        "title": texts.TITLES.get(sentence, sentence),
        "language": LANGUAGES[language],
        "text": text,
        "original": texts.built_in()[language][sentence],
        "earlier": Wording.objects.filter(code=sentence, language=language).select_related("by"),
        "forms": forms(language),
        "preview": preview(speaker, sentence, of),
        "sentences": [(key, label) for key, label in texts.TITLES.items()],
        "errors": [("id_text", problem)] if problem else [],
    }
    return render(request, "surveys/reword.html", page, status=422 if problem else 200)


def preview(speaker: texts.Speaker, sentence: str, of: Questionnaire) -> list[Said]:
    """The sentence in force, with the figures of today."""
    figures = figures_of(of)
    if sentence in texts.PHRASES or not figures.bank.countries:
        return []
    if sentence in texts.THIS_CODES:
        return speaker.generic(sentence, "144" if sentence == "this-shares" else "143", "yes", figures)
    return speaker.say(sentence, figures)


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
