"""How far the sheets of a workbook reach is known before anything lays them out."""

import io
import os
from typing import Any

import pytest
from openpyxl import Workbook

from kapok.core import spreadsheets
from kapok.core.archives import opened
from kapok.core.rules import Refused
from tests.files.samples import packed

# So long that the cell after it lies across two blocks of what is read.
FILLER = os.urandom(2**19).hex().encode()[: 2**20 - 40]
UNPLACED = b"".join(b"<c><v>%d</v></c>" % at for at in range(10_001))


def checked(content: bytes) -> None:
    with opened(io.BytesIO(content), "damaged") as archive:
        spreadsheets.bounded(archive)


def saved(*cells: str) -> bytes:
    book = Workbook()
    page: Any = book.active
    for cell in cells:
        page[cell] = "x"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_workbook_of_ordinary_reach_passes():
    checked(saved("A1", "Z2000"))
    checked(packed({"notes.txt": b' r="XFD1048576" ' * 3}))


@pytest.mark.parametrize(
    "content",
    [
        saved("A1", "XFD1048576"),
        saved("XFD1", "A1048576"),
        packed({"odd.bin": b"<sheetData><row><c r='XFD1048576'/></row></sheetData>"}),
        packed({"a.xml": b"<sheetData><!--%s--><c r='XFD1048576'/></sheetData>" % FILLER}),
        packed({"a.xml": b"<sheetData>" + UNPLACED + b"</sheetData>"}),
        packed({"a.xml": "<sheetData/>".encode("utf-16")}),
    ],
)
def test_a_workbook_that_reaches_too_far_is_refused(content):
    with pytest.raises(Refused, match="more cells than can be laid out"):
        checked(content)
