"""Answering a request that carries an idempotency key once, however often it is sent."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Schema

from kapok.exchange.api.refusing import Misused
from kapok.exchange.models import Answered, Token
from kapok.exchange.tokens.jobs import KEPT

HEADER = "Idempotency-Key"
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Done:
    """What an endpoint answers."""

    data: Schema | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def once(view: Callable[..., Done]) -> Callable[..., HttpResponse]:
    """Do it in one transaction; with a key, keep the answer with the effect and give it again for a day.

    A refused request leaves nothing behind, so that it may be sent again once its cause is mended.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get(HEADER, "")
        with transaction.atomic():
            if not key:
                return written(view(request, *args, **kwargs))
            kept, new = reserve(request.auth, key, digest_of(request))  # type: ignore[attr-defined]
            if not new:
                return replayed(kept)
            response = written(view(request, *args, **kwargs))
            kept.status, kept.body = response.status_code, response.content.decode()
            kept.headers = {name: value for name, value in response.items() if name in {"Location", "ETag"}}
            kept.save(update_fields=["status", "body", "headers"])
            return response

    answer._ninja_contribute_to_operation = [describe]  # type: ignore[attr-defined]
    return answer


def reserve(token: Token, key: str, digest: str) -> tuple[Answered, bool]:
    """The row of a key, and whether it is new. Two at once: the second waits for the first to be answered."""
    if len(key) > LONGEST or not key.isascii() or not key.isprintable():
        raise Misused(_("An idempotency key has at most 200 plain characters."))
    Answered.objects.filter(token=token, key=key, at__lt=timezone.now() - KEPT).delete()
    try:
        with transaction.atomic():
            return Answered.objects.create(token=token, key=key, digest=digest), True
    except IntegrityError:
        kept = Answered.objects.get(token=token, key=key)
    if kept.digest != digest:
        raise Misused(_("This idempotency key was used for another request. Take a new one for each act."))
    return kept, False


def digest_of(request: HttpRequest) -> str:
    """What makes two requests the same. Of files the name, the size and the bytes count."""
    hashed = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.FILES or request.POST:
        for name, sent in sorted_files(request):
            hashed.update(f"{name} {sent.name} {sent.size}\n".encode(errors="replace"))
            for chunk in sent.chunks():
                hashed.update(chunk)
            sent.seek(0)
        hashed.update(request.POST.urlencode().encode())
    else:
        hashed.update(request.body)
    return hashed.hexdigest()


def sorted_files(request: HttpRequest) -> list[tuple[str, Any]]:
    """All files that were sent, several of one name in the order they came."""
    return [(name, one) for name in sorted(request.FILES) for one in request.FILES.getlist(name)]


def written(done: Done) -> HttpResponse:
    """The answer as it goes out."""
    text = json.dumps(done.data.dict(), ensure_ascii=False, default=str) if done.data is not None else ""
    response = HttpResponse(text, status=done.status, content_type="application/json; charset=utf-8")
    for name, value in done.headers.items():
        response.headers[name] = value
    return response


def replayed(kept: Answered) -> HttpResponse:
    """The answer that was given before."""
    response = HttpResponse(kept.body, status=kept.status, content_type="application/json; charset=utf-8")
    for name, value in kept.headers.items():
        response.headers[name] = value
    response.headers["Idempotency-Replayed"] = "true"
    return response


def describe(operation: Any) -> None:
    """Say in the description of the interface that a key may be given."""
    parameter = {
        "name": HEADER,
        "in": "header",
        "required": False,
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "^[!-~]+$"},
        "description": "A key of your own for this act. Sent again within 24 hours, it is answered as before, "
        "without a second effect; with another request it is refused (409).",
    }
    operation.openapi_extra = {"parameters": [parameter, *(operation.openapi_extra or {}).get("parameters", [])]}
