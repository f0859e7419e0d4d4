"""The endpoints. Each answers what the page of the same address shows, through the same doors."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query

from kapok import vocab
from kapok.core.languages import TAGS, best, current
from kapok.exchange.api.shapes import Said
from kapok.formats.format import Format, formats
from kapok.formats.schema import schema
from kapok.records.access import visible_to
from kapok.records.payload import payload
from kapok.search.questions import Hit
from kapok.site.api.reading import api
from kapok.site.api.shapes import (
    FormatLine,
    Formats,
    RecordAnswer,
    SearchAnswer,
    SearchParams,
    TermParams,
    Vocabularies,
    VocabularyLine,
)
from kapok.site.find.answers import answer as find
from kapok.site.find.asked import Asked, asked
from kapok.site.find.away import given
from kapok.site.find.facets import facets
from kapok.site.find.results import marked
from kapok.vocab.exports import api_payload

DEEPEST = 20_000


@api.get("/search", response={200: SearchAnswer, 422: Said, 503: Said}, tags=["search"], summary="Search all registers")
def search(
    request: HttpRequest,
    params: Query[SearchParams],
) -> dict[str, Any]:
    """The same question as the page `/search`, every facet of that page as a parameter that may be repeated."""
    question = asked(request.GET)
    answer = given(find(question, request.user, question.counted(request.user)))
    language = current()
    return {
        "total": answer.total,
        "page": answer.page,
        "pages": -(-min(answer.total, DEEPEST) // question.per_page),
        "per_page": question.per_page,
        "correction": answer.correction,
        "results": [found(hit, language) for hit in answer.hits],
        "facets": {name: counts(question, name, values, language) for name, values in answer.facets.items()},
    }


def found(hit: Hit, language: str) -> dict[str, Any]:
    """One hit as plain data."""
    extra = hit.extra
    title, tag = best(extra.get("title") or {}, language)
    keys = ("countries", "status", "days", "freshness", "reviewed", "illustrative", "owner")
    return {
        "id": extra["id"],
        "type": hit.kind,
        "title": title or str(marked(hit.title).striptags()),
        "titles": extra.get("title") or {},
        "language": tag,
        "url": f"{settings.ADDRESS}/records/{extra['id']}",
        "summary": best(extra.get("summary") or {}, language)[0],
        **{key: extra.get(key) for key in keys},
    }


def counts(question: Asked, name: str, values: list[tuple[str, int]], language: str) -> list[dict[str, Any]]:
    """The values of a facet with the addresses that open them."""
    named = facets()[name].named([one for one, _count in values], language)
    opener = question.opener(name)
    return [
        {
            "id": one,
            "label": named[one],
            "count": count,
            "url": f"{settings.ADDRESS}/search{opener(one)}",
        }
        for one, count in values
    ]


@api.get(
    "/records/{identifier}",
    response={200: RecordAnswer, 404: Said},
    tags=["records"],
    summary="One record",
)
def record(request: HttpRequest, identifier: str) -> Any:
    """The published values of a record and what is known about it. A merged record answers with its survivor."""
    found_one = visible_to(request.user).filter(identifier=identifier.upper(), number__gte=1).first()
    if found_one is None:
        raise Http404(_("There is no public record with this identifier."))
    return api.create_response(request, payload(found_one, request.user), status=200)


@api.get("/formats", response=Formats, tags=["formats"], summary="The common formats")
def all_formats(request: HttpRequest) -> dict[str, Any]:
    """Each record type with the address of its schema."""
    return {"formats": [line(form) for form in formats.values()]}


def line(form: type[Format]) -> dict[str, Any]:
    """A format in one line."""
    return FormatLine(
        code=form.code,
        prefix=form.prefix,
        label=str(form.label),
        plural=str(form.plural),
        purpose=str(form.purpose),
        version=form.version,
        national=form.national,
        confirm_after_months=form.confirm_after,
        schema_url=f"{settings.ADDRESS}/api/v1/formats/{form.code}",
        records_url=f"{settings.ADDRESS}/api/v1/search?type={form.code}",
    ).dict()


@api.get(
    "/formats/{code}",
    response={200: dict[str, Any], 404: Said},
    tags=["formats"],
    summary="A format as JSON Schema",
)
def one_format(request: HttpRequest, code: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the values of a record type."""
    if code not in formats:
        raise Http404(_("There is no such format."))
    return schema(formats[code], f"{settings.ADDRESS}/api/v1/formats/{code}")


@api.get("/vocabularies", response=Vocabularies, tags=["vocabularies"], summary="All vocabularies")
def all_vocabularies(request: HttpRequest) -> dict[str, Any]:
    """Each list of terms with its version."""
    lists = [vocab.vocabulary(code) for code in vocab.codes()]
    return {
        "vocabularies": [
            VocabularyLine(
                code=one.code,
                title=best(one.title)[0],
                titles=dict(one.title),
                version=one.version,
                terms=len(one.terms),
                url=f"{settings.ADDRESS}/api/v1/vocabularies/{one.code}",
            ).dict()
            for one in lists
        ]
    }


@api.get(
    "/vocabularies/{code}",
    response={200: dict[str, Any], 404: Said, 422: Said},
    tags=["vocabularies"],
    summary="One vocabulary",
)
def one_vocabulary(
    request: HttpRequest,
    code: str,
    params: Query[TermParams],
) -> dict[str, Any]:
    """The terms of a vocabulary with labels in six languages; groups of countries with their members on a day."""
    if code not in vocab.codes():
        raise Http404(_("There is no such vocabulary."))
    return api_payload(code, params.as_of, params.language if params.language in TAGS else current())
