"""Overlaps for programs: the same question as the page `/overlaps`."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from kapok import vocab
from kapok.exchange.api.shapes import Said
from kapok.insight.models import OverlapAnswer
from kapok.insight.models.overlaps import Nearness
from kapok.insight.overlaps import queries
from kapok.insight.overlaps.queries import Asked, Line
from kapok.records.models import Record

router = Router(tags=["overlaps"])
PER_PAGE = 50


class OverlapParams(Schema):
    """Which overlaps are asked for."""

    country: str = Field("", max_length=3, description="Country, ISO 3166 alpha-3")
    organisation: str = Field("", max_length=13, description="Organisation, such as ORG-000012")
    kind: str = Field("", max_length=12, description="duplicate, continues or cooperate")
    page: int = Field(1, ge=1, le=10_000)


class Side(Schema):
    """One of two initiatives."""

    id: str
    title: dict[str, str]
    url: str


class Reason(Schema):
    """Why the two come together; `words` in the language asked for."""

    code: str
    words: str


class Answer(Schema):
    """What an owner said."""

    said: str = Field(description="joint, different or same")
    because: str
    for_id: str = Field(description="For which of the two; empty where the Secretariat spoke")
    on: str


class OverlapLine(Schema):
    """Two initiatives and what they share."""

    kind: str
    first: Side
    second: Side
    reasons: list[Reason]
    answers: list[Answer]
    url: str


class OverlapsAnswer(Schema):
    """A page of overlaps, most reasons first."""

    total: int
    page: int
    pages: int
    overlaps: list[OverlapLine]


@router.get("/overlaps", response={200: OverlapsAnswer, 422: Said}, summary="Initiatives that do the same")
def overlaps(request: HttpRequest, params: Query[OverlapParams]) -> dict[str, Any]:
    """Pairs of initiatives that share a country, a theme and the time, with the reasons and the owners' answers."""
    country = params.country.upper()
    asked = Asked(
        country=country if vocab.term("country", country) else "",
        organisation=params.organisation.upper(),
        kind=params.kind if params.kind in Nearness.values else "",
    )
    found = queries.listed(request.user, asked)
    total = found.count()
    start = (params.page - 1) * PER_PAGE
    return {
        "total": total,
        "page": params.page,
        "pages": -(-total // PER_PAGE),
        "overlaps": [line(one) for one in queries.lines(found[start : start + PER_PAGE])],
    }


def line(one: Line) -> dict[str, Any]:
    """One overlap as plain data."""
    pair = f"{one.record.identifier}/with/{one.other.identifier}"
    return {
        "kind": one.kind,
        "first": side(one.record),
        "second": side(one.other),
        "reasons": [{"code": reason.code, "words": reason.words} for reason in one.reasons],
        "answers": [answer(said) for said in one.answers],
        "url": f"{settings.ADDRESS}/overlaps/{pair}",
    }


def side(record: Record) -> dict[str, Any]:
    """A record by its identifier, title and address."""
    address = f"{settings.ADDRESS}/records/{record.identifier}"
    return {"id": record.identifier, "title": record.titles, "url": address}


def answer(said: OverlapAnswer) -> dict[str, str]:
    """What an owner said, as plain data."""
    whose = said.side.identifier if said.side else ""
    return {"said": said.said, "because": said.because, "for_id": whose, "on": said.at.date().isoformat()}
