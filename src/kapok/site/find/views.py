"""The search page, and suggestions while somebody types."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok import vocab
from kapok.core.languages import current
from kapok.formats.format import formats
from kapok.formats.kinds import knowing
from kapok.people.access import tokens
from kapok.search import index
from kapok.search.documents import origin_of
from kapok.search.questions import Answer, Suggestion
from kapok.site import show
from kapok.site.find.answers import answer as find
from kapok.site.find.asked import Asked, asked
from kapok.site.find.away import WAIT, is_unanswered
from kapok.site.find.facets import Facet, facets
from kapok.site.find.results import result
from kapok.site.pages.counts import public

SORT_WORDS = ("relevance", "newest", "closing", "title")
DEEPEST = 20_000
# How many values of a facet stand before “more”, and how many are named at all where there may be thousands.
SHOWN, MOST_VALUES = 7, 60
BY_RECORD = ("organisation", "role", "funder")
# Types with days that belong in a calendar.
DATED = frozenset({"opportunity", "course", "news"})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One box over everything, with counts that open what they count."""
    question = asked(request.GET)
    answer = find(question, request.user, question.counted(request.user))
    page = page_of(request, question, answer)
    if not page["is_unanswered"]:
        return public(render(request, "site/search.html", page), request)
    response = render(request, "site/search.html", page, status=503)
    response.headers["Retry-After"] = WAIT
    return response


