"""Who sees overlaps, matches, offers and answers, who may speak for whom, and who sets the rules of the matrix."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import rule
from kapok.insight.models import Circulation, Offer, Overlap
from kapok.people.access import is_secretariat
from kapok.people.models import Person
from kapok.records.access import edits_for_owner, has_no_draft, is_focal_point, is_published
from kapok.records.models import Stage


def overlaps_visible_to(who: Any) -> QuerySet[Overlap]:
    """Overlaps between initiatives that are both before the public; everybody sees these."""
    return Overlap.objects.filter(first__stage=Stage.PUBLISHED, second__stage=Stage.PUBLISHED)


@rule(_("Only initiatives overlap."))
def is_initiative(who: Any, thing: Any) -> bool:
    """The record is an initiative."""
    return bool(getattr(thing, "format", "") == "initiative")


@rule(_("Designated editors and focal points do this for their body. You can ask for that role on your account page."))
def acts_for_a_body(who: Any, thing: Any) -> bool:
    """Designated editor or focal point of any body."""
    return isinstance(who, Person) and bool(who.edits_for())


may_answer_overlap = is_published & is_initiative & (edits_for_owner | is_secretariat)
may_act_jointly = may_answer_overlap & has_no_draft
may_set_rules = is_secretariat


@rule(_("Only needs are offered to."))
def is_need(who: Any, thing: Any) -> bool:
    """The record is a need."""
    return bool(getattr(thing, "format", "") == "need")


@rule(_("This need is met, withdrawn, or says that there is none."))
def is_unmet(who: Any, thing: Any) -> bool:
    """Nobody has said that it is met."""
    return thing.values.get("state") not in {"met", "withdrawn"} and not thing.values.get("no_need")


@rule(_("This offer was answered or taken back already."))
def is_open_offer(who: Any, thing: Any) -> bool:
    """It waits for an answer."""
    return bool(thing.state == "open")


@rule(_("Only the body that made the offer takes it back."))
def offers_for(who: Any, thing: Any) -> bool:
    """Editor of the body that offers."""
    return isinstance(who, Person) and thing.body_id in who.edits_for()


def offers_visible_to(who: Any) -> QuerySet[Offer]:
    """Offers to needs that are before the public; everybody sees these, as they see the need."""
    shown = Offer.objects.filter(need__stage=Stage.PUBLISHED).exclude(state="taken-back")
    return shown.select_related("body", "record", "need", "need__owner")


def circulations_of(who: Any) -> QuerySet[Circulation]:
    """The needs that were circulated to the bodies a person acts for."""
    bodies = who.edits_for() if isinstance(who, Person) else ()
    return Circulation.objects.filter(body__in=bodies, need__stage=Stage.PUBLISHED).select_related(
        "need__owner", "body"
    )


@rule(_("A government does not offer to its own need. Tell in the need itself what exists."))
def is_for_others(who: Any, thing: Any) -> bool:
    """Acts for a body other than the one that has the need."""
    return isinstance(who, Person) and bool(who.edits_for() - {thing.owner_id})


may_offer = is_published & is_need & is_unmet & acts_for_a_body & is_for_others
may_take_back = is_open_offer & offers_for
may_answer_offer = is_open_offer & is_focal_point
may_say_met = is_published & is_need & is_focal_point
may_say = is_published & is_need & acts_for_a_body
