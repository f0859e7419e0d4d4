"""Which files are taken: the ending of the name and the bytes must tell the same story."""

import zipfile
from typing import IO

from django.utils.translation import gettext_lazy as _

from kapok.core.archives import NESTED, opened
from kapok.core.rules import Refused

LARGEST = 20 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
KINDS = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "pptx": f"{OFFICE}presentationml.presentation",
    "odt": f"{OPEN}text",
    "ods": f"{OPEN}spreadsheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def recognise(name: str, file: IO[bytes]) -> str:
    """The content type of a file whose name and bytes agree. Raises `Refused` in a sentence."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in KINDS:
        raise Refused(_("This kind of file is not taken. Send a PDF, Office, OpenDocument, CSV, text or image file."))
    file.seek(0)
    head = file.read(8192)
    if not agrees(ending, head):
        raise Refused(
            _("The content of this file is not what its name says. Save it again in the right format and send it.")
        )
    if ending in PARTS or ending in {"odt", "ods"}:
        look_inside(ending, file)
    file.seek(0)
    return KINDS[ending]


def agrees(ending: str, head: bytes) -> bool:
    """Do the first bytes fit the ending?"""
    match ending:
        case "pdf":
            return b"%PDF-" in head[:1024]
        case "png":
            return head.startswith(b"\x89PNG\r\n\x1a\n")
        case "jpg" | "jpeg":
            return head.startswith(b"\xff\xd8\xff")
        case "csv" | "txt":
            return is_text(head)
    return head.startswith(b"PK\x03\x04")


def is_text(head: bytes) -> bool:
    """Text in UTF-8, UTF-16 with its mark, or an older one-byte encoding; nothing a program would run."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in head and not head.startswith((b"MZ", b"\x7fELF", b"PK", b"%PDF", b"#!", b"<?php"))


def look_inside(ending: str, file: IO[bytes]) -> None:
    """Refuse packed documents that unpack to something huge, hold programs, or fetch from elsewhere."""
    damaged = _("This document is damaged and cannot be opened. Save it again and send it.")
    with opened(file, damaged) as packed:
        names = {entry.filename for entry in packed.infolist()}
        known = PARTS[ending] in names if ending in PARTS else is_open_document(packed, names, KINDS[ending])
        fetches = known and ending in PARTS and fetches_from_elsewhere(packed, names)
    if not known:
        raise Refused(
            _("The content of this file is not what its name says. Save it again in the right format and send it.")
        )
    lowered = [name.lower() for name in names]
    if any("vbaproject" in name or name.startswith(("basic/", "scripts/")) for name in lowered):
        raise Refused(_("This document holds macros. Save it without macros and send it."))
    if any(name.endswith((".bin", ".exe", *NESTED)) and "printersettings" not in name for name in lowered):
        raise Refused(_("This document has other files or programs inside. Take them out and send it again."))
    if fetches:
        raise Refused(_("This document fetches a template from elsewhere. Attach it without its template."))


def is_open_document(packed: zipfile.ZipFile, names: set[str], kind: str) -> bool:
    """OpenDocument files say in their first entry what they are."""
    return "mimetype" in names and packed.read("mimetype")[:100].decode("ascii", "replace").strip() == kind


def fetches_from_elsewhere(packed: zipfile.ZipFile, names: set[str]) -> bool:
    """Does the document load a template, a frame or an object from an outside address? Links are fine."""
    for name in names:
        if name.endswith(".rels"):
            for line in packed.read(name).decode("utf-8", "replace").split("<Relationship ")[1:]:
                if 'TargetMode="External"' in line and "/hyperlink" not in line:
                    return True
    return False
