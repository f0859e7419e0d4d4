"""Taking away what only illustrates."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kapok.core.outbox import note
from kapok.core.rules import SYSTEM, System, is_system
from kapok.core.verbs import remember, verb
from kapok.people.models import Body, Kind
from kapok.records.models import Record


def remove_illustrative() -> int:
    """Delete every illustrative record with its drafts and versions, and count them; what is real stays."""
    return remove("records:illustrative", by=SYSTEM)


@verb("records.remove_illustrative", _("Remove the illustrative records"), is_system)
def remove(thing: str, *, by: System) -> int:
    """Delete them, the bodies that stood beside them, and what the index knew of them."""
    found = Record.objects.filter(illustrative=True)
    identifiers = list(found.order_by("pk").values_list("identifier", flat=True))
    touched = Record.objects.filter(references__target__in=found, illustrative=False)
    for identifier in {*identifiers, *touched.values_list("identifier", flat=True)}:
        note(f"record:{identifier}")
    found.update(merged_into=None, stage="withdrawn")
    found.delete()
    bodies = Body.objects.filter(kind=Kind.ORGANISATION, code__in=identifiers)
    bodies.filter(~Q(records__isnull=False), designations=None, requests=None).delete()
    remember(removed=identifiers)
    return len(identifiers)
