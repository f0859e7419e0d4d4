"""Files of a record: given to whoever may read the answers that hold them."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kapok.core.rules import Refused, allow
from kapok.files import pieces
from kapok.files import verbs as files
from kapok.files.models import Upload
from kapok.files.views import serve
from kapok.formats.asking import Asking
from kapok.formats.kinds import Kind
from kapok.people.models import Person
from kapok.records import access, verbs
from kapok.records.attached import files_in
from kapok.records.models import Record, Stage
from kapok.records.views.parts import open_draft, open_record, person_of, see_trail, shelf


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


@login_required
@require_POST
def piece(request: HttpRequest, identifier: str) -> JsonResponse:
    """A piece of a file for the draft of a record; the answer says where the file stands, and at its end its name."""
    record, by = open_draft(request, identifier).record, person_of(request)
    try:
        allow(access.may_save, by, record)
        return JsonResponse(taken(request, record, by))
    except pieces.Elsewhere as elsewhere:
        return JsonResponse({"size": elsewhere.size}, status=409)
    except Refused as refused:
        return JsonResponse({"sentence": str(refused.sentence)}, status=422)


def taken(request: HttpRequest, record: Record, by: Person) -> dict[str, object]:
    """Keep the piece that was sent; keep the file when it is whole."""
    sent, post = request.FILES.get("piece"), request.POST
    numbers = [post.get(name, "") for name in ("at", "size")]
    if sent is None or isinstance(sent, list) or not all(one.isdecimal() and len(one) < 12 for one in numbers):
        raise Refused(_("This piece of a file is not as Kapok expects it. Send the file again."))
    at, size = map(int, numbers)
    path = pieces.add(by.pk, post.get("id", ""), at, sent.read(pieces.PIECE + 1))
    stands = path.stat().st_size
    if stands < size:
        return {"size": stands}
    kept = files.upload(record.reference, by=by, sent=pieces.whole(path, post.get("name", "")))
    return {"size": stands, "file": kept.token, "name": kept.name, "card": card(request, record, kept)}


def card(request: HttpRequest, record: Record, kept: Upload) -> str:
    """The file as the form shows it, at the field that it was chosen for."""
    item = {"file": kept.token, "name": kept.name}
    what = {"path": request.POST.get("path", ""), "item": item, "page": Asking(**shelf(record))}
    return render_to_string("formats/file_card.html", what, request)


@require_safe
def shared_file(request: HttpRequest, token: str, file_token: str) -> HttpResponseBase:
    """A file of a draft that was shared by a link."""
    record = verbs.shared(token)
    if record is None or record.working is None:
        raise Http404(file_token)
    return give(file_token, record.form.fields, [(record.draft.values, False)])
