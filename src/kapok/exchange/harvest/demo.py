"""Taking away the sources that only illustrate."""

from django.utils.translation import gettext_lazy as _

from kapok.core.rules import SYSTEM, System, is_system
from kapok.core.verbs import remember, verb
from kapok.exchange.importing.verbs import forget
from kapok.exchange.models import Import, Source


def remove_illustrative_sources() -> int:
    """Delete every illustrative source with its fetches and files, and count them; its records go with the others."""
    return remove("sources:illustrative", by=SYSTEM)


@verb("exchange.remove_illustrative", _("Remove the illustrative sources"), is_system)
def remove(thing: str, *, by: System) -> int:
    """Delete them and all that they brought, but for the records."""
    found = Source.objects.filter(illustrative=True)
    for imported in Import.objects.filter(source__in=found):
        forget(imported)
    names = list(found.values_list("name", flat=True))
    found.delete()
    remember(removed=names)
    return len(names)
