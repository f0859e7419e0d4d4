"""Who sees an import, and who may bring files in, apply them and undo them."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import System, is_signed_in, is_system, rule
from kapok.exchange.models import Import, State
from kapok.people.access import is_secretariat
from kapok.people.models import Person

STAFF = _("Only the person who brought the file in, editors of the body it is for, and the Secretariat do this.")


def imports_visible_to(who: Person | AnonymousUser | System) -> QuerySet[Import]:
    """The imports a person may look at: their own, those for their bodies; the Secretariat sees all."""
    everything = Import.objects.select_related("by", "body", "source")
    if isinstance(who, System) or getattr(who, "is_secretariat", False):
        return everything
    if not isinstance(who, Person):
        return everything.none()
    return everything.filter(Q(by=who) | Q(body__in=who.edits_for()))


@rule(_("Choose a body that you edit for, or none: then the records go in as drafts of your own."))
def is_for_own_body(who: Any, thing: Any) -> bool:
    """Nobody's, or for a body the person edits for."""
    return thing.body_id is None or (isinstance(who, Person) and thing.body_id in who.edits_for())


@rule(STAFF)
def is_importer(who: Any, thing: Any) -> bool:
    """Brought the file in."""
    return isinstance(who, Person) and thing.by_id == who.pk


@rule(STAFF)
def edits_for_it(who: Any, thing: Any) -> bool:
    """Edits for the body the file was brought in for."""
    return isinstance(who, Person) and thing.body_id in who.edits_for()


@rule(_("Wait until what is going on with this import has ended, or stop it."))
def is_at_rest(who: Any, thing: Any) -> bool:
    """Nothing is being done with it now."""
    return not thing.is_busy


@rule(_("Only an import that was read and has not been undone can go in."))
def is_read(who: Any, thing: Any) -> bool:
    """It was read, and perhaps some of it went in."""
    return thing.state in {State.READ, State.APPLIED}


@rule(_("Nothing of this import went in, so there is nothing to undo."))
def went_in(who: Any, thing: Any) -> bool:
    """Some of its rows went in."""
    return thing.applied_at is not None and thing.undone_at is None


@rule(_("Nothing of this import may have gone in yet."))
def is_untouched(who: Any, thing: Any) -> bool:
    """Nothing went in yet."""
    return thing.applied_at is None


may_keep = is_importer | edits_for_it | is_secretariat | is_system
may_bring = (is_signed_in & (is_for_own_body | is_secretariat)) | is_system
may_match = may_keep & is_at_rest & is_untouched
may_decide = may_keep & is_at_rest & is_read
may_apply = may_keep & is_at_rest & is_read
may_stop = may_keep
may_undo = may_keep & is_at_rest & went_in
may_discard_import = may_keep & is_at_rest & is_untouched
