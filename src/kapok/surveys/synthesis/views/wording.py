"""Wording a sentence of the synthesis anew, in one language, with the figures of today beneath."""

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kapok.core.languages import LANGUAGES, TAGS, current
from kapok.core.rules import Refused
from kapok.people.models import Person
from kapok.surveys import verbs
from kapok.surveys.models import Questionnaire, Wording
from kapok.surveys.synthesis import texts
from kapok.surveys.synthesis.access import may_reword
from kapok.surveys.synthesis.reading import figures_of
from kapok.surveys.synthesis.views.words import report_cycle
from kapok.surveys.synthesis.wording import Said, forms


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reword(request: HttpRequest, code: str, sentence: str) -> HttpResponse:
    """Word a sentence anew in one language."""
    of = report_cycle(code, request.user)
    language = request.GET.get("language") or current()
    if language not in TAGS or not texts.known(sentence, language, of):
        raise Http404(_("There is no sentence of this name."))
    if not may_reword(request.user, of):
        raise PermissionDenied(str(may_reword.answer(request.user, of).sentence))
    original = texts.original(sentence, language, of)
    text, problem = texts.in_force()[language].get(sentence, original), ""
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
        "title": texts.TITLES.get(sentence) or title_of(sentence, of),
        "tongue": LANGUAGES[language],
        "text": text,
        "original": original,
        "earlier": Wording.objects.filter(code=sentence, language=language).select_related("by"),
        "forms": forms(language),
        "preview": preview(speaker, sentence, of),
        "sentences": [(key, label) for key, label in texts.TITLES.items() if texts.known(key, language, of)],
        "errors": [("id_text", problem)] if problem else [],
    }
    return render(request, "surveys/reword.html", page, status=422 if problem else 200)


def title_of(sentence: str, of: Questionnaire) -> str:
    """What a sentence is called that has no title: the words of its question, or its own code."""
    question = of.questions.filter(permanent=sentence).first()
    return question.text if question else sentence


def preview(speaker: texts.Speaker, sentence: str, of: Questionnaire) -> list[Said]:
    """The sentence in force, with the figures of today: a sentence on any question as one example."""
    figures = figures_of(of)
    if sentence in texts.PHRASES or not figures.bank.countries:
        return []
    if sentence not in texts.THIS_CODES and sentence in speaker.texts and sentence in texts.TITLES:
        return speaker.say(sentence, figures)
    return next((speaker.generic(code, key, option, figures) for code, key, option in examples(speaker, sentence)), [])


def examples(speaker: texts.Speaker, sentence: str) -> Iterator[tuple[str, str, str]]:
    """Questions of which a sentence may speak: its own, or those of its kind, each with its last telling answer."""
    kind = {"this-also": "this", "this-silent": "this"}.get(sentence, sentence)
    for key, permanent in speaker.permanent.items():
        options = list(speaker.labels[key])
        if options and permanent == sentence:
            yield (sentence if sentence in speaker.texts else speaker.kinds[key]), key, options[0]
        elif options and speaker.kinds[key] == kind:
            yield sentence, key, options[1 if sentence == "this-also" else 0]
