"""The search page and what belongs to it: suggestions and the feed."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok.core.languages import current
from kapok.formats.format import formats
from kapok.people.access import tokens
from kapok.search import index
from kapok.search.documents import origin_of
from kapok.search.questions import Answer, Suggestion
from kapok.site.find.asked import Asked, asked
from kapok.site.find.facets import Facet, facets
from kapok.site.find.results import result

SORT_WORDS = ("relevance", "newest", "closing", "title")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One box over everything, with counts that open what they count."""
    question = asked(request.GET)
    answer = index.ask(question.question(request.user, question.counted(request.user)))
    language = current()
    pages = -(-min(answer.total, 20_000) // question.per_page)
    response = render(
        request,
        "site/search.html",
        {
            "asked": question,
            "answer": answer,
            "results": [result(hit, language) for hit in answer.hits],
            "facets": groups(question, answer, language),
            "chips": chips(question, language),
            "sorts": sorts(question),
            "pages": pages,
            "heading": heading(question),
            "no_search": True,
        },
    )
    if not request.user.is_authenticated:
        response["Kapok-Cache"] = "public"
    return response


def heading(question: Asked) -> str:
    """What the list is, in words: the type when one is chosen, else a search."""
    types = question.filters.get("type", ())
    if len(types) == 1 and types[0] in formats and not question.q:
        return str(formats[types[0]].plural)
    return _("Search results") if question.q or question.filters else _("Search")


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
    named = facet.named([one for one, _count in counts], language)
    items = [
        {
            "id": one,
            "label": named[one],
            "count": count,
            "chosen": one in chosen,
            "url": question.address(**{facet.name: [] if one in chosen else [one]}),
        }
        for one, count in counts
    ]
    if facet.name == "year":
        return sorted(items, key=lambda item: (not item["chosen"], -int(item["id"]) if item["id"].isdigit() else 0))
    return sorted(items, key=lambda item: (not item["chosen"], -item["count"], item["label"]))


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
    return found


def sorts(question: Asked) -> list[tuple[str, str, bool]]:
    """The orders a list can have."""
    words = {
        "relevance": _("Most relevant"),
        "newest": _("Newest"),
        "closing": _("Closing soonest"),
        "title": _("Title"),
    }
    return [(words[one], question.address(sort=one), one == question.sort) for one in SORT_WORDS]


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
