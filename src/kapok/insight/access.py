"""Who sees overlaps, matches, offers and answers, and who may speak for whom."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import rule
from kapok.insight.models import Overlap
from kapok.people.access import is_secretariat
from kapok.people.models import Person
from kapok.records.access import edits_for_owner, has_no_draft, is_published
from kapok.records.models import Stage


def overlaps_visible_to(who: Any) -> QuerySet[Overlap]:
    """Overlaps between initiatives that are both before the public; everybody sees these."""
    both = Overlap.objects.filter(first__stage=Stage.PUBLISHED, second__stage=Stage.PUBLISHED)
    return both.select_related("first", "first__owner", "second", "second__owner")


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
