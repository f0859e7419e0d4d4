"""Opening files of any kind: what they are is told by their bytes, whatever their names say."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_lazy as _

from kapok.core.archives import opened
from kapok.exchange.importing import csvs, workbooks
from kapok.exchange.importing.source import Sheet, Unreadable

HEAD = 65_536
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BROKEN = _("This file is damaged and cannot be opened; it may be cut. Save it again and send it.")
STRANGE = _(
    "This kind of file is not understood. Send CSV, XLSX, XLS or ODS, IATI as XML, JSON, a form written by Kapok, "
    "or several of these in one zip."
)
# Programs and pictures that no honest table begins with.
STRANGERS = (b"MZ", b"\x7fELF", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


@dataclass
class File:
    """One file to read, and what it is."""

    name: str
    content: IO[bytes]
    kind: str

    def whole(self) -> bytes:
        self.content.seek(0)
        return self.content.read()


def files(name: str, content: IO[bytes]) -> Iterator[File]:
    """The file, or those within it when it is an archive."""
    kind = sniff(content)
    if kind != "zip":
        yield File(name, content, kind)
        return
    with opened(content, BROKEN, nested=False) as packed:
        entries = [entry for entry in packed.infolist() if not entry.is_dir() and is_file(entry.filename)]
        if not entries:
            raise Unreadable(_("This archive is empty."))
        for entry in entries:
            inner = BytesIO(packed.read(entry))
            yield File(Path(entry.filename).name, inner, sniff(inner))


def is_file(name: str) -> bool:
    """Not one of the hidden files that some systems put into archives."""
    return not Path(name).name.startswith(".") and not name.startswith("__MACOSX/")


def sniff(content: IO[bytes]) -> str:
    """What a file is: xlsx, ods, xls, docx, zip, xml, json or csv. Raises `Unreadable`."""
    content.seek(0)
    head = content.read(HEAD)
    content.seek(0)
    if not head.strip():
        raise Unreadable(_("This file is empty."))
    if head.startswith(b"PK\x03\x04"):
        return packed_kind(content)
    if head.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in head:
            raise Unreadable(_("This file is locked with a password. Save it without one and send it."))
        return "xls"
    if head.startswith(STRANGERS):
        raise Unreadable(STRANGE)
    text = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip()
    if text.startswith(b"<"):
        return "xml"
    return "json" if text[:1] in (b"{", b"[") and is_json(text) else "csv"


def is_json(text: bytes) -> bool:
    """Does it begin like JSON, rather than like a table whose first cell has a bracket?"""
    try:
        json.JSONDecoder().raw_decode(text.decode("utf-8", "replace"))
    except json.JSONDecodeError as error:
        return error.pos > 40 or b'"' in text[:200]
    except RecursionError:
        return True
    return True


def packed_kind(content: IO[bytes]) -> str:
    """Which of the packed kinds it is."""
    with opened(content, BROKEN) as packed:
        names = set(packed.namelist())
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "word/document.xml" in names:
            return "docx"
        if "mimetype" in names and b"spreadsheet" in packed.read("mimetype")[:100]:
            return "ods"
    return "zip"


def sheets(file: File) -> Iterator[Sheet]:
    """The tables of a file."""
    if file.kind == "xlsx":
        yield from workbooks.xlsx(file.name, file.whole())
    elif file.kind in {"xls", "ods"}:
        yield from workbooks.older(file.name, file.whole())
    else:
        yield Sheet(file.name, "", csvs.rows(file.whole()))
