"""What an address names: drafts and records through their doors, bodies by their codes."""

import re
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from kapok.core.rules import Refused
from kapok.exchange.api.shapes import DraftAnswer, DraftLine, RecordState
from kapok.exchange.models import Scope, Token
from kapok.exchange.tokens.access import allow_scope
from kapok.people.models import Body, Person
from kapok.records.access import drafts_visible_to, visible_to
from kapok.records.models import Draft, Record
from kapok.records.payload import address_of, moment

IDENTIFIER = re.compile(r"[A-Za-z]{3}-[0-9]{6,9}")


def acting(request: HttpRequest, *scopes: Scope) -> Person:
    """The person of the token, if it was made for one of these acts."""
    token: Token = request.auth  # type: ignore[attr-defined]
    allow_scope(token, *scopes)
    return token.person


def record_of(by: Person, identifier: str) -> Record:
    """A record whose page the person may open."""
    named = visible_to(by).filter(identifier=identifier.upper()) if IDENTIFIER.fullmatch(identifier) else None
    found = named.first() if named is not None else None
    if found is None:
        raise Http404(_("There is no such record, or it is not open to you."))
    return found


def draft_of(by: Person, identifier: str) -> Draft:
    """A draft that the person may read."""
    drafts = drafts_visible_to(by)
    named = drafts.filter(record__identifier=identifier.upper()) if IDENTIFIER.fullmatch(identifier) else drafts.none()
    found = named.first()
    if found is None:
        raise Http404(_("There is no such draft, or it is not open to you."))
    return found


def body_of(code: str) -> Body | None:
    """The body with a code; none for no code."""
    if not code:
        return None
    found = Body.objects.filter(code__iexact=code).first() if code.isprintable() else None
    if found is None:
        raise Refused(_("There is no body with the code “%(code)s”.") % {"code": code[:40]})
    return found


def whole(draft: Draft) -> DraftAnswer:
    """A draft as it is answered."""
    record = draft.record
    return DraftAnswer(
        **line(draft).dict(),
        base=draft.base,
        owner=record.owner.code if record.owner else None,
        saved_at=moment(draft.saved_at),
        submitted_at=moment(draft.submitted_at),
        due_on=moment(draft.due_on),
        reason=draft.reason,
        values=draft.values,
    )


def line(draft: Draft) -> DraftLine:
    """A draft in one line."""
    record = draft.record
    return DraftLine(
        id=record.identifier,
        type=record.format,
        url=f"{address_of(record)}/draft",
        stage=str(draft.stage),
        revision=draft.revision,
        title=record.form.title_of(draft.values),
    )


def state(record: Record) -> RecordState:
    """A record after an act."""
    return RecordState(
        id=record.identifier,
        type=record.format,
        url=address_of(record),
        stage=str(record.stage),
        version=record.number,
        confirmed_on=moment(record.confirmed_on),
        due_on=moment(record.due_on),
        freshness=str(record.freshness),
    )


def tag(draft: Draft) -> dict[str, str]:
    """The revision of a draft, as ETag."""
    return {"ETag": f'"{draft.revision}"'}


def fresh(record: Record) -> Draft:
    """The draft of a record, read again."""
    return Draft.objects.select_related("record", "record__owner").get(record_id=record.pk)


def values_in(record: Any, values: dict[str, Any]) -> dict[str, Any]:
    """The answers of a draft with some replaced; null takes one away."""
    whole_of_it = {**record, **values}
    return {name: value for name, value in whole_of_it.items() if value is not None}
