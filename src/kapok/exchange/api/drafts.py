"""Drafts: begin, read, change, check, discard."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Header, Query, Schema
from pydantic import Field

from kapok.core.rules import Refused
from kapok.exchange.api.finding import (
    acting,
    body_of,
    draft_of,
    fresh,
    line,
    record_of,
    tag,
    values_in,
    whole,
)
from kapok.exchange.api.once import Done, once
from kapok.exchange.api.refusing import Stale, Unmatched, Wanting, wrongs
from kapok.exchange.api.router import router
from kapok.exchange.api.shapes import REFUSALS, Change, Checked, DraftAnswer, Drafts, Me, NewDraft, Said
from kapok.exchange.models import Scope, Token
from kapok.formats.format import Format, formats
from kapok.records import verbs
from kapok.records.access import drafts_visible_to
from kapok.records.models import Draft

PER_PAGE = 50
REVISION = re.compile(r'\s*(?:W/)?"?(\d{1,9})"?\s*')
MATCHED = REFUSALS | {412: Said, 428: Said}


class Page(Schema):
    """Which page of a list."""

    page: int = Field(1, ge=1, le=10_000)


class Match(Schema):
    """The revision that a change goes on from."""

    if_match: str = Field("", max_length=60, description="The ETag of the draft as you read it")


@router.get("/me", response={200: Me, **REFUSALS}, summary="Whose token this is")
def me(request: HttpRequest) -> Me:
    """The person of the token, their roles today, and what the token may be used for."""
    token: Token = request.auth  # type: ignore[attr-defined]
    roles = [held.short for held in token.person.designations_now()]
    ends = token.ends_at.isoformat()
    return Me(name=token.person.label, roles=roles, token=token.name, scopes=token.scopes, ends_at=ends)


@router.get("/drafts", response={200: Drafts, **REFUSALS}, summary="Drafts you may read")
def list_drafts(request: HttpRequest, params: Query[Page]) -> Drafts:
    """Your drafts and those of your bodies, those saved last on top; 50 on a page."""
    found = drafts_visible_to(acting(request, *Scope)).order_by("-saved_at", "-pk")
    start = (params.page - 1) * PER_PAGE
    drafts = [line(one) for one in found[start : start + PER_PAGE]]
    return Drafts(total=found.count(), page=params.page, drafts=drafts)


@router.post("/drafts", response={201: DraftAnswer, **REFUSALS}, summary="Begin a record")
@once
def begin(request: HttpRequest, sent: NewDraft) -> Done:
    """Begin a draft that only its people see. Values may be incomplete, but what is given must be right."""
    by = acting(request, Scope.DRAFTS)
    if sent.type not in formats:
        raise Refused(_("There is no such format."))
    form = formats[sent.type]
    refuse_wrong(form, sent.values)
    record = verbs.start(form, by=by, raw=sent.values, owner=body_of(sent.owner))
    draft = fresh(record)
    return Done(whole(draft), 201, {"Location": f"/api/v1/drafts/{record.identifier}", **tag(draft)})


def refuse_wrong(form: type[Format], raw: dict[str, object]) -> None:
    """A form keeps what is right and marks the rest; a program is told, and nothing is kept."""
    _values, problems = form.clean(raw, final=False)
    if problems:
        raise Wanting(problems)


@router.get("/drafts/{identifier}", response={200: DraftAnswer, **REFUSALS}, summary="Read a draft")
def read_draft(request: HttpRequest, response: HttpResponse, identifier: str) -> DraftAnswer:
    """All answers, the private ones too. The ETag is the revision, which a change must name."""
    draft = draft_of(acting(request, *Scope), identifier)
    response.headers["ETag"] = tag(draft)["ETag"]
    return whole(draft)


@router.patch("/drafts/{identifier}", response={200: DraftAnswer, **MATCHED}, summary="Change a draft")
@once
def change(request: HttpRequest, identifier: str, sent: Change, headers: Header[Match]) -> Done:
    """Write the fields given, if nobody saved the draft since the revision of `If-Match`."""
    by = acting(request, Scope.DRAFTS)
    draft = held(draft_of(by, identifier), headers.if_match)
    record = draft.record
    raw = values_in(draft.values, sent.values)
    # Judged whole: a change may contradict what stays.
    refuse_wrong(record.form, raw)
    verbs.save(record, by=by, raw=raw, revision=draft.revision, owner=body_of(sent.owner))
    kept = fresh(record)
    return Done(whole(kept), headers=tag(kept))


def held(draft: Draft, if_match: str) -> Draft:
    """The draft under lock, if it still is what the sender read."""
    named = REVISION.fullmatch(if_match)
    if named is None:
        raise Unmatched
    locked = Draft.objects.select_for_update(of=("self",)).select_related("record", "record__owner").get(pk=draft.pk)
    if locked.revision != int(named[1]):
        raise Stale(locked.revision)
    return locked


@router.delete("/drafts/{identifier}", response={204: None, **REFUSALS}, summary="Discard a draft")
@once
def discard(request: HttpRequest, identifier: str) -> Done:
    """Throw the draft away; it can be brought back from its history for 30 days."""
    by = acting(request, Scope.DRAFTS)
    verbs.discard(draft_of(by, identifier).record, by=by)
    return Done(status=204)


@router.post("/drafts/{identifier}/validate", response={200: Checked, **REFUSALS}, summary="Check a draft")
def validate(request: HttpRequest, identifier: str) -> Checked:
    """All that keeps it from being submitted, and remarks. Nothing is changed."""
    problems = verbs.check(draft_of(acting(request, *Scope), identifier).record)
    return Checked(complete=not problems, errors=wrongs(problems.errors), remarks=wrongs(problems.remarks))


@router.post("/records/{identifier}/revise", response={201: DraftAnswer, **REFUSALS}, summary="Begin a new version")
@once
def revise(request: HttpRequest, identifier: str) -> Done:
    """A draft beside the published version, which stays before the public until the new one is."""
    by = acting(request, Scope.DRAFTS)
    record = verbs.revise(record_of(by, identifier), by=by)
    draft = fresh(record)
    return Done(whole(draft), 201, {"Location": f"/api/v1/drafts/{record.identifier}", **tag(draft)})
