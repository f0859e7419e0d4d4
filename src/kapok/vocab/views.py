"""Pages and files of the vocabularies; all of them are public."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kapok.core.languages import LANGUAGES, TAGS, current
from kapok.vocab import exports, groups, queries
from kapok.vocab.terms import Term, Vocabulary

KINDS = {"json": "application/json", "csv": "text/csv; charset=utf-8", "ttl": "text/turtle; charset=utf-8"}
MAP_WORDS = {
    "exact": lazy("The same as"),
    "broader": lazy("Part of the broader"),
    "narrower": lazy("Broader than"),
    "split": lazy("Divided there; one part is"),
    "merged": lazy("Joined there with others in"),
}
SCHEMES = {
    "bch": lazy("Biosafety Clearing-House"),
    "dac": lazy("OECD-DAC"),
    "iati": lazy("IATI"),
    "sdg": lazy("Sustainable Development Goals"),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every vocabulary, by title."""
    return list_page(request)


def list_page(request: HttpRequest, problem: str = "") -> HttpResponse:
    """The list of vocabularies; with a problem, it is the answer to an address that leads nowhere."""
    lists = sorted(map(queries.vocabulary, queries.codes()), key=lambda one: queries.sort_key(title(one), current()))
    context = {"lists": [(one, title(one)) for one in lists], "kinds": KINDS, "problem": problem}
    return render(request, "vocab/list.html", context, status=404 if problem else 200)


@require_safe
def read(request: HttpRequest, code: str) -> HttpResponse:
    """One vocabulary: its terms in the reader's language, or in all six beside each other."""
    if code not in queries.codes():
        return list_page(request, _("There is no vocabulary of this name. These are the ones there are."))
    found = queries.vocabulary(code)
    as_of = day_asked(request)
    tags = TAGS if request.GET.get("languages") == "all" else (current(),)
    context = {
        "vocabulary": found,
        "title": title(found),
        "terms": [(term, found.depth(term), about(term, as_of)) for term in in_order(found)],
        "tags": tags,
        "languages": [LANGUAGES[tag] for tag in tags],
        "kinds": KINDS,
        "as_of": as_of,
        "asked": request.GET.get("as_of", ""),
        "moves": code in ("country", "group", "place"),
        "has_notes": any(term.note for term in found.terms),
        "map_words": MAP_WORDS,
        "schemes": SCHEMES,
        "has_maps": any(term.maps for term in found.terms),
    }
    return render(request, "vocab/read.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def download(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """One vocabulary as a file."""
    if code not in queries.codes():
        return list_page(request, _("There is no vocabulary of this name. These are the ones there are."))
    if kind not in KINDS:
        return list_page(request, _("There is no file of this kind. Each vocabulary has three, linked here."))
    found = queries.vocabulary(code)
    as_of = day_asked(request)
    if kind == "json":
        body = exports.to_json(found, current(), as_of)
    elif kind == "csv":
        body = "\ufeff" + exports.to_csv(found, as_of)
    else:
        body = exports.to_skos(found, request.build_absolute_uri("/"), as_of)
    answer = HttpResponse(body, content_type=KINDS[kind])
    answer["Content-Disposition"] = f'inline; filename="kapok-{found.code}.{kind}"'
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def title(one: Vocabulary) -> str:
    """What a vocabulary is called in the reader's language."""
    return one.title[current()]


def day_asked(request: HttpRequest) -> date:
    """The day the reader asks about; today, when none or none that exists is given."""
    try:
        return date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return date.today()


def in_order(found: Vocabulary) -> list[Term]:
    """The terms as a select offers them, and those that have ended after them."""
    offered = [choice.id for choice in queries.choices(found.code, current())]
    ended = [term.id for term in found.terms if term.id not in set(offered)]
    return [found.by_id[term_id] for term_id in offered + ended]


def about(term: Term, as_of: date) -> list[str]:
    """What else there is to say of a country or a group on that day."""
    if term.facts:
        return [queries.group_label(group) for group in groups.groups_of(term.id, as_of)]
    if term.id in groups.TESTS:
        return [queries.label("country", iso3) for iso3 in groups.members(term.id, as_of)]
    return []
