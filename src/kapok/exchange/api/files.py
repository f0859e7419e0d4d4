"""Files for the answers of a draft."""

from django.http import HttpRequest
from ninja import File, UploadedFile

from kapok.core.rules import allow
from kapok.exchange.api.finding import acting, draft_of
from kapok.exchange.api.once import Done, once
from kapok.exchange.api.router import router
from kapok.exchange.api.shapes import REFUSALS, FileAnswer
from kapok.exchange.models import Scope
from kapok.files import verbs as files
from kapok.records import access


@router.post("/drafts/{identifier}/files", response={201: FileAnswer, **REFUSALS}, summary="Send a file")
@once
def send_file(request: HttpRequest, identifier: str, file: File[UploadedFile]) -> Done:
    """Keep a file of at most 20 MB; then name it in a field of files: `{"file": …, "name": …}`."""
    by = acting(request, Scope.DRAFTS)
    record = draft_of(by, identifier).record
    allow(access.may_save, by, record)
    kept = files.upload(record.reference, by=by, sent=file)
    answer = FileAnswer(file=kept.token, name=kept.name, size=kept.size, kind=kept.kind, sha256=kept.digest)
    return Done(answer, 201)
