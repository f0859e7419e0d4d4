"""Small files of every kind, right and wrong."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

RELATION = (
    '<Relationships><Relationship Id="r" Type="http://x/{kind}" Target="{to}" TargetMode="External"/></Relationships>'
)


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a form sends it."""
    return SimpleUploadedFile(name, content)


def pdf(name: str = "report.pdf") -> SimpleUploadedFile:
    """The beginning of a PDF, which is all that is looked at."""
    return sent(name, b"%PDF-1.7\n%some content\n%%EOF\n")


def packed(entries: dict[str, bytes]) -> bytes:
    """A zip archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return held.getvalue()


def office(part: str = "word/document.xml", **more: bytes) -> bytes:
    """The skeleton of an Office document; further entries by their names with dots and slashes written `__`."""
    extra = {name.replace("___", "/").replace("__", "."): content for name, content in more.items()}
    return packed({"[Content_Types].xml": b"<Types/>", part: b"<document/>", **extra})


def open_document(kind: str = "text") -> bytes:
    """The skeleton of an OpenDocument file."""
    return packed({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<x/>"})


def picture(form: str, *, place: bool = False) -> bytes:
    """A small picture; with a place, one that a camera held on its side wrote into it."""
    held = io.BytesIO()
    image = Image.new("RGB", (40, 30), "green")
    exif = Image.Exif()
    if place:
        exif[0x0112] = 6  # turned by a quarter
        exif[0x8825] = {1: "S", 2: (1.0, 17.0, 0.0)}
    image.save(held, form, exif=exif)
    return held.getvalue()
