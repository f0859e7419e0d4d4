"""Letters to those who keep an initiative with which something is done jointly."""

from django.utils import timezone

from kapok.core.jobs import task
from kapok.mail import letters
from kapok.people.models import Person
from kapok.records.models import Record
from kapok.records.telling import Keepers


@task("insight.tell_partners")
def write_to_partners(partner: str, record: str, by: int, at: str) -> None:
    """Tell the keepers of one initiative that another one names it in a joint action."""
    named = Record.objects.select_related("owner").filter(identifier__in=(partner, record))
    found = {one.identifier: one for one in named}
    if len(found) < 2:
        return
    facts = {"partner": found[partner], "record": found[record]}
    for person in dict.fromkeys(Keepers([found[partner]]).of(found[partner])):
        if person.pk != by:
            key = f"joint:{record}:{partner}:{at}:{person.pk}"
            letters.send(person, "insight/letters/joint", facts, key=key, kind="matches")


def tell_partners(partner: Record, record: Record, by: Person) -> None:
    """Have them told once it is safe."""
    write_to_partners.enqueue(partner.identifier, record.identifier, by.pk, timezone.now().isoformat())
