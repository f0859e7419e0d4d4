"""Who sees which record, and who may do what with it.

Published records are open to all. A draft is seen by its author, the people of its body, those invited
to edit it, and, once submitted, by whoever decides about it. National records are published by the focal
point; other records by editors of the owning body, or by the Secretariat after review.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import System, When, is_signed_in, is_system, rule
from kapok.people.access import is_secretariat
from kapok.people.models import Body, Person
from kapok.records.models import Draft, Record, Stage, Working


def visible_to(who: Person | AnonymousUser | System) -> QuerySet[Record]:
    """The records whose page a person may open, withdrawn and merged ones (as a notice) included."""
    everything = Record.objects.select_related("owner", "draft", "merged_into")
    if isinstance(who, System) or getattr(who, "is_secretariat", False):
        return everything
    open_to_all = Q(number__gte=1)
    if not isinstance(who, Person):
        return everything.filter(open_to_all)
    return everything.filter(open_to_all | theirs(who)).distinct()


def theirs(who: Person) -> Q:
    """The records whose draft a person may see: their own, their bodies', and those they are invited to."""
    return Q(author=who) | Q(owner__in=who.edits_for()) | Q(editors=who)


def drafts_visible_to(who: Person | AnonymousUser | System) -> QuerySet[Draft]:
    """The drafts a person may read. The Secretariat sees them all: it helps where somebody is stuck."""
    drafts = Draft.objects.select_related("record", "record__owner", "editor")
    if isinstance(who, System) or getattr(who, "is_secretariat", False):
        return drafts
    if not isinstance(who, Person):
        return drafts.none()
    mine = Q(record__author=who) | Q(record__owner__in=who.edits_for()) | Q(record__editors=who)
    return drafts.filter(mine).distinct()


def seen_by(record: Record) -> tuple[str, ...]:
    """The tokens of those who may see the draft, as `visible_to` says it, for the search index."""
    people = [f"person:{pk}" for pk in record.editors.values_list("pk", flat=True)]
    if record.author_id:
        people.append(f"person:{record.author_id}")
    bodies = [f"body:{record.owner_id}"] if record.owner_id else []
    return ("secretariat", *people, *bodies)


def owner_of(thing: Any) -> int | None:
    """The owning body's id of a record or a draft; a body is its own."""
    if isinstance(thing, Draft):
        thing = thing.record
    return thing.pk if isinstance(thing, Body) else getattr(thing, "owner_id", None)


def record_of(thing: Any) -> Record:
    """The record itself, from a record or its draft."""
    return thing.record if isinstance(thing, Draft) else thing


@rule(_("Only the author, editors of the owning body and people they invited may change this record."))
def is_writer(who: Any, thing: Any) -> bool:
    """The author, an editor of the owning body, or somebody invited to edit."""
    record = record_of(thing)
    if not isinstance(who, Person):
        return False
    if record.owner_id in who.edits_for():
        return True
    # An author without a mandate writes until the record is published for its owner.
    if record.author_id == who.pk and (record.number == 0 or record.owner_id is None):
        return True
    return record.editors.filter(pk=who.pk).exists()


@rule(_("Only designated editors of the body that owns the record do this; the Secretariat designates them."))
def edits_for_owner(who: Any, thing: Any) -> bool:
    """A designated editor or focal point of the owning body."""
    return isinstance(who, Person) and owner_of(thing) in who.edits_for()


@rule(_("Only the focal point of the government publishes its national records."))
def is_focal_point(who: Any, thing: Any) -> bool:
    """The focal point of the owning government."""
    return isinstance(who, Person) and owner_of(thing) in who.focal_point_of()


@rule(_("This is a national record."))
def is_national(who: Any, thing: Any) -> bool:
    """Needs, experts, and later strategies and reports."""
    return record_of(thing).form.national


@rule(_("This record has no draft to work on. Start a new version first."))
def has_draft(who: Any, thing: Any) -> bool:
    """There is a working draft."""
    return isinstance(thing, Draft) or record_of(thing).working is not None


@rule(_("The draft is not waiting for review."))
def is_submitted(who: Any, thing: Any) -> bool:
    """The draft was submitted."""
    draft = record_of(thing).working
    return draft is not None and draft.stage == Working.SUBMITTED


@rule(_("Only the person who submitted it, or those who may change the record, take it back."))
def is_submitter(who: Any, thing: Any) -> bool:
    """The person who handed the draft in."""
    if not isinstance(who, Person):
        return False
    draft = record_of(thing).working
    return draft is not None and draft.submitted_by_id == who.pk


