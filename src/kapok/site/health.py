"""Is Kapok well? `/healthz` and `/readyz` for machines, and a plain page for people when it is not.

Nothing here needs the database, a template or a catalogue, so that it works when those do not.
"""

import errno
import logging
import secrets
import shutil
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone

from kapok.core.models import Job
from kapok.search import index
from kapok.site.plainly import AWAY, BROKEN, FULL, address_again, never_kept, plain_page

logger = logging.getLogger("kapok.health")
LITTLE_ROOM = 20 * 1024 * 1024


class HealthMiddleware:
    """Answers `/healthz` and `/readyz` before anything else can fail."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/healthz":
            found = examine()
            return never_kept(JsonResponse({"status": "ok" if well(found) else "degraded", **found}))
        if request.path_info == "/readyz":
            found = examine()
            ready = well(found)
            body = {"status": "ready" if ready else "not ready", **found}
            return never_kept(JsonResponse(body, status=200 if ready else 503))
        return self.get_response(request)


def well(found: dict[str, Any]) -> bool:
    """Can pages be served and changes be saved?"""
    return bool(found["database"] == "ok" and found["disk"] == "ok")


def examine() -> dict[str, Any]:
    """What a look at the parts shows, without anything that should stay private."""
    found: dict[str, Any] = {"database": "ok", "disk": disk()}
    try:
        now = timezone.now()
        oldest = Job.objects.filter(state="ready", run_after__lte=now).order_by("run_after").first()
        found["jobs_late_seconds"] = round((now - oldest.run_after).total_seconds()) if oldest else 0
        found["jobs_dead"] = Job.objects.filter(state="dead").count()
        found["index_waiting"] = index.waiting()
    except DatabaseError as error:
        logger.warning("The database does not answer: %s", error)
        connection.close()
        found["database"] = "away" if is_away(error) else "not set up: run `kapok setup`"
    return found


def disk() -> str:
    """Is there room to write?"""
    try:
        return "ok" if shutil.disk_usage(settings.DATA).free > LITTLE_ROOM else "almost full"
    except OSError:
        return "the data folder is gone"


def is_full(error: BaseException | None) -> bool:
    """Was there no room left on the disk?"""
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return True
    said = str(error).lower()
    return isinstance(error, DatabaseError) and ("is full" in said or "no space left" in said)


def is_away(error: BaseException | None) -> bool:
    """Did the database not answer? SQLite uses the same class for a missing table, which is a fault of ours."""
    return isinstance(error, OperationalError | InterfaceError) and "no such " not in str(error)


def server_error(request: HttpRequest) -> HttpResponse:
    """What people see when something failed: which of three things it was, and what they can do."""
    error = sys.exc_info()[1]
    again = address_again(request.method, request.get_full_path())
    if is_full(error):
        logger.error("The disk is full: %s", error)
        return plain_page(FULL, 507, again=again)
    if is_away(error):
        logger.error("The database does not answer: %s", error)
        return plain_page(AWAY, 503, again=again)
    number = secrets.token_hex(4)
    logger.error("Error %s on %s %s", number, request.method, request.path, exc_info=error)
    return plain_page(BROKEN, 500, number, again)
