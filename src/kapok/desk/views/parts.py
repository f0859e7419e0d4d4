"""What the pages of the room share."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kapok.people.models import Person

PER_PAGE = 50
Tab = tuple[str, str, bool, int | None]


def person_of(request: HttpRequest) -> Person:
    """The person signed in; these pages ask only behind `login_required`."""
    assert isinstance(request.user, Person)
    return request.user


def page_of(found: QuerySet[Any], request: HttpRequest) -> Page[Any]:
    """The page asked for, or the nearest one there is."""
    return Paginator(found, PER_PAGE).get_page(request.GET.get("page"))


def tabs(who: Person, here: str) -> list[Tab]:
    """The pages of the desk that this person may open."""
    names = [("desk", _("What waits")), ("records", _("My records"))]
    if who.is_secretariat or who.is_administrator:
        names += [("letters", _("Letters")), ("log", _("Trail"))]
    return [(label, reverse(f"desk:{name}"), name == here, None) for name, label in names]
