"""What the room keeps of a person: given to them with their data, and gone with their account."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.exchange.models import Token
from kapok.people.models import Person
from kapok.people.verbs import accounts
from kapok.people.views.account import more_pages


def kept(person: Person) -> list[dict[str, Any]]:
    """The tokens of a person, for them to take away; a token itself is known to nobody."""
    return [
        {"name": one.name, "scopes": one.scopes, "made_at": one.made_at, "ends_at": one.ends_at, "used_at": one.used_at}
        for one in Token.objects.filter(person=person)
    ]


def forget(person: Person) -> None:
    """No program acts for somebody who left."""
    Token.objects.filter(person=person).delete()


accounts.exported["tokens"] = kept
accounts.forgotten.append(forget)
more_pages.append((_("My access tokens"), "exchange:tokens", _("Programs that may act for you.")))
