"""Verbs of the draft: start, save, share, discard."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.outbox import note
from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.formats.format import Format
from kapok.people.models import Body, Kind, Person
from kapok.records import access
from kapok.records.models import Aside, Draft, Record, Sequence, Share, Working

# Links to a draft live so long at the most.
SHARED_DAYS = 30


class Conflict(Refused):
    """Somebody else saved meanwhile. What could not be saved is kept aside, and the draft is untouched."""

    def __init__(self, aside: Aside) -> None:
        super().__init__(_("Somebody else saved this draft while you were writing. Both texts are kept: compare them."))
        self.aside = aside


def next_identifier(form: type[Format]) -> str:
    """The next identifier of a format, never given out twice."""
    Sequence.objects.get_or_create(prefix=form.prefix)
    sequence = Sequence.objects.select_for_update().get(prefix=form.prefix)
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return str(sequence)


def owner_from(form: type[Format], values: Mapping[str, Any], owner: Body | None) -> Body | None:
    """A national record belongs to the government it names; any other to the body that was chosen."""
    if form.national and values.get("government"):
        return Body.objects.filter(kind=Kind.GOVERNMENT, code=values["government"]).first()
    return owner


@verb("records.start", _("Start a record"), access.may_start)
def start(form: type[Format], *, by: Person, raw: Mapping[str, Any] | None = None, owner: Body | None = None) -> Record:
    """Begin a new record as a draft that only its author and the owner's people see."""
    values, _problems = form.clean(raw or {}, final=False)
    record = Record.objects.create(
        identifier=next_identifier(form), format=form.code, author=by, owner=owner_from(form, values, owner)
    )
    Draft.objects.create(record=record, values=values, editor=by)
    note(record.reference)
    return record


@verb("records.revise", _("Start a new version"), access.may_revise)
def revise(record: Record, *, by: Person) -> Record:
    """Begin a new version beside the published one, which stays before the public until the new one is."""
    Draft.objects.create(record=record, values=record.values, base=record.number, editor=by)
    note(record.reference)
    return record


def save(record: Record, *, by: Person, raw: Mapping[str, Any], revision: int, owner: Body | None = None) -> Draft:
    """Keep what was written so far. Raises `Conflict` when somebody else saved since `revision`.

    The conflict leaves the draft as it is and keeps the second text aside, so that nobody loses one.
    """
    draft = write(record, by=by, raw=raw, revision=revision, owner=owner)
    if isinstance(draft, Aside):
        raise Conflict(draft)
    return draft


@verb("records.save", _("Save a draft"), access.may_save, quiet=True)
def write(
    record: Record, *, by: Person, raw: Mapping[str, Any], revision: int, owner: Body | None = None
) -> Draft | Aside:
    """The saving itself; a text that came second is answered with the aside that keeps it."""
    draft = record.draft
    values, _problems = record.form.clean(raw, final=False)
    mine = draft.editor_id == by.pk
    # One's own later saves are no conflict, as long as nobody else's text was saved since the form was opened.
    if draft.revision != revision and not (mine and revision >= draft.seen):
        if values == draft.values:
            return draft
        began = draft.before if revision == draft.seen else {}
        kept = {"values": values, "base": began}
        return Aside.objects.update_or_create(draft=draft, person=by, defaults=kept)[0]
    chosen = owner_from(record.form, values, owner or record.owner)
    if draft.values == values and chosen == record.owner:
        return draft
    if not mine:
        draft.seen, draft.before = draft.revision, draft.values
    draft.values = values
    draft.revision += 1
    draft.editor = by
    draft.stage = draft.stage if draft.stage == Working.RETURNED else Working.DRAFT
    draft.save()
    if record.number == 0 and chosen != record.owner:
        record.owner = chosen
        record.save(update_fields=["owner"])
    note(record.reference)
    return draft


@verb("records.settle", _("Settle two texts"), access.may_save)
def settle(record: Record, *, by: Person, aside: Aside, raw: Mapping[str, Any], revision: int) -> Draft:
    """Make one text of the draft and what was set aside; the aside is then done with."""
    draft = record.draft
    if draft.revision != revision:
        raise Refused(_("The draft was saved once more while you compared. Compare again with the newest text."))
    values, _problems = record.form.clean(raw, final=False)
    draft.seen, draft.before = draft.revision, draft.values
    draft.values, draft.editor = values, by
    draft.revision += 1
    draft.save()
    Aside.objects.filter(pk=aside.pk, draft=draft, person=by).delete()
    note(record.reference)
    return draft


@verb("records.discard", _("Discard the draft"), access.may_discard)
def discard(record: Record, *, by: Person) -> Record:
    """Throw the draft away. The published version stays; a record never published goes to the bin for 30 days."""
    remember(values=record.draft.values, base=record.draft.base)
    record.draft.delete()
    record = Record.objects.get(pk=record.pk)
    note(record.reference)
    return record


@verb("records.duplicate", _("Copy as a new draft"), access.may_start)
def duplicate(source: Record, *, by: Person) -> Record:
    """Begin a new record with the answers of another, without its reports and outside identifiers."""
    if not access.visible_to(by).filter(pk=source.pk).exists():
        raise Refused(_("There is no such record, or it is not open to you."))
    leave = {"reports", "identifiers", "offers", "joint_actions", "assignments"}
    values = {name: value for name, value in source.values.items() if name not in leave}
    return start(source.form, by=by, raw=values, owner=source.owner if source.owner_id in by.edits_for() else None)


@verb("records.share", _("Share the draft by a link"), access.may_share)
def share(record: Record, *, by: Person, days: int = 14, token: str = "") -> str:
    """Make a link by which anyone who has it can read the draft; answers with the secret part of the address."""
    token = token or secrets.token_urlsafe(24)
    ends_at = timezone.now() + timedelta(days=min(max(days, 1), SHARED_DAYS))
    Share.objects.create(record=record, digest=digest(token), by=by, ends_at=ends_at)
    remember(until=ends_at.date().isoformat())
    return token


@verb("records.unshare", _("End the links to the draft"), access.may_share)
def unshare(record: Record, *, by: Person) -> Record:
    """End all links to the draft at once."""
    record.shares.filter(ended_at=None).update(ended_at=timezone.now())
    return record


@verb("records.invite", _("Invite to edit"), access.may_invite)
def invite(record: Record, *, by: Person, person: Person) -> Record:
    """Let one more person write on the record."""
    record.editors.add(person)
    remember(person=person.pk)
    note(record.reference)
    return record


def digest(token: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def shared(token: str) -> Record | None:
    """The record whose draft a link opens, while it lasts; the draft may have been published or discarded since."""
    found = Share.objects.filter(digest=digest(token), ended_at=None, ends_at__gt=timezone.now())
    link = found.select_related("record", "record__draft", "record__owner").first()
    return link.record if link else None
