"""The shapes of answers, as OpenAPI describes them."""

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field


class SearchParams(Schema):
    """What may be asked; every other facet of the search page may be given likewise, and repeated."""

    q: str = Field("", max_length=300, description="Words to look for, in any of the six languages")
    type: list[str] = Field([], description="Record types")
    country: list[str] = Field([], description="Countries, ISO 3166 alpha-3")
    theme: list[str] = Field([], description="Themes, by their ids")
    status: list[str] = Field([], description="planned, ongoing, completed, cancelled or suspended")
    sort: str = Field("relevance", description="relevance, newest, closing or title")
    page: int = Field(1, ge=1, le=10_000)
    per_page: int = Field(20, ge=1, le=100)


class TermParams(Schema):
    """The day and the language for which terms are asked."""

    as_of: date | None = Field(None, description="The day for which terms and members are asked")
    language: str = Field("", max_length=7, description="ar, en, es, fr, ru or zh")


class Found(Schema):
    """One result of a search."""

    id: str = Field(description="Identifier, such as INI-000123")
    type: str = Field(description="Record type, such as initiative")
    title: str = Field(description="Title in the language asked for, or the best other one")
    titles: dict[str, str] = Field(description="Title by language; an empty tag where no language is known")
    language: str = Field(description="Language of the title given")
    url: str = Field(description="Address of the record's page")
    summary: str = ""
    owner: dict[str, str] = Field(description="Name of the owning body by language")
    countries: list[str] = Field(description="Country codes, ISO 3166 alpha-3; at most the first twelve")
    status: str = ""
    days: dict[str, str] = Field(description="Days by name: starts, ends, opens, closes")
    freshness: str = ""
    reviewed: bool = True
    illustrative: bool = False


class Count(Schema):
    """One value of a facet; `url` opens exactly the records that `count` counts."""

    id: str
    label: str
    count: int
    url: str


class SearchAnswer(Schema):
    """A page of results with the counts of each facet."""

    total: int
    page: int
    pages: int
    per_page: int
    correction: str = Field("", description="The words searched instead, when a typing error was forgiven")
    results: list[Found]
    facets: dict[str, list[Count]]


class FormatLine(Schema):
    """One of the common formats."""

    code: str
    prefix: str
    label: str
    plural: str
    purpose: str
    version: int
    national: bool
    confirm_after_months: int | None
    schema_url: str
    records_url: str


class VocabularyLine(Schema):
    """One vocabulary."""

    code: str
    title: str
    titles: dict[str, str]
    version: str
    terms: int
    url: str


class Formats(Schema):
    """All formats."""

    formats: list[FormatLine]


class Vocabularies(Schema):
    """All vocabularies."""

    vocabularies: list[VocabularyLine]


class RecordAnswer(Schema):
    """A record: what is known about it, and its values by the JSON Schema of its format."""

    id: str
    type: str
    url: str
    title: dict[str, str]
    version: int
    values: dict[str, Any]
    model_config = {"extra": "allow"}


class SynthesisParams(Schema):
    """What may be asked of the answers of a cycle."""

    cycle: str = Field(max_length=40, description="Code of the questionnaire: nr2, nr3, nr4 or nr5")
    question: str = Field(max_length=60, description="Key of the question, such as 143")
    by: str = Field(
        "region", max_length=200, description="region, party, ldc, sids, eit, question:KEY, or groups: africa,ldc"
    )
    as_of: date | None = Field(None, description="Only what was submitted by this day, with the groups of this day")
    data: str = Field("", max_length=12, description="reports or synthetic; real reports, where there are any")
    snapshot: str = Field("", max_length=64, description="Hash of a frozen snapshot, or its beginning")
    parties: bool = Field(False, description="Name the Parties behind each figure, where they may be seen")


class SynthesisCell(Schema):
    """One figure; the percentage is of those in the group who answered this question."""

    count: int
    percent: int | None
    model_config = {"extra": "allow"}


class SynthesisOption(SynthesisCell):
    """One answer on offer."""

    key: str
    label: str
    by: dict[str, SynthesisCell]


class SynthesisAnswer(Schema):
    """A counted question. Figures of groups that overlap must not be added."""

    cycle: str
    question: str
    label: str
    by: str
    as_of: date
    synthetic: bool = Field(description="True when the answers are synthetic, not those of the Parties")
    reported: int
    asked: int
    respondents: int
    not_answered: int
    groups: list[dict[str, Any]]
    options: list[SynthesisOption]
    snapshot: str = Field(description="Hash of the answers counted: the same hash always gives the same figures")
    model_config = {"extra": "allow"}
