"""What the pages of the room share."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kapok.core.rules import Refused
from kapok.people.models import Person


def person_of(request: HttpRequest) -> Person:
    """The person signed in; views ask only where that was made sure."""
    if not isinstance(request.user, Person):
        raise Refused(_("Sign in first: this is done in your own name."))
    return request.user
