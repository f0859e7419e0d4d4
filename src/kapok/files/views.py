"""Giving files out, as downloads that no browser runs."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from kapok.files import access
from kapok.files.models import Upload

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def serve(upload: Upload) -> FileResponse:
    """The file as an attachment under its own name (RFC 6266). Ask only after a door was passed."""
    try:
        file = upload.path.open("rb")
    except FileNotFoundError as error:
        raise Http404(upload.token) from error
    response = FileResponse(file, as_attachment=True, filename=upload.name, content_type=upload.kind)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


@require_safe
def download(request: HttpRequest, token: str) -> FileResponse:
    """A file for the one who sent it; for everybody else it does not exist at this address."""
    upload = Upload.objects.filter(token=token).first()
    if upload is None or not access.open_to(request.user, upload):
        raise Http404(token)
    return serve(upload)
