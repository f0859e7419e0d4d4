"""Who may look at the log of letters, at the trail, and at the records of which bodies."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kapok.core.models import Entry
from kapok.core.rules import rule
from kapok.people.models import Body, Person
from kapok.records.models import Record


@rule(_("This list is for the Secretariat and administrators. What waits for you stands on your desk."))
def is_staff(who: Any, thing: Any) -> bool:
    """The Secretariat and administrators."""
    return isinstance(who, Person) and (who.is_secretariat or who.is_administrator)


@rule(_("You see the records of bodies you act for. You can ask for that role on your account page."))
def acts_for(who: Any, thing: Any) -> bool:
    """Editors and focal points of the body, and the Secretariat."""
    return isinstance(who, Person) and (who.is_secretariat or thing.pk in who.edits_for())


may_see_trail = is_staff
may_see_letters = is_staff
may_see_records_of = acts_for


def entries_visible_to(who: Any) -> QuerySet[Entry]:
    """The whole trail for the Secretariat and administrators; nothing for others."""
    return Entry.objects.select_related("by") if is_staff(who, None) else Entry.objects.none()


def records_kept_by(who: Person, body: Body | None = None) -> QuerySet[Record]:
    """The records a person looks after: their own, their bodies' and those they were invited to; or those of a body."""
    records = Record.objects.select_related("owner", "draft")
    if body is not None:
        return records.filter(owner=body)
    invited = Record.editors.through.objects.filter(person=who).values("record_id")
    return records.filter(Q(author=who) | Q(owner_id__in=who.edits_for()) | Q(pk__in=invited))
