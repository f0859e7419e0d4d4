"""The pages that say no, each in a sentence and with a way on."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kapok.core.rules import Refused


def page(
    request: HttpRequest, status: int, title: str, sentence: str | Promise, *, advice: str = "", again: str = ""
) -> HttpResponse:
    """The common page of refusals."""
    guess = " ".join(request.path_info.replace("/", " ").replace("-", " ").replace("_", " ").split())[:80]
    context = {"status": status, "title": title, "sentence": sentence, "help": advice, "again": again, "guess": guess}
    html = render_to_string("site/problem.html", context | {"no_search": status == 404}, request)
    return HttpResponse(html, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: something in the request makes no sense."""
    return page(
        request,
        400,
        _("This request cannot be understood"),
        _("Something in the address or in what was sent is not as Kapok expects it."),
        advice=_("Go back, check what you entered, and try again."),
    )


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a rule refused, and its sentence says what would help."""
    if isinstance(exception, Refused) and str(exception.sentence):
        sentence = str(exception.sentence)
    else:
        sentence = _("This page is for persons who have been given the part for it.")
    return page(
        request,
        403,
        _("You may not do this here"),
        sentence,
        advice=_("The page “Who may do what” tells who can, and how one is designated."),
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


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old."""
    return page(
        request,
        403,
        _("This form was open for too long"),
        _("For your safety, Kapok accepts a form only from a page that it gave to you a short while ago."),
        advice=_("Open the page again and send the form once more. If this repeats, allow cookies for this site."),
        again=request.get_full_path(),
    )
