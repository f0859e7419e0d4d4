"""One record as a file, in each shape that makes sense for it."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok.core.languages import current
from kapok.exchange.exporting.rows import published
from kapok.exchange.exporting.sending import send
from kapok.exchange.exporting.shape import Taking
from kapok.exchange.exporting.shapes import SHAPES
from kapok.records.access import visible_to
from kapok.records.models import Stage
from kapok.records.payload import address_of
from kapok.records.queries import survivor


@require_safe
def record(request: HttpRequest, identifier: str, shape: str) -> HttpResponseBase:
    """`/records/INI-000123.csv`; a merged record is told by the one it stands for."""
    found = visible_to(request.user).filter(identifier=identifier.upper(), number__gte=1).first()
    one = survivor(found) if found else None
    if one is None or one.stage != Stage.PUBLISHED or shape not in SHAPES or not SHAPES[shape].fits(one.format):
        raise Http404(_("There is no file of this kind."))
    taking = Taking(iter([[published(one)]]), one.form, current(), one.title, address_of(one), 1)
    return send(request, SHAPES[shape], taking, one.identifier)
