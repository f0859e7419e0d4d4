"""Sending an export while it is made, in the reader's language."""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers

from kapok.core.cache import generation
from kapok.core.languages import code_of
from kapok.exchange.exporting.shape import Shape, Taking


def pieces(shape: Shape, taking: Taking) -> Iterator[bytes]:
    """The pieces of the file. They are made after the request is over, so each is made in the language it asked for.

    The language is set anew for each piece: another request of this thread may have come between two of them.
    """
    with closing(iter(shape.write(taking))) as made:  # type: ignore[type-var]
        while True:
            with translation.override(code_of(taking.language)):
                piece = next(made, None)
            if piece is None:
                return
            yield piece


def packed(plain: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces packed, each so that it can be read at once; the site's own packing would hold the first ones back."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    for piece in plain:
        yield packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


def send(request: HttpRequest, shape: Shape, taking: Taking, name: str) -> HttpResponseBase:
    """The file, or word that the reader's copy is still good."""
    etag = tag(request, taking)
    made = pieces(shape, taking)
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    response: Any = StreamingHttpResponse(packed(made) if packs else made, headers=shape.headers(name))
    patch_vary_headers(response, ("Accept-Encoding",))
    if packs:
        response["Content-Encoding"] = "gzip"
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    if request.user.is_authenticated:
        return response  # type: ignore[no-any-return]
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    held = get_conditional_response(request, etag, None, HttpResponse())
    if held is not None and held.status_code == 304:
        held["ETag"] = etag
        return held
    return response  # type: ignore[no-any-return]


def tag(request: HttpRequest, taking: Taking) -> str:
    """The same as long as nothing at all was changed and the day is the same."""
    facts = (request.get_full_path(), taking.language, generation(), timezone.now().date().isoformat())
    return f'W/"{hashlib.sha256(repr(facts).encode()).hexdigest()[:24]}"'
