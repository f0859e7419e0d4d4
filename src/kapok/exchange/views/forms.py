"""Forms to fill in without a connection: empty ones for everybody, filled-in ones for those who may edit the record."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok.core.languages import current
from kapok.core.rules import Refused
from kapok.exchange.exporting.forms import word_form
from kapok.exchange.exporting.rows import in_work
from kapok.exchange.exporting.workbook import KIND, form_workbook
from kapok.formats.format import Format, formats
from kapok.records.access import may_write, visible_to
from kapok.records.models import Record

Maker = Callable[[type[Format], str, Record | None], bytes]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def sheet_form(form: type[Format], language: str, record: Record | None) -> bytes:
    """The workbook of a type, with the record in it if there is one."""
    return form_workbook(form, language, [in_work(record)] if record else [])


MAKERS: dict[str, tuple[Maker, str]] = {"docx": (word_form, WORD), "xlsx": (sheet_form, KIND)}


@require_safe
def empty(request: HttpRequest, code: str, shape: str) -> HttpResponseBase:
    """`/ar/formats/initiative/form.docx`: the questions of a record type, in the language of the address."""
    if code not in formats or shape not in MAKERS:
        raise Http404(_("There is no file of this kind."))
    return sent(formats[code], None, shape, f"kapok-{code}-{current()}")


@require_safe
@login_required
def filled(request: HttpRequest, identifier: str, shape: str) -> HttpResponseBase:
    """`/records/INI-000123/form.docx`: the same questions with what is answered already."""
    record = visible_to(request.user).filter(identifier=identifier.upper()).first()
    if record is None or shape not in MAKERS:
        raise Http404(_("There is no file of this kind."))
    said = may_write.answer(request.user, record)
    if not said:
        raise Refused(said.sentence, said.rule)
    return sent(record.form, record, shape, f"{record.identifier}-{current()}")


def sent(form: type[Format], record: Record | None, shape: str, name: str) -> HttpResponse:
    """The file, under a name that tells what it is."""
    make, kind = MAKERS[shape]
    disposition = content_disposition_header(True, f"{name}.{shape}") or "attachment"
    return HttpResponse(make(form, current(), record), content_type=kind, headers={"Content-Disposition": disposition})
