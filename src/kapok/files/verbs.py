"""Keeping a file."""

import unicodedata
from typing import TYPE_CHECKING, Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.files import access, jobs
from kapok.files.images import FORMATS, redrawn
from kapok.files.keeping import put
from kapok.files.kinds import LARGEST, recognise
from kapok.files.models import Upload
from kapok.files.receiving import is_cut
from kapok.people.models import Person

if TYPE_CHECKING:
    Sent = UploadedFile[Any]


@verb("files.upload", _("Upload a file"), access.may_upload)
def upload(thing: str, *, by: Person, sent: "Sent") -> Upload:
    """Keep a file under a name of our own; the bytes are on disk before the row says so."""
    if is_cut(sent) or (sent.size or 0) > LARGEST:
        raise Refused(_("This file is larger than 20 MB. Send a smaller one, or give a link to it."))
    if not sent.size:
        raise Refused(_("This file is empty."))
    name = plain_name(sent.name or "")
    kind = recognise(name, sent)
    content: File[bytes] = redrawn(sent, kind) if kind in FORMATS else sent
    kept = Upload(name=name, size=content.size, kind=kind, thing=thing, by=by)
    kept.digest, _size = put(content.chunks(), kept.path)
    kept.save()
    jobs.read.using(key=kept.token).enqueue(kept.token)
    remember(name=name, size=kept.size, sha256=kept.digest)
    return kept


def plain_name(given: str) -> str:
    """A name without folders, control characters and characters that turn text around."""
    name = given.replace("\\", "/").rpartition("/")[2]
    name = "".join(sign for sign in name if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"}).strip(" .")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:150]}{dot}{ending[:20]}" or "file"
