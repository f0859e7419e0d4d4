"""What the pages of the room share."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest

from kapok.core.rules import Refused
from kapok.people.models import Person

PER_PAGE = 50


def person_of(request: HttpRequest) -> Person:
    """The person signed in; views ask only behind `login_required`."""
    assert isinstance(request.user, Person)
    return request.user


def page_of(found: QuerySet[Any], request: HttpRequest) -> Page[Any]:
    """The page asked for, or the nearest one there is."""
    return Paginator(found, PER_PAGE).get_page(request.GET.get("page"))


def done(form: Form, act: Callable[[], Any]) -> bool:
    """Do it; where Kapok refuses, its sentence becomes the error of the form."""
    try:
        act()
    except Refused as refused:
        form.add_error(None, str(refused.sentence))
        return False
    return True


def errors_of(form: Form) -> list[tuple[str, str]]:
    """What the summary on top of a form lists: the control and the sentence."""
    return [
        (form[name].id_for_label if name in form.fields else "", str(sentence))
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]