@rule(_("The draft waits for review and can't be changed now. Take it back if it needs a correction."))
def is_open_draft(who: Any, thing: Any) -> bool:
    """The draft can be written on."""
    draft = record_of(thing).working
    return draft is not None and draft.stage != Working.SUBMITTED


@rule(_("Only a published record can be used so."))
def is_published(who: Any, thing: Any) -> bool:
    """The public sees it."""
    return record_of(thing).stage == Stage.PUBLISHED


@rule(_("The record was withdrawn or merged. Restore it first."))
def is_alive(who: Any, thing: Any) -> bool:
    """Neither withdrawn nor merged."""
    return record_of(thing).stage in {Stage.UNPUBLISHED, Stage.PUBLISHED}


@rule(_("There is already a draft of this record: go on with that one."))
def has_no_draft(who: Any, thing: Any) -> bool:
    """Nobody is working on a new version."""
    return record_of(thing).working is None


@rule(_("The record was not withdrawn."))
def is_withdrawn(who: Any, thing: Any) -> bool:
    """Taken from the public by a withdrawal."""
    return record_of(thing).stage == Stage.WITHDRAWN


@rule(_("The record was not merged into another."))
def is_merged(who: Any, thing: Any) -> bool:
    """It stands for another record now."""
    return record_of(thing).stage == Stage.MERGED


@rule(_("This kind of record needs no confirmation."))
def has_clock(who: Any, thing: Any) -> bool:
    """Its format asks for a yearly confirmation."""
    return record_of(thing).form.confirm_after is not None


@rule(_("Only the author, editors of the owning body and people they invited may change this record."))
def is_writer_of(who: Any, thing: Any) -> bool:
    """One of those who may write on the record that is taken in or back."""
    return is_writer(who, thing.record)


@rule(_("It goes before the public at once."))
def goes_public(who: Any, thing: Any) -> bool:
    """Taken in to be published, not as a draft."""
    return bool(thing.publish)


@rule(_("It changes a record that is there already."))
def is_there(who: Any, thing: Any) -> bool:
    """Taken in for a record that exists."""
    return thing.record is not None


# National: the focal point. Else: an editor of the owning body for its own, the Secretariat for what was submitted.
may_decide = When(
    is_national,
    is_focal_point,
    (edits_for_owner | is_secretariat).saying(
        _("A designated editor of the owning body or the Secretariat publishes this record; submit it for review.")
    ),
)
may_start = is_signed_in
may_write = (is_writer | is_secretariat) & is_alive
may_save = may_write & is_open_draft
may_revise = may_write & has_no_draft
may_submit = may_write & is_open_draft
may_take_back = is_submitted & (is_submitter | is_writer)
may_publish = has_draft & (may_decide | is_system)
may_return = is_submitted & (may_decide | is_secretariat)
may_discard = (is_writer | is_secretariat) & has_draft
may_withdraw = is_published & (edits_for_owner | is_secretariat | is_system)
may_restore = is_withdrawn & (edits_for_owner | is_secretariat)
may_merge = is_published & (edits_for_owner | is_secretariat)
may_unmerge = is_merged & (edits_for_owner | is_secretariat)
may_confirm = is_published & has_clock & (is_writer | is_secretariat)
may_share = may_write & has_draft
may_invite = edits_for_owner | is_secretariat | is_writer
may_amend = is_published & (edits_for_owner | is_secretariat | is_system)
may_escalate = is_submitted & is_system
may_adopt = is_system
# One record out of a file; a whole batch when each of its records may go in.
may_take_one = When(
    goes_public,
    may_decide | is_system,
    When(is_there, is_writer_of | is_secretariat | is_system, is_signed_in | is_system),
)
may_return_one = is_writer_of | is_secretariat | is_system


@rule(_("Some of these records may not be changed by you: only their own people and the Secretariat do."))
def may_take_in(who: Any, thing: Any) -> bool:
    """Each of the records may go in by this person."""
    return isinstance(who, Person | System) and all(may_take_one(who, item) for item in thing.items)


@rule(_("Some of these records may not be taken back by you: only their own people and the Secretariat do."))
def may_put_back(who: Any, thing: Any) -> bool:
    """Each of the records may be taken back by this person."""
    return isinstance(who, Person | System) and all(may_return_one(who, item) for item in thing.items)


may_see_trail = is_writer | is_secretariat
