"""Any list to take along: exactly the records it shows, however many, in each shape there is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok.core.languages import current
from kapok.exchange.exporting.rows import found
from kapok.exchange.exporting.sending import send
from kapok.exchange.exporting.shape import Shape, Taking
from kapok.exchange.exporting.shapes import SHAPES
from kapok.formats.format import Format, formats
from kapok.people.access import tokens
from kapok.search import index
from kapok.search.documents import PUBLIC
from kapok.search.questions import Question
from kapok.site import errors
from kapok.site.find.asked import Asked, asked
from kapok.site.find.views import described


@require_safe
def take(request: HttpRequest, shape: str) -> HttpResponseBase:
    """`/search.csv?type=need&country=KEN`: the list of `/search` with the same question, as a file."""
    if shape not in SHAPES:
        return unknown(request)
    question, chosen = asked(request.GET), SHAPES[shape]
    total, keys = index.every(whole(question, chosen, request.user))
    form = only_form(question)
    address = f"{settings.ADDRESS}/search{question.address()}"
    title = described(question, current())
    taking = Taking(found(keys, request.user), form, current(), title, address, total)
    return send(request, chosen, taking, name_of(form))


def whole(question: Asked, shape: Shape, who: Any) -> Question:
    """The question without pages; drafts only where the shape is meant for the people who write them."""
    filters = dict(question.filters)
    if shape.only:
        filters["type"] = tuple(set(filters.get("type", shape.only)) & set(shape.only)) or ("none",)
    viewer = tokens(who) if shape.drafts else (PUBLIC,)
    return Question(q=question.q, filters=filters, viewer=viewer, language=current(), sort=question.sort)


def only_form(question: Asked) -> type[Format] | None:
    """The format of a list of one type."""
    types = question.filters.get("type", ())
    return formats.get(types[0]) if len(types) == 1 else None


def name_of(form: type[Format] | None) -> str:
    """What the file is called: `kapok-initiative-2026-11-25`."""
    return f"kapok-{form.code if form else 'records'}-{timezone.now():%Y-%m-%d}"


def unknown(request: HttpRequest) -> HttpResponse:
    """There is no such shape."""
    said = _("There is no file of this kind. These are the ones there are: %(kinds)s.")
    return errors.page(
        request, 404, _("There is nothing at this address"), said % {"kinds": ", ".join(SHAPES)}, advice=""
    )
