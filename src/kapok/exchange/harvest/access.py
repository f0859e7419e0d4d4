"""Who sees sources, and who may register, let in, fetch and release."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import System, rule
from kapok.exchange.models import Harvest
from kapok.exchange.models.harvests import Standing
from kapok.people.access import edits_for_body, is_secretariat
from kapok.people.models import Person


def sources_visible_to(who: Person | AnonymousUser | System) -> QuerySet[Harvest]:
    """Sources in use are open to all; a proposed one is seen by its body and the Secretariat."""
    everything = Harvest.objects.select_related("source", "source__body")
    if isinstance(who, System) or getattr(who, "is_secretariat", False):
        return everything
    open_to_all = ~Q(standing=Standing.PROPOSED)
    if isinstance(who, Person):
        open_to_all |= Q(source__body__in=who.edits_for())
    return everything.filter(open_to_all)


@rule(_("This source waits for the Secretariat, or is let in already."))
def is_proposed(who: Any, thing: Any) -> bool:
    """Nobody let it in yet."""
    return bool(thing.standing == Standing.PROPOSED)


@rule(_("Only a source that is in use is fetched."))
def is_active(who: Any, thing: Any) -> bool:
    """It is fetched by the clock."""
    return bool(thing.standing == Standing.ACTIVE)


@rule(_("This source is not paused."))
def is_paused(who: Any, thing: Any) -> bool:
    """Somebody paused it."""
    return bool(thing.standing == Standing.PAUSED)


@rule(_("Nothing of this source is held."))
def is_held(who: Any, thing: Any) -> bool:
    """A fetch would have lost too much."""
    return bool(thing.standing == Standing.HELD)


@rule(_("This source only illustrates how fetching works; nothing lies at its address."))
def is_real(who: Any, thing: Any) -> bool:
    """Something lies at its address."""
    return not thing.source.illustrative


may_register = edits_for_body | is_secretariat
may_let_in = is_proposed & is_secretariat
may_fetch = is_active & is_real & (edits_for_body | is_secretariat)
may_resume = is_paused & (edits_for_body | is_secretariat)
may_release = is_held & (edits_for_body | is_secretariat)
