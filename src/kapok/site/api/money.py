"""Money for programs: the same question as the page `/money`, with the address of the rows behind each sum."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kapok.exchange.api.shapes import Said
from kapok.site.find.answers import remark
from kapok.site.money.asked import asked
from kapok.site.money.views import labels

router = Router(tags=["insight"])


class MoneyParams(Schema):
    """What may be asked; every facet of the search page may be given besides, and repeated."""

    by: Literal["year", "period", "funder", "source", "region", "country", "theme"] = "year"
    prices: int | None = Field(None, description="A year whose prices are used; without it each year has its own")
    from_: int | None = Field(None, alias="from", ge=1900, le=2100, description="First year of the budget lines")
    to: int | None = Field(None, ge=1900, le=2100, description="Last year")
    as_of: date | None = Field(None, description="A day of the past; everything counts as published at its end")


class Sum(Schema):
    """USD of one kind under one value. `url` lists the records whose parts make up the amount."""

    id: str
    label: str
    kind: str
    amount: Decimal
    url: str


class Own(Schema):
    """An amount that no sum holds: it has no rate of exchange, or its year has no level of prices."""

    currency: str
    kind: str
    amount: Decimal


class MoneyAnswer(Schema):
    """All sums; amounts of unlike kind are never added."""

    by: str
    prices: int | None
    sums: list[Sum]
    total: dict[str, Decimal] = Field(description="USD by kind of money")
    left_out: list[Own] = Field(description="What no sum holds, in its own currency")
    as_of: date
    remark: str = Field(description="What must be known of an answer about a day before the registers began")


@router.get("/money", response={200: MoneyAnswer, 422: Said}, summary="Money by year, funder, source, place or theme")
def money(request: HttpRequest, params: Query[MoneyParams]) -> dict[str, Any]:
    """Committed money as registered, split by countries and themes to the cent."""
    question = asked(request.GET)
    sums = question.sums(question.by, "kind")
    named = labels(question.by, [value for value, _kind in sums])
    total: dict[str, Decimal] = {}
    for (_value, kind), cents in sums.items():
        total[kind] = total.get(kind, Decimal(0)) + Decimal(cents) / 100
    return {
        "by": question.by,
        "prices": question.prices,
        "sums": [
            {
                "id": value,
                "label": named[value],
                "kind": kind,
                "amount": Decimal(cents) / 100,
                "url": f"{settings.ADDRESS}/money/rows{question.rows(value, kind)}",
            }
            for (value, kind), cents in sorted(sums.items())
        ],
        "total": total,
        "left_out": [
            {"currency": currency, "kind": kind, "amount": Decimal(cents) / 100}
            for (currency, kind), cents in sorted(question.left_out().items())
        ],
        "as_of": question.search.as_of or date.today(),
        "remark": remark(question.search.as_of),
    }