def page_of(request: HttpRequest, question: Asked, answer: Answer) -> dict[str, Any]:
    """All that the page shows of an answer."""
    language = current()
    types, unanswered = question.filters.get("type", ()), is_unanswered(answer)
    with knowing(linked(question, answer)):
        used = chips(question, language)
        facets_ = groups(question, answer, language)
    return {
        "asked": question,
        "answer": answer,
        "results": [result(hit, language) for hit in answer.hits],
        "facets": facets_,
        "chips": used,
        "sorts": sorts(question, answer),
        "pages": -(-min(answer.total, DEEPEST) // question.per_page),
        "heading": heading(question),
        "form": formats[types[0]] if len(types) == 1 and types[0] in formats else None,
        "dated": bool(DATED.intersection(types)),
        "ways_out": ways_out(question, request.user, used) if not answer.total and not unanswered else [],
        "is_unanswered": unanswered,
        "no_search": True,
    }


def linked(question: Asked, answer: Answer) -> set[str]:
    """The records that facets and chips name, so that they are looked up at once."""
    found: set[str] = set()
    for name in BY_RECORD:
        ids = [one for one, _count in answer.facets.get(name, ())[:MOST_VALUES]]
        found.update(one.rpartition("|")[2] for one in (*ids, *question.filters.get(name, ())))
    return found


def ways_out(question: Asked, who: Any, used: list[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """For an empty list: what each filter in use hides, where leaving it out would find something."""
    found = []
    for label, address in used[:8]:
        total = find(asked(QueryDict(address[1:])), who).total
        if total:
            found.append((label, address, total))
    return sorted(found, key=lambda way: -way[2])


def heading(question: Asked) -> str:
    """What the list is, in words: the type when one is chosen, else a search."""
    types = question.filters.get("type", ())
    if len(types) == 1 and types[0] in formats and not question.q:
        return str(formats[types[0]].plural)
    return _("Search results") if question.q or question.filters else _("Search")


def described(question: Asked, language: str) -> str:
    """The whole question in words: `“seeds”, Need, Kenya`."""
    parts = [f"“{question.q}”"] if question.q else []
    for name, ids in question.filters.items():
        if name != "stage":
            parts.extend(facets()[name].named(list(ids), language).values())
    return ", ".join(str(one) for one in parts) or str(_("everything new"))


def groups(question: Asked, answer: Answer, language: str) -> list[dict[str, Any]]:
    """Each facet with its values: label, count, address of the list, and whether it is chosen."""
    found = []
    for name, counts in answer.facets.items():
        facet = facets()[name]
        chosen = question.filters.get(name, ())
        items = values(question, facet, counts, chosen, language)
        if items and (chosen or len(items) > 1 or items[0]["count"] != answer.total):
            found.append({"name": name, "label": facet.label, "entries": items, "chosen": bool(chosen)})
    return found


def values(
    question: Asked, facet: Facet, counts: list[tuple[str, int]], chosen: tuple[str, ...], language: str
) -> list[dict[str, Any]]:
    """The values of one facet. Choosing one opens the list of exactly its count; choosing it again lets it go."""
    counts = [pair for at, pair in enumerate(counts) if at < MOST_VALUES or facet.by_label or pair[0] in chosen]
    named = facet.named([one for one, _count in counts], language)
    without, opener = question.address(**{facet.name: []}), question.opener(facet.name)
    items = [
        {
            "id": one,
            "label": named[one],
            "count": count,
            "chosen": one in chosen,
            "url": without if one in chosen else opener(one),
        }
        for one, count in counts
    ]
    if facet.name == "year":
        return sorted(items, key=lambda item: (not item["chosen"], -int(item["id"]) if item["id"].isdigit() else 0))
    order = {one: (one not in chosen, -count, str(named[one])) for one, count in counts}
    items.sort(key=lambda item: order[str(item["id"])])
    if facet.by_label:
        # The commonest first; those behind “more” stand as in a list of names.
        items[SHOWN:] = sorted(items[SHOWN:], key=lambda item: vocab.sort_key(str(item["label"]), language))
    return items


def chips(question: Asked, language: str) -> list[tuple[str, str]]:
    """The filters in use, each with the address of the list without it."""
    found = []
    for name, ids in question.filters.items():
        facet = facets()[name]
        named = facet.named(list(ids), language)
        for one in ids:
            left = [other for other in ids if other != one]
            found.append((f"{facet.label}: {named[one]}", question.address(**{name: left})))
    if question.q:
        found.insert(0, (f"“{question.q}”", question.address(q="")))
    if question.years:
        said = "–".join(dict.fromkeys(str(year) for year in question.years))
        found.append((_("Years: %(years)s") % {"years": said}, question.address(**{"from": "", "to": ""})))
    if question.only_counted:
        found.append((_("Open needs, and what is planned, under way or completed"), question.address(counted="")))
    if question.as_of:
        day = show.date(question.as_of)
        found.append((_("As of %(day)s") % {"day": day}, question.address(as_of="")))
    return found


def sorts(question: Asked, answer: Answer) -> list[tuple[str, str, bool]]:
    """The orders that make sense for this list."""
    words = {
        "relevance": _("Most relevant"),
        "newest": _("Newest"),
        "closing": _("Closing soonest"),
        "title": _("Title"),
    }
    useful = {"relevance": bool(question.q), "closing": bool(answer.facets.get("window"))}
    now = "newest" if question.sort == "relevance" and not question.q else question.sort
    return [(words[one], question.address(sort=one), one == now) for one in SORT_WORDS if useful.get(one, True)]


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Ways to go on typing: words, and records to open (`?q=…&type=organisation`)."""
    typed, wanted = request.GET.get("q", "")[:100], request.GET.getlist("type")
    found = index.suggest(typed, tokens(request.user), current(), limit=60 if wanted else 8)
    shown = [one for one in found if not wanted or one.kind in wanted][:8]
    return JsonResponse({"results": [suggestion(one) for one in shown]})


def suggestion(one: Suggestion) -> dict[str, str]:
    """A suggestion as the box of suggestions reads it: a word to search, or a record to open."""
    identifier = origin_of(one.key).partition(":")[2]
    root = get_script_prefix()
    return {
        "id": identifier,
        "label": f"{one.text} ({identifier})" if identifier else one.text,
        "note": str(formats[one.kind].label) if one.kind in formats else "",
        "url": f"{root}records/{identifier}" if identifier else f"{root}search?{urlencode({'q': one.text})}",
    }
