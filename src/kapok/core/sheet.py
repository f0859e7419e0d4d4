"""A sent form as a sheet of paper: sent again, it is the same sheet, whose secret is the same."""

import base64
import secrets

from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def secret_of(request: HttpRequest, purpose: str) -> str:
    """A secret that nobody can guess, and that the same sheet gives again.

    What forbids sending twice (`site/once.py`) leads the second sheet to where the first one led. What is told on the
    page itself, and kept as a digest only, has no such place: so it is drawn from the sheet.

    Each page masks its token against forgery anew, so no two sheets have the same; what was typed counts as well.
    """
    if not request.POST.get("csrfmiddlewaretoken"):
        return secrets.token_urlsafe(32)
    said = repr([request.user.pk, request.path_info, sorted(request.POST.lists())])
    digest = salted_hmac(f"kapok.{purpose}", said, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
