"""The matrix for programs: the same question as the page `/gaps`, with the address of the rows behind each figure."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kapok.exchange.api.shapes import Said
from kapok.insight.counting import Tally
from kapok.site.find.answers import remark
from kapok.site.gaps.asked import Asked, asked
from kapok.site.gaps.table import labels

router = Router(tags=["insight"])
WHATS = ("needs", "planned", "ongoing", "completed")


class MatrixParams(Schema):
    """What may be asked; every facet of the search page may be given besides, and repeated."""

    rows: Literal["country", "region", "group", "organisation", "funder"] = "country"
    cols: Literal["theme", "method", "audience", "level", "year"] = "theme"
    from_: int | None = Field(None, alias="from", ge=1900, le=2100, description="First year; what has no years stays")
    to: int | None = Field(None, ge=1900, le=2100, description="Last year")
    as_of: date | None = Field(None, description="A day of the past; everything counts as published at its end")
    status: list[str] = Field([], description="planned, ongoing, completed, cancelled or suspended")


class Figures(Schema):
    """What is counted. `url` opens the `count` records, `urls` those of each figure; money in USD by kind."""

    needs: int
    planned: int
    ongoing: int
    completed: int
    count: int = Field(description="All records counted here, each once")
    rank: int | None = Field(None, description="Highest rank among the open needs")
    horizon: str = Field("", description="By when the need of the highest rank is to be met")
    confirmed_on: date | None = Field(None, description="Last confirmation of any of the records")
    money: dict[str, Decimal] = Field(description="USD by kind of money; amounts of unlike kind are never added")
    unconverted: int = Field(0, description="Parts of amounts without a rate of exchange, which no sum holds")
    url: str
    urls: dict[str, str]


class Line(Schema):
    """A row or a column with all it holds."""

    id: str
    label: str
    total: Figures


class Cell(Figures):
    """What one row and one column share."""

    row: str
    col: str
    state: str = Field(description="gap, crowded, stale, ending, covered, unstated or empty, by the rules in force")


class MatrixAnswer(Schema):
    """The whole matrix; cells that hold nothing are left out."""

    rows: list[Line]
    cols: list[Line]
    cells: list[Cell]
    total: Figures
    as_of: date
    remark: str = Field(description="What must be known of an answer about a day before the registers began")


@router.get("/matrix", response={200: MatrixAnswer, 422: Said}, summary="Needs and support by two sides")
def matrix(request: HttpRequest, params: Query[MatrixParams]) -> dict[str, Any]:
    """Open needs and initiatives by country and theme, or by other sides, with any filter of the search."""
    question = asked(request.GET, request.user)
    found = question.matrix()
    rows, cols = labels(question.rows, found.rows), labels(question.cols, found.cols)
    return {
        "rows": [
            {"id": one, "label": rows[one], "total": figures(question, found.by_row[one], one)} for one in found.rows
        ],
        "cols": [
            {"id": one, "label": cols[one], "total": figures(question, found.by_col[one], "", one)}
            for one in found.cols
        ],
        "cells": [
            {"row": row, "col": col, "state": tally.state, **figures(question, tally, row, col)}
            for (row, col), tally in found.cells.items()
        ],
        "total": figures(question, found.total),
        "as_of": question.search.as_of or date.today(),
        "remark": remark(question.search.as_of),
    }


def figures(question: Asked, tally: Tally, row: str = "", col: str = "") -> dict[str, Any]:
    """A tally as plain data, each figure with its address."""
    root = f"{settings.ADDRESS}/search"
    return {
        **{what: getattr(tally, what) for what in WHATS},
        "count": tally.all,
        "rank": tally.rank,
        "horizon": tally.horizon,
        "confirmed_on": tally.confirmed,
        "money": {kind: Decimal(cents) / 100 for kind, cents in tally.usd.items()},
        "unconverted": tally.unconverted,
        "url": f"{root}{question.figure('all', row, col)}",
        "urls": {what: f"{root}{question.figure(what, row, col)}" for what in WHATS if getattr(tally, what)},
    }
