"""Imports: send files, see what they mean, take the good rows in, stop, undo. Reading and writing happen in jobs."""

from enum import StrEnum

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Form, Query, Schema, UploadedFile
from pydantic import Field

from kapok.core.languages import TAGS
from kapok.core.rules import Refused
from kapok.exchange.api.drafts import PER_PAGE, Page
from kapok.exchange.api.finding import acting, body_of
from kapok.exchange.api.once import Done, once
from kapok.exchange.api.router import router
from kapok.exchange.api.shapes import REFUSALS, ImportAnswer, ImportProblem, ImportRow, ImportRows
from kapok.exchange.importing import showing, verbs
from kapok.exchange.importing.access import imports_visible_to
from kapok.exchange.importing.asked import TOO_LARGE, TYPES
from kapok.exchange.importing.jobs import read
from kapok.exchange.models import Import, Outcome, Row, Scope
from kapok.files.receiving import is_cut
from kapok.people.models import Person
from kapok.records.payload import moment

MOST_PROBLEMS = 40
PLAIN = r"^[^\x00-\x1f]*$"


class NewImport(Schema):
    """What goes with the files."""

    type: str = Field("initiative", max_length=40, description="What a row is", json_schema_extra={"enum": [*TYPES]})
    body: str = Field("", max_length=40, description="Code of the owning body: KEN, ORG-000012; none: drafts of yours")
    source: str = Field("", max_length=200, pattern=PLAIN, description="Where the files come from: a name you keep")
    language: str = Field("en", pattern=f"^({'|'.join(TAGS)})$", description="Of texts that do not say theirs")
    whole: bool = Field(False, description="It is the whole list of this source: what it names no more is marked so")
    drafts: bool = Field(False, description="Let all rows go in as drafts")


class Shown(StrEnum):
    """Which rows of an import."""

    ALL = ""
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"
    SIMILAR = "similar"
    ORGANISATIONS = "organisations"


class Wished(Page):
    """Which rows of an import, and which page of them."""

    outcome: Shown = Field(Shown.ALL, description="`organisations`: those nobody knew, which go in with the rows")


@router.post("/imports", response={202: ImportAnswer, **REFUSALS}, summary="Send files to be brought in")
@once
def bring_in(request: HttpRequest, sent: Form[NewImport], files: File[list[UploadedFile]]) -> Done:
    """Keep files of at most 20 MB each, to be read by a job. Nothing in the registers changes before it is applied."""
    by = acting(request, Scope.IMPORT)
    if sent.type not in TYPES:
        raise Refused(_("There is no such format."))
    if any(is_cut(one) for one in files):
        raise Refused(TOO_LARGE)
    imported = verbs.bring(
        [(one.name or "file", one) for one in files],
        by=by,
        form=sent.type,
        body=body_of(sent.body),
        source=sent.source,
        options={"language": sent.language} | {name: True for name in ("whole", "drafts") if getattr(sent, name)},
    )
    read.using(key=imported.reference, priority=5).enqueue(imported.pk)
    return accepted(imported)


def accepted(imported: Import) -> Done:
    """What was asked for is under way; the import's address tells how far it is."""
    return Done(whole(imported), 202, {"Location": f"/api/v1/imports/{imported.pk}"})


def import_of(by: Person, pk: int) -> Import:
    """An import that the person may look at."""
    found = imports_visible_to(by).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such import, or it is not open to you."))
    return found


@router.get("/imports/{pk}", response={200: ImportAnswer, **REFUSALS}, summary="How an import stands")
def read_import(request: HttpRequest, pk: int) -> ImportAnswer:
    """State, counts, and the problems that weigh most, each once. Counts grow while the files are read."""
    return whole(import_of(acting(request, Scope.IMPORT), pk))


@router.get("/imports/{pk}/rows", response={200: ImportRows, **REFUSALS}, summary="Rows of an import")
def read_rows(request: HttpRequest, pk: int, params: Query[Wished]) -> ImportRows:
    """What each row means, what is wrong with it, and what became of it; 50 on a page."""
    imported = import_of(acting(request, Scope.IMPORT), pk)
    found = imported.rows.filter(extra=params.outcome == Shown.ORGANISATIONS).select_related("target", "result")
    if params.outcome in Outcome.values:
        found = found.filter(outcome=params.outcome)
    start = (params.page - 1) * PER_PAGE
    rows = [line(one) for one in found[start : start + PER_PAGE]]
    return ImportRows(total=found.count(), page=params.page, rows=rows)


@router.post("/imports/{pk}/apply", response={202: ImportAnswer, **REFUSALS}, summary="Take the good rows in")
@once
def apply_import(request: HttpRequest, pk: int) -> Done:
    """Let a job take in the rows that are right; the others stay out until they are mended."""
    by = acting(request, Scope.IMPORT)
    return accepted(verbs.apply(import_of(by, pk), by=by))


@router.post("/imports/{pk}/undo", response={202: ImportAnswer, **REFUSALS}, summary="Undo an import")
@once
def undo_import(request: HttpRequest, pk: int) -> Done:
    """Let a job take everything back: new records go, changed ones are as before, later changes stay."""
    by = acting(request, Scope.IMPORT)
    return accepted(verbs.undo(import_of(by, pk), by=by))


@router.post("/imports/{pk}/stop", response={202: ImportAnswer, **REFUSALS}, summary="Stop an import")
@once
def stop_import(request: HttpRequest, pk: int) -> Done:
    """Let what is going on end after the rows at hand; what went in can be undone."""
    by = acting(request, Scope.IMPORT)
    return accepted(verbs.stop(import_of(by, pk), by=by))


def whole(imported: Import) -> ImportAnswer:
    """An import as it is answered, in the reader's language."""
    return ImportAnswer(
        id=imported.pk,
        url=f"{settings.ADDRESS}{imported.get_absolute_url()}",
        name=imported.name,
        type=imported.format,
        body=imported.body.code if imported.body else None,
        source=imported.source.name if imported.source else None,
        state=imported.state,
        busy=imported.is_busy,
        counts=showing.tally(imported),
        notes=[problem(one) for one in showing.problems(imported.notes, imported.format)],
        problems=[problem(one) for one in showing.problems(imported.problems[:MOST_PROBLEMS])],
        more_problems=max(0, len(imported.problems) - MOST_PROBLEMS),
        made_at=str(moment(imported.made_at)),
        read_at=moment(imported.read_at),
        applied_at=moment(imported.applied_at),
        undone_at=moment(imported.undone_at),
    )


def problem(one: showing.Problem) -> ImportProblem:
    """One problem: how heavy it is, and its sentence."""
    return ImportProblem(
        weight=one.code, detail=one.words, field=one.field, value=one.value, rows=one.rows, first=one.first
    )


def line(row: Row) -> ImportRow:
    """A row as it is answered."""
    return ImportRow(
        number=row.number,
        file=row.file,
        sheet=row.sheet,
        line=row.line,
        type=row.format,
        title=row.title,
        outcome=row.outcome,
        decision=row.decision,
        record=row.target.identifier if row.target else None,
        score=row.score,
        reasons=showing.reasons(row),
        problems=[problem(one) for one in showing.problems(row.problems, row.format)],
        applied_at=moment(row.applied_at),
        went_into=row.result.identifier if row.result else None,
        undone=_(row.undone) if row.undone else "",
    )
