"""Files of a record: given to whoever may read the answers that hold them."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from kapok.files.models import Upload
from kapok.files.views import serve
from kapok.formats.kinds import Kind
from kapok.records import access, verbs
from kapok.records.attached import files_in
from kapok.records.models import Record, Stage
from kapok.records.views.parts import open_record, see_trail


def give(token: str, fields: Mapping[str, Kind], sides: list[tuple[Mapping[str, Any], bool]]) -> HttpResponseBase:
    """The file, if one of these sets of answers holds it."""
    if any(token in dict(files_in(fields, values, private=private)) for values, private in sides):
        upload = Upload.objects.filter(token=token).first()
        if upload is not None:
            return serve(upload)
    raise Http404(token)


@require_safe
def file(request: HttpRequest, identifier: str, token: str) -> HttpResponseBase:
    """A file of a record: of its published answers for all, of its draft and its past for its people."""
    record = open_record(request, identifier)
    return give(token, record.form.fields, readable(request, record))


def readable(request: HttpRequest, record: Record) -> list[tuple[Mapping[str, Any], bool]]:
    """The answers this person may read, and whether the private ones among them."""
    sides: list[tuple[Mapping[str, Any], bool]] = []
    insider = see_trail(request, record)
    if record.stage == Stage.PUBLISHED or insider:
        sides.append((record.values, insider))
        sides += [(values, insider) for values in record.versions.values_list("values", flat=True)]
    if record.working and access.drafts_visible_to(request.user).filter(pk=record.working.pk).exists():
        sides.append((record.working.values, True))
    return sides


@require_safe
def shared_file(request: HttpRequest, token: str, file_token: str) -> HttpResponseBase:
    """A file of a draft that was shared by a link."""
    record = verbs.shared(token)
    if record is None:
        raise Http404(file_token)
    return give(file_token, record.form.fields, [(record.draft.values, False)])
