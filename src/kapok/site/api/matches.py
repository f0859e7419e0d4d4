"""Matches for programs: the same question as the page `/matches`."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from kapok.exchange.api.shapes import Said
from kapok.insight.matches import finding, queries
from kapok.insight.matches.finding import Match
from kapok.insight.matches.queries import Line
from kapok.records.access import visible_to
from kapok.records.models import Record, Stage
from kapok.site.api.overlaps import Reason, Side, side

router = Router(tags=["matches"])


class MatchParams(Schema):
    """For which record: a need, or something that may fit needs."""

    record: str = Field(max_length=13, description="NED-, INI-, OPP-, CRS-, EXP-, RES- or ORG- identifier")


class Word(Schema):
    """What a body said of the match."""

    useful: bool
    because: str
    body: dict[str, str]
    on: str


class MatchLine(Schema):
    """A need and what fits it."""

    need: Side
    other: Side
    type: str = Field(description="Record type of `other`")
    reasons: list[Reason]
    said: list[Word]


class MatchesAnswer(Schema):
    """All matches of a record; most reasons first, then the newest."""

    record: Side
    total: int
    matches: list[MatchLine]


@router.get(
    "/matches", response={200: MatchesAnswer, 404: Said, 422: Said}, summary="What fits a need, and the other way"
)
def matches(request: HttpRequest, params: Query[MatchParams]) -> dict[str, Any]:
    """What fits a need, or the unmet needs that fit a record or an organisation, each with its reasons."""
    open_ = visible_to(request.user).filter(stage=Stage.PUBLISHED)
    record = open_.filter(identifier=params.record.upper()).first()
    if record is None:
        raise Http404(_("There is no public record with this identifier."))
    found = queries.lines(of(record))
    return {"record": side(record), "total": len(found), "matches": [line(one) for one in found]}


def of(record: Record) -> list[Match]:
    """The matches of a record of any type."""
    if record.format == "need":
        found = finding.for_need(record) if queries.is_unmet(record) else {}
        return [one for ones in found.values() for one in ones]
    return finding.needs_for(record)


def line(one: Line) -> dict[str, Any]:
    """A match as plain data."""
    return {
        "need": side(one.match.need),
        "other": side(one.match.other),
        "type": one.match.other.format,
        "reasons": [{"code": ground.code, "words": ground.words} for ground in one.match.grounds],
        "said": [
            {"useful": said.useful, "because": said.because, "body": said.body.names, "on": said.at.date().isoformat()}
            for said in one.said
        ],
    }
