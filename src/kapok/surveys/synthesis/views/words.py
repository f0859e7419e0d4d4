"""The synthesis in words: sentences whose figures open what they count; freezing, wording and signing them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kapok.core.languages import current
from kapok.core.rules import Refused
from kapok.core.verbs import may
from kapok.people.models import Person
from kapok.surveys import verbs
from kapok.surveys.models import Purpose, Questionnaire, Snapshot, Wording
from kapok.surveys.synthesis import report, texts
from kapok.surveys.synthesis.access import may_head, may_reword, snapshots_visible_to
from kapok.surveys.synthesis.bank import from_content
from kapok.surveys.synthesis.figures import Figures
from kapok.surveys.synthesis.paragraphs import Chapter, Synthesis
from kapok.surveys.synthesis.reading import REPORTS, SYNTHETIC, figures_of, keep
from kapok.surveys.synthesis.views.analyzer import address_of, cycle

# What the Secretariat may add to the masthead of the document, by its name in the address.
HEAD = ("symbol", "agenda_item", "distribution")


def synthesis_of(of: Questionnaire, figures: Figures, today: Figures, held: Snapshot | None = None) -> Synthesis:
    """Every paragraph on a cycle, each figure compared with the answers of today."""
    wording = held.wording or None if held else None
    return Synthesis(of, texts.Speaker(of, current(), wording, day=figures.bank.as_of), figures, today)


def chapter_of(request: HttpRequest, said: Synthesis) -> Chapter | None:
    """The chapter the address names, else the first; none where nobody has answered."""
    key = request.GET.get("section", "")
    found = said.chapter(key)
    if key and found is None:
        raise Http404(_("There is no such section, or nobody has answered its questions."))
    return found


@require_safe
def words(request: HttpRequest, code: str) -> HttpResponse:
    """The paragraphs as the answers of today make them."""
    return in_words(request, report_cycle(code, request.user))


def report_cycle(code: str, who: Any) -> Questionnaire:
    """A cycle of national reports; of other questionnaires no synthesis is written."""
    of = cycle(code, who)
    if of.purpose != Purpose.REPORT:
        raise Http404(_("A synthesis in words is written of national reports only."))
    return of


def in_words(request: HttpRequest, of: Questionnaire, problem: str = "") -> HttpResponse:
    """The page of the paragraphs, with what is wrong in its form."""
    figures = figures_of(of)
    said = synthesis_of(of, figures, figures)
    page = {
        "of": of,
        "chapters": said.chapters,
        "chapter": chapter_of(request, said),
        "bank": figures.bank,
        "snapshots": snapshots_visible_to(request.user).filter(questionnaire__code=of.code),
        "documents": report.KINDS if said.chapters else (),
        "may_freeze": bool(said.chapters) and may(request.user, verbs.freeze, of),
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
    of = report_cycle(code, request.user)
    if kind not in report.KINDS:
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
    said = synthesis_of(of, figures, today, held)
    page: dict[str, Any] = {
        "of": of,
        "snapshot": held,
        "bank": figures.bank,
        "chapters": said.chapters,
        "chapter": chapter_of(request, said),
        "changed": said.changed,
        "moved": held.digest != today.bank.digest,
        "today": today.bank.digest,
        "documents": report.KINDS if said.chapters else (),
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
