"""What the room keeps of a person: given to them with their data, and gone with their account."""

from typing import Any

from kapok.people.models import Person
from kapok.people.verbs import accounts
from kapok.search.access import searches_of


def kept(person: Person) -> list[dict[str, Any]]:
    """The searches a person keeps, for them to take away."""
    return [
        {"name": one.name, "query": one.query, "frequency": one.frequency, "created_at": one.created_at}
        for one in searches_of(person)
    ]


def forget(person: Person) -> None:
    """Nothing of them is left when the account is erased."""
    searches_of(person).delete()


accounts.exported["searches"] = kept
accounts.forgotten.append(forget)
