"""How the interface says no: problem details (RFC 9457) in the sentences that pages use."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from kapok.core.rules import Refused
from kapok.exchange.api.refusing import Misused, Stale, Unmatched, Wanting, wrongs
from kapok.exchange.api.shapes import Said, Wrong
from kapok.records.verbs import Conflict, Incomplete
from kapok.search.index import Unready
from kapok.site.api.reading import PROBLEM, api

NOT_ALLOWED, NOT_RIGHT = 403, 422


def said(request: HttpRequest, status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """A refusal in words, as problem details."""
    body = Said(title=title, status=status, detail=detail, **more).dict()
    response = api.create_response(request, body, status=status)
    response["Content-Type"] = PROBLEM
    return response


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """Nothing is at this address."""
    return said(request, 404, _("There is nothing at this address."), str(error))


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """A rule said no, with its sentence."""
    return said(request, NOT_ALLOWED, _("This is not allowed."), str(error.sentence))


@api.exception_handler(Wanting)
@api.exception_handler(Incomplete)
def wanting(request: HttpRequest, error: Wanting | Incomplete) -> HttpResponse:
    """Answers are missing or not right: each is named at its field."""
    found = wrongs(error.problems.errors)
    return said(request, NOT_RIGHT, _("Some answers are missing or not right."), str(error.sentence), errors=found)


@api.exception_handler(Stale)
def stale(request: HttpRequest, error: Stale) -> HttpResponse:
    """Somebody saved meanwhile."""
    return said(request, 412, _("Somebody else saved meanwhile."), str(error.sentence), revision=error.revision)


@api.exception_handler(Conflict)
def conflict(request: HttpRequest, error: Conflict) -> HttpResponse:
    """The same, noticed by the verb itself."""
    return said(request, 409, _("Somebody else saved meanwhile."), str(error.sentence))


@api.exception_handler(Unmatched)
def unmatched(request: HttpRequest, error: Unmatched) -> HttpResponse:
    """The revision was not named."""
    return said(request, 428, _("The revision is not named."), str(error.sentence))


@api.exception_handler(Misused)
def misused(request: HttpRequest, error: Misused) -> HttpResponse:
    """A key that stands for another request."""
    return said(request, 409, _("This key cannot be used."), str(error.sentence))


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No token that opens anything."""
    detail = _("Send a token: Authorization: Bearer kapok_… Tokens are made under “My account”.")
    response = said(request, 401, _("The token is missing, unknown, ended or revoked."), detail)
    response["WWW-Authenticate"] = 'Bearer realm="Kapok"'
    return response


@api.exception_handler(Unready)
def unready(request: HttpRequest, error: Unready) -> HttpResponse:
    """There is no index to answer from: an empty list would be a wrong answer."""
    response = said(request, 503, _("This cannot be shown just now"), str(error))
    response["Retry-After"] = "60"
    return response


@api.exception_handler(Throttled)
def throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    """Too many requests with one token."""
    response = said(request, 429, _("Too many requests. Please wait a minute and try again."))
    response["Retry-After"] = str(error.wait or 60)
    return response


@api.exception_handler(ValidationError)
def wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A parameter of the wrong kind."""
    places = [Wrong(field=".".join(map(str, one["loc"])), detail=str(one["msg"])) for one in error.errors]
    told = "; ".join(f"{one.field}: {one.detail}" for one in places)[:2000]
    return said(request, NOT_RIGHT, _("A parameter is not of the kind asked for."), told, errors=places)


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """More than is read at once."""
    return said(request, 413, _("What was sent is too large."))


@api.exception_handler(SuspiciousOperation)
@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    """What was sent cannot be read at all."""
    return said(request, 400, _("This request cannot be understood"))
