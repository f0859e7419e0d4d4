"""Who sees which saved searches, and who may act on them: their owner alone."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import is_signed_in, is_system, rule
from kapok.people.access import is_member
from kapok.people.models import Person
from kapok.search.models import SavedSearch


def searches_of(who: Any) -> QuerySet[SavedSearch]:
    """The searches that a person keeps."""
    if not isinstance(who, Person):
        return SavedSearch.objects.none()
    return SavedSearch.objects.filter(person=who)


@rule(_("Only the person who keeps this search changes it. Keep it under your own account to change it."))
def is_keeper(who: Any, thing: Any) -> bool:
    """The search is the person's own."""
    return isinstance(who, Person) and who.pk is not None and thing.person_id == who.pk


may_keep = is_signed_in & is_member
may_change = is_keeper
may_tell = is_system
