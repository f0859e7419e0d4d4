"""The pages that say no, each in a sentence and with a way on."""

import re

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kapok.core import cldr
from kapok.core.rules import Refused
from kapok.site.middleware import Next

# An act upon a record: the page of the record itself comes before it.
OF_A_RECORD = re.compile(r"(/records/[A-Z]{3}-\d{6})/.")
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def page(
    request: HttpRequest,
    status: int,
    title: str,
    sentence: str | Promise,
    *,
    advice: str = "",
    again: str = "",
    back: str = "",
) -> HttpResponse:
    """The common page of refusals: `again` opens the same page anew, `back` is the page of the record it was about."""
    guess = " ".join(request.path_info.replace("/", " ").replace("-", " ").replace("_", " ").split())[:80]
    context = {"status": status, "title": title, "sentence": sentence, "help": advice, "again": again, "back": back}
    html = render_to_string("site/problem.html", context | {"guess": guess, "no_search": status == 404}, request)
    return HttpResponse(html, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: something in the request makes no sense, or 413: there is too much in it."""
    if isinstance(exception, TOO_MUCH):
        return too_large(request)
    return page(
        request,
        400,
        _("This request cannot be understood"),
        _("Something in the address or in what was sent is not as Kapok expects it."),
        advice=_("Go back, check what you entered, and try again."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than one form may hold."""
    said = _("One form may hold at most %(size)s of text, %(fields)s answers and %(files)s files.")
    most = {
        "size": cldr.filesize(settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
        "fields": cldr.number(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS),
        "files": cldr.number(settings.DATA_UPLOAD_MAX_NUMBER_FILES),
    }
    return page(
        request,
        413,
        _("What you sent is too large"),
        said % most,
        advice=_("It was not saved. Go back to keep what you typed, shorten it, and send it again."),
    )


class NotAllowedMiddleware:
    """405: an address that does not take what was sent, or gives nothing to look at; a page instead of an empty one."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        empty = isinstance(response, HttpResponse) and not response.content
        if response.status_code != 405 or not empty or request.path_info.startswith("/api/"):
            return response
        told = not_allowed(request)
        told.headers["Allow"] = response.headers.get("Allow", "")
        return told


def not_allowed(request: HttpRequest) -> HttpResponse:
    """The page of 405."""
    return page(
        request,
        405,
        _("This cannot be done at this address"),
        _("The address belongs to a button of another page, or it takes nothing that is sent to it."),
        advice=_("Go back to the page you came from, and use the buttons there."),
    )


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a rule refused, and its sentence says what would help."""
    if isinstance(exception, Refused) and str(exception.sentence):
        sentence = str(exception.sentence)
    else:
        sentence = _("This page is for persons who have been given the part for it.")
    record = OF_A_RECORD.match(request.path_info)
    return page(
        request,
        403,
        _("You may not do this here"),
        sentence,
        advice=_("The page “Who may do what” tells who can, and how one is designated."),
        back=record.group(1) if record else "",
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing at this address, or nothing that this person may see."""
    return page(
        request,
        404,
        _("There is nothing at this address"),
        _("The page may have moved, or the address may have been cut short in a mail."),
        advice=_("Search for it here:"),
    )


def waiting(request: HttpRequest, sentence: str) -> HttpResponse:
    """503: what was asked for can be had in a minute."""
    response = page(request, 503, _("This cannot be shown just now"), sentence, again=request.get_full_path())
    response.headers["Retry-After"] = "60"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old."""
    return page(
        request,
        403,
        _("This form was open for too long"),
        _("For your safety, Kapok accepts a form only from a page that it gave to you a short while ago."),
        advice=_(
            "It was not saved. Go back to copy what you typed, open the page again and send it once more. "
            "If this repeats, allow cookies for this site."
        ),
        again=request.get_full_path(),
    )
