"""Workbooks from outside: how far their sheets reach is measured before a reader lays them out in memory.

A file of a few kilobytes may hold a cell in the last column of the last row; laid out, its sheet has 17 billion cells.
"""

import io
import re
import zipfile
from typing import IO

from django.utils.translation import gettext_lazy as _

from kapok.core import archives
from kapok.core.rules import Refused

WORKBOOK = "xl/workbook.xml"
MOST_CELLS = 5_000_000
# Cells that do not tell where they stand can only be few: the programs that people use write it.
MOST_UNPLACED = 10_000
BLOCK, OVERLAP = 1 << 20, 64
CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
PLACE = re.compile(rb"""\sr=["']([A-Z]{0,4})([0-9]{1,9})["']""")
SHEET = b"sheetData"
WIDE_LETTERS = (b"\xff\xfe", b"\xfe\xff")
DAMAGED = _("This is no workbook, or it is damaged. Save it anew as .xlsx and send that.")
TOO_FAR = _(
    "A table in this file reaches over more cells than can be laid out at once (%(most)s). Delete the empty rows and "
    "columns at its end, or send it in several files."
)


def examine(content: bytes) -> None:
    """Refuse, before it is read, what is no workbook, and one that would flood us."""
    with archives.opened(io.BytesIO(content), DAMAGED) as packed:
        if WORKBOOK not in packed.namelist():
            raise Refused(DAMAGED)
        bounded(packed)


def bounded(packed: zipfile.ZipFile, most: int = MOST_CELLS) -> None:
    """Refuse a workbook with a sheet that reaches over too many cells, wherever in the archive it lies."""
    for entry in packed.infolist():
        with packed.open(entry) as part:
            if reach(part) > most:
                raise too_far(most)


def too_far(most: int) -> Refused:
    """The refusal of a sheet that is larger than can be laid out at once."""
    return Refused(TOO_FAR % {"most": most})


def reach(part: IO[bytes]) -> int:
    """Over how many cells a sheet reaches, the empty ones between included; nothing for what is no sheet."""
    rows = columns = cells = placed = 0
    is_sheet, rest = False, b""
    while block := part.read(BLOCK):
        if not rest and block.startswith(WIDE_LETTERS):
            return MOST_CELLS * MOST_CELLS
        text = rest + block
        is_sheet = is_sheet or SHEET in text
        # What lies in the overlap is counted with the next block.
        end = len(text) - OVERLAP if len(block) == BLOCK else len(text)
        cells += sum(match.start() < end for match in CELL.finditer(text))
        for match in PLACE.finditer(text):
            if match.start() < end:
                placed += bool(match[1])
                rows, columns = max(rows, int(match[2])), max(columns, number_of(match[1]))
        rest = text[end:]
    unplaced = max(0, cells - placed)
    if not is_sheet:
        return 0
    return rows * columns if unplaced <= MOST_UNPLACED else MOST_CELLS * MOST_CELLS


def number_of(letters: bytes) -> int:
    """The number of a column: A is 1, XFD is 16,384."""
    found = 0
    for letter in letters:
        found = 26 * found + letter - 64
    return found
