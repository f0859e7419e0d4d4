"""A form that is sent twice is done once: pressed twice, sent again after going back, or sent anew by the browser.

Each form carries a token against forgery, which is masked anew whenever a page is made. So the same answers with the
same token are the same sheet of paper: whoever sends it again is led to where the first one led.
"""

import time
from hashlib import sha256

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kapok.core.rules import Refused
from kapok.site.middleware import Next

# So long a form is known again; so long one that is being dealt with is waited for, in seconds.
KNOWN, HELD, WAIT, STEP = 3600, 120, 20, 0.1
BUSY = "…"
ENOUGH = 3
# Signing in and out are done as often as they are asked for.
JOINING = "/account/signup/"


class OnceMiddleware:
    """Deal with each sent form once."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request)
        if not key:
            return self.get_response(request)
        place = place_of(key)
        if place:
            messages.info(request, _("This form was sent already. It was done once."))
            return HttpResponseRedirect(place)
        place = ""
        try:
            response = self.get_response(request)
            place = response.headers.get("Location", "") if response.status_code in {302, 303} else ""
        finally:
            # What led nowhere, because something was wrong or is asked once more, may be sent again.
            if place and "/account/login" not in place:
                cache.set(key, place, KNOWN)
            else:
                cache.delete(key)
        return response


def place_of(key: str) -> str:
    """Where the same form led that was sent before; nothing, if this one is the first."""
    nobody = 0
    for _attempt in range(int(WAIT / STEP)):
        if cache.add(key, BUSY, HELD):
            return ""
        place = cache.get(key)
        nobody += place is None
        # Held by nobody and yet not to be taken: nothing can be kept, and the act itself will say why.
        if nobody == ENOUGH:
            return ""
        if place not in {None, BUSY}:
            return str(place)
        time.sleep(STEP)
    raise Refused(gettext_lazy("This form is being dealt with. Look in a moment whether it is done."))


def key_of(request: HttpRequest) -> str:
    """The name under which a sent form is known; nothing for what is no form sent by a person."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return ""
    path = request.path_info
    if path.startswith("/account/") and path.endswith("/") and path != JOINING:
        return ""
    if not request.POST.get("csrfmiddlewaretoken"):
        return ""
    said = sha256(f"{getattr(request.user, 'pk', '')}\n{request.get_full_path()}".encode())
    for name, values in sorted(request.POST.lists()):
        said.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            said.update(repr((name, file.name, file.size)).encode())
            for piece in file.chunks():
                said.update(piece)
            file.seek(0)
    return f"once:{said.hexdigest()}"
