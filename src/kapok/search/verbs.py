"""Keeping searches, and telling their keepers what is new."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.people.models import Person
from kapok.search.access import may_change, may_keep, may_tell
from kapok.search.models import Frequency, SavedSearch

MOST, LONGEST = 50, 1500


@verb("search.save", _("Keep a search"), may_keep)
def save(search: SavedSearch, *, by: Person) -> SavedSearch:
    """Keep a question under a name; keeping the same one again changes its name and how often one hears."""
    search.person = by
    search.name = " ".join(search.name.split())[:120]
    if not search.name:
        raise Refused(_("Give the search a name, so that you know it again."))
    if search.frequency not in Frequency.values:
        raise Refused(_("Choose how often you want to hear: every day, every week, or never."))
    if len(search.query) > LONGEST:
        raise Refused(_("This search has too many filters to be kept. Remove some of them first."))
    same = SavedSearch.objects.filter(person=by, query=search.query).first()
    if same:
        same.name, same.frequency = search.name, search.frequency
        search = same
    elif SavedSearch.objects.filter(person=by).count() >= MOST:
        raise Refused(_("You keep as many searches as there is room for. Forget one of them first."))
    search.save()
    remember(frequency=search.frequency)
    return search


@verb("search.change", _("Change how often a kept search is told"), may_change)
def change(search: SavedSearch, *, by: Person, frequency: str) -> SavedSearch:
    """Hear of it every day, every week or not at all."""
    if frequency not in Frequency.values:
        raise Refused(_("Choose how often you want to hear: every day, every week, or never."))
    search.frequency = Frequency(frequency)
    search.save(update_fields=["frequency"])
    remember(frequency=frequency)
    return search


@verb("search.forget", _("Forget a kept search"), may_change)
def forget(search: SavedSearch, *, by: Person) -> None:
    """It is gone, and its mails with it."""
    search.delete()


@verb("search.tell", _("Tell what is new in a kept search"), may_tell, quiet=True)
def tell(search: SavedSearch, *, by: Any, now: datetime, until: datetime | None) -> SavedSearch:
    """Note when it was looked at, and up to which moment its keeper now knows what there is."""
    search.looked_at = now
    search.told_until = until or search.told_until
    search.save(update_fields=["looked_at", "told_until"])
    return search
