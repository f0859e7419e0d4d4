"""Public pages: which answers may be kept for every visitor, and when all that was kept becomes old."""

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from kapok.core.news import listen

P = ParamSpec("P")
MARK = "Kapok-Cache"
LARGEST = 100_000


def public(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view whose answer is the same for every visitor: kept whole until the next news.

    Only what a person without an account gets is kept, so it may stand on any page that has no form with a token.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not request.user.is_authenticated:
            response.headers[MARK] = "public"
        return response

    return answer  # type: ignore[return-value]  # mypy gives the first parameter of a wrapped function a name


def generation_file() -> Path:
    """A small file whose size and age change with every news; all processes look at it."""
    path: Path = settings.DATA / "cache" / "generation"
    return path


def generation() -> tuple[int, int]:
    """The present generation; what was kept in another one is old."""
    try:
        stat = generation_file().stat()
    except FileNotFoundError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size


def renew() -> None:
    """Make everything kept old, in all processes."""
    path = generation_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("ab") as file:
            if file.tell() > LARGEST:
                file.truncate(0)
            file.write(b".")
    except OSError:
        # On a full disk nothing can be written, but the age of a file can still be changed.
        os.utime(path)


@listen("*", together=True)
def forget(references: list[str], **facts: object) -> None:
    """Any news may show on any page."""
    renew()
