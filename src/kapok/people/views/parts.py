"""What the pages of the room share."""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from kapok.core.rules import Refused
from kapok.people.models import Person

PER_PAGE = 50
View = Callable[..., HttpResponse]


def freshly_signed_in(view: View) -> View:
    """Ask for the password or the second factor once more, if that was not just done."""
    return cast(View, reauthentication_required(view))


def person_of(request: HttpRequest) -> Person:
    """The person signed in; views ask only behind `login_required`."""
    assert isinstance(request.user, Person)
    return request.user


def choices_of(form: Form, name: str) -> list[tuple[str, str]]:
    """The choices of a field in the words of this reader."""
    return [(str(value), str(label)) for value, label in form.fields[name].choices]  # type: ignore[attr-defined]


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
