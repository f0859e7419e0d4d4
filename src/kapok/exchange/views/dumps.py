"""The files of the newest dump, and what they are for catalogues of open data."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok.exchange.providing import catalogue
from kapok.exchange.providing.dump import KINDS, MANIFEST, newest

DESCRIBED = {
    "jsonld": (catalogue.to_jsonld, "application/ld+json"),
    "ttl": (catalogue.to_turtle, "text/turtle; charset=utf-8"),
}


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """`/data/kapok-csv.zip`: the same address every day."""
    dump = newest() if name in KINDS else None
    if dump is None:
        raise Http404(_("There is no file of this kind."))
    hashes = {one["name"]: one["sha256"] for one in dump.manifest["files"]}
    etag = f'"{hashes.get(name, dump.place.name)[:32]}"'
    response = FileResponse((dump.place / name).open("rb"), as_attachment=name != MANIFEST, content_type=KINDS[name])
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    # What is packed already is not packed once more.
    response.headers.setdefault("Content-Encoding", "identity")
    held = get_conditional_response(request, etag, None, HttpResponse())
    if held is not None and held.status_code == 304:
        response.close()
        held["ETag"] = etag
        return held
    return response


@require_safe
def described(request: HttpRequest, shape: str) -> HttpResponse:
    """`/data/dcat.ttl`: what there is, for catalogues of open data."""
    if shape not in DESCRIBED:
        raise Http404(_("There is no file of this kind."))
    write, kind = DESCRIBED[shape]
    return HttpResponse(write(newest()), content_type=kind, headers={"Access-Control-Allow-Origin": "*"})
