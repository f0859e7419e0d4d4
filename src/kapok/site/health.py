"""Is Kapok well? `/healthz` and `/readyz` for machines, and a plain page for people when it is not.

Nothing here needs the database, a template or a catalogue, so that it works when those do not.
"""

import errno
import logging
import secrets
import shutil
import sys
from collections.abc import Callable
from html import escape
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone

from kapok.core.languages import LANGUAGES, current
from kapok.core.models import Job
from kapok.search import index

logger = logging.getLogger("kapok.health")
LITTLE_ROOM = 20 * 1024 * 1024

AWAY = {
    "ar": "لا يمكن الوصول إلى كابوك الآن، ولم يضِع شيء. يرجى المحاولة بعد دقائق.",
    "en": "Kapok cannot reach its database just now. Nothing is lost. Please try again in a few minutes.",
    "es": "Kapok no puede acceder a su base de datos en este momento. No se ha perdido nada. "
    "Inténtelo de nuevo dentro de unos minutos.",
    "fr": "Kapok ne peut pas accéder à sa base de données pour le moment. Rien n’est perdu. "
    "Veuillez réessayer dans quelques minutes.",
    "ru": "Kapok сейчас не может обратиться к своей базе данных. Ничего не потеряно. "
    "Пожалуйста, повторите попытку через несколько минут.",
    "zh": "Kapok 目前无法连接数据库。没有丢失任何内容。请几分钟后再试。",
}
FULL = {
    "ar": "القرص ممتلئ، لذلك لم يُحفظ ما أرسلتموه. ارجعوا إلى الصفحة السابقة للاحتفاظ بما كتبتم، وأبلغوا الأمانة.",
    "en": "The disk of this site is full, so what you sent was not saved. "
    "Go back to keep what you typed, and tell the Secretariat.",
    "es": "El disco de este sitio está lleno y lo que usted envió no se guardó. "
    "Vuelva a la página anterior para conservar lo escrito y avise a la Secretaría.",
    "fr": "Le disque de ce site est plein : votre envoi n’a pas été enregistré. "
    "Revenez en arrière pour garder votre texte et prévenez le Secrétariat.",
    "ru": "Диск этого сайта заполнен, поэтому отправленное не сохранено. "
    "Вернитесь назад, чтобы не потерять текст, и сообщите в Секретариат.",
    "zh": "本网站的磁盘已满，您提交的内容未保存。请返回上一页以保留已输入的内容，并告知秘书处。",
}
BROKEN = {
    "ar": "حدث خطأ من جانبنا ولم يُحفظ ما أرسلتموه. إذا تكرر ذلك فأبلغوا الأمانة بهذا الرقم:",
    "en": "Something went wrong on our side, and what you sent was not saved. "
    "If it happens again, tell the Secretariat this number:",
    "es": "Se ha producido un error por nuestra parte y lo que usted envió no se guardó. "
    "Si vuelve a ocurrir, comunique a la Secretaría este número:",
    "fr": "Une erreur s’est produite de notre côté et votre envoi n’a pas été enregistré. "
    "Si cela se reproduit, indiquez ce numéro au Secrétariat :",
    "ru": "На нашей стороне произошла ошибка, отправленное не сохранено. "
    "Если это повторится, сообщите в Секретариат этот номер:",
    "zh": "我方出现错误，您提交的内容未保存。如再次发生，请将以下编号告知秘书处：",
}
PAGE = """<!doctype html>
<html lang="{tag}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kapok</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/kapok/plain.css">
</head>
<body>
<main>
<h1>Kapok</h1>
{paragraphs}
</main>
</body>
</html>
"""


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


def never_kept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Length"] = str(len(response.content))
    return response


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


def plain_page(words: dict[str, str], status: int, more: str = "") -> HttpResponse:
    """The same sentence in six languages, the reader's first."""
    first = LANGUAGES[current()]
    ordered = [first, *(language for language in LANGUAGES.values() if language is not first)]
    paragraphs = "\n".join(
        f'<p lang="{each.tag}" dir="{each.direction}">{escape(words[each.tag])} {escape(more)}</p>' for each in ordered
    )
    page = PAGE.format(tag=first.tag, direction=first.direction, paragraphs=paragraphs)
    response = HttpResponse(page, status=status)
    if status == 503:
        response.headers["Retry-After"] = "60"
    return never_kept(response)


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
    if is_full(error):
        logger.error("The disk is full: %s", error)
        return plain_page(FULL, 507)
    if is_away(error):
        logger.error("The database does not answer: %s", error)
        return plain_page(AWAY, 503)
    number = secrets.token_hex(4)
    logger.error("Error %s on %s %s", number, request.method, request.path, exc_info=error)
    return plain_page(BROKEN, 500, number)
