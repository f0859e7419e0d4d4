"""The shapes of what is sent and answered, as OpenAPI describes them."""

from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field

from kapok.exchange.importing.showing import Tally


class Wrong(Schema):
    """One sentence about one field; the path is that of the form: `budget-0-amount`."""

    field: str
    detail: str


class Said(Schema):
    """A refusal or fault, after RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[Wrong] = []
    revision: int | None = Field(None, description="The present revision of a draft that somebody else saved")


REFUSALS = {400: Said, 401: Said, 403: Said, 404: Said, 409: Said, 413: Said, 422: Said, 429: Said}


class Strict(Schema):
    """What is sent must be known by name."""

    model_config = ConfigDict(extra="forbid")


class NewDraft(Strict):
    """A record to be begun."""

    type: str = Field(max_length=40, description="Record type, such as initiative")
    values: dict[str, Any] = Field({}, description="By the JSON Schema of the format; may be incomplete")
    owner: str = Field("", max_length=40, description="Code of the owning body: KEN, ORG-000012")


class Change(Strict):
    """Fields to be written; null empties one; those left out stay as they are."""

    values: dict[str, Any] = {}
    owner: str = Field("", max_length=40, description="Code of the owning body, before the first publication")


class Note(Strict):
    """A word with the act."""

    note: str = Field("", max_length=1000)


class Reason(Strict):
    """Why."""

    reason: str = Field(max_length=5000)


class Report(Strict):
    """One report of an initiative."""

    values: dict[str, Any] = Field(description="By the item of `reports` in the schema of the format")
    publish: bool = Field(False, description="Publish at once, where the rules allow")


class Checked(Schema):
    """What is missing or wrong in a draft."""

    complete: bool
    errors: list[Wrong]
    remarks: list[Wrong]


class DraftAnswer(Schema):
    """A draft with all that its people may know."""

    id: str
    type: str
    url: str
    stage: str
    revision: int
    base: int = Field(description="The published version it goes on from; 0 for a new record")
    title: dict[str, str]
    owner: str | None
    saved_at: str | None
    submitted_at: str | None
    due_on: str | None
    reason: str
    values: dict[str, Any]


class DraftLine(Schema):
    """A draft in a list."""

    id: str
    type: str
    stage: str
    revision: int
    title: dict[str, str]
    url: str


class Drafts(Schema):
    """One page of drafts."""

    total: int
    page: int
    drafts: list[DraftLine]


class RecordState(Schema):
    """How a record stands after an act."""

    id: str
    type: str
    url: str
    stage: str
    version: int
    confirmed_on: str | None
    due_on: str | None
    freshness: str


class FileAnswer(Schema):
    """A kept file; its token goes into the `file` of a field of files."""

    file: str
    name: str
    size: int
    kind: str
    sha256: str


class Me(Schema):
    """Whose token this is."""

    name: str
    roles: list[str]
    token: str
    scopes: list[str]
    ends_at: str


class ImportProblem(Schema):
    """One sentence about rows of an import."""

    weight: str = Field(description="refused: the row stays out; dropped: the value stays out; remark: nothing does")
    detail: str
    field: str
    value: str
    rows: int = Field(description="How many rows it is said of")
    first: int = Field(description="The number of the first of them; 0 for the file as a whole")


class ImportAnswer(Schema):
    """An import: where it stands, what its rows mean, what is wrong with them."""

    id: int
    url: str
    name: str
    type: str
    body: str | None
    source: str | None
    state: str = Field(description="waiting, reading, read, unreadable, applying, applied, undoing or undone")
    busy: bool = Field(description="A job is at it, or waits; ask again")
    counts: Tally = Field(description="As `kapok import --json` prints them")
    notes: list[ImportProblem] = Field(description="About the files as a whole, such as why they cannot be read")
    problems: list[ImportProblem] = Field(description="Each problem of rows once, the heaviest first; at most 40")
    more_problems: int
    made_at: str
    read_at: str | None
    applied_at: str | None
    undone_at: str | None


class ImportRow(Schema):
    """What one row means, and what became of it."""

    number: int
    file: str
    sheet: str
    line: int = Field(description="The line a person sees in the program the file was made with")
    type: str
    title: str
    outcome: str = Field(description="new, changed, same, refused or similar")
    decision: str = Field(description="What a person said of it: new, take, leave or nothing")
    record: str | None = Field(description="The record it speaks of, or looks like")
    score: int = Field(description="How much it looks like that record, of 100")
    reasons: list[str]
    problems: list[ImportProblem]
    applied_at: str | None
    went_into: str | None = Field(description="The record it went into")
    undone: str = Field(description="Why it stayed when the import was undone; nothing where it did not stay")


class ImportRows(Schema):
    """One page of rows."""

    total: int
    page: int
    rows: list[ImportRow]
