"""While there is no index to read, whoever asks it is told so: empty is never said where nothing was looked up."""

from django.http import HttpRequest, HttpResponseBase

from kapok.core.cache import MARK
from kapok.search import index
from kapok.search.indexer import Broken
from kapok.search.questions import Answer
from kapok.site import errors
from kapok.site.middleware import Next

WAIT = "60"


def is_away() -> bool:
    """Is there no index that can be read just now?"""
    try:
        index.view()
    except Broken:
        return True
    return False


def is_unanswered(answer: Answer) -> bool:
    """Was nothing looked up?"""
    return bool(answer.note == index.UNREADY)


def given(answer: Answer) -> Answer:
    """An answer for those to whom an empty list would be a wrong one. Raises `Unready` without an index."""
    if is_unanswered(answer):
        raise index.Unready(str(index.UNREADY))
    return answer


class IndexAwayMiddleware:
    """Files and feeds that cannot be made wait a minute; pages made meanwhile are kept by nobody."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if MARK in response.headers and is_away():
            del response.headers[MARK]
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """The page of 503, where nothing else can be said."""
        if not isinstance(exception, index.Unready):
            return None
        return errors.waiting(request, str(exception))
