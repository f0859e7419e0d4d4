"""Where each answer of a record comes from, for programs: the same as the page `/records/…/origins`."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from kapok.exchange.api.shapes import Said
from kapok.exchange.origins import Origin, origins, tellings
from kapok.records.access import visible_to

router = Router(tags=["records"])


class SaidBy(Schema):
    """What a source said last of one field."""

    source: str
    on: datetime
    value: Any = Field(None, description="Where it differs from what holds")


class OriginLine(Schema):
    """One field: what holds, since when, and who says what."""

    field: str
    value: Any = None
    version: int | None = Field(None, description="The version in which the field took this value")
    since: datetime | None = None
    said_by: list[SaidBy]
    otherwise: list[SaidBy]


class OriginsAnswer(Schema):
    """The public fields of a record, in the order of its format."""

    id: str
    fields: list[OriginLine]


@router.get("/records/{identifier}/origins", response={200: OriginsAnswer, 404: Said}, summary="Who said what")
def origins_of(request: HttpRequest, identifier: str) -> dict[str, Any]:
    """For each answer of a public record: the sources that say so, and those that say otherwise."""
    record = visible_to(request.user).filter(identifier=identifier.upper(), number__gte=1, stage="published").first()
    if record is None:
        raise Http404(_("There is no public record with this identifier."))
    return {"id": record.identifier, "fields": [line(one) for one in origins(record, tellings(record.pk))]}


def line(one: Origin) -> dict[str, Any]:
    """One field as plain data."""
    return {
        "field": one.name,
        "value": one.value,
        "version": one.since.number if one.since else None,
        "since": one.since.at if one.since else None,
        "said_by": [{"source": said.source, "on": said.at} for said in one.told],
        "otherwise": [{"source": said.source, "on": said.at, "value": said.value} for said in one.otherwise],
    }
