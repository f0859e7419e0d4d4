"""Who sees the log of letters, and who may act on them. Nobody is shown the words of another's letter."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import rule
from kapok.mail.models import Letter, State
from kapok.people.access import is_administrator, is_oneself, is_secretariat
from kapok.people.models import Person


def visible_to(who: Person | AnonymousUser) -> QuerySet[Letter]:
    """The Secretariat and administrators see that letters went; everybody else their own."""
    letters = Letter.objects.select_related("person")
    if not isinstance(who, Person) or not who.is_active:
        return letters.none()
    return letters if who.is_secretariat or who.is_administrator else letters.filter(person=who)


@rule(_("Only a letter that could not be sent is sent again."))
def has_failed(who: Any, thing: Any) -> bool:
    """The mail server refused it, or stayed away for days."""
    return bool(thing.state == State.FAILED)


@rule(_("The words of this letter are forgotten by now; it cannot be sent again."))
def has_words(who: Any, thing: Any) -> bool:
    """Its text is still there."""
    return bool(thing.text)


may_send_again = (is_secretariat | is_administrator) & has_failed & has_words
may_choose_letters = is_oneself
