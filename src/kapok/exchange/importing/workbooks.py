"""Workbooks. XLSX is streamed; older kinds are read apart, in a process with bounds of its own."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from kapok.core.archives import opened
from kapok.exchange.importing import amounts
from kapok.exchange.importing.csvs import too_long, too_wide
from kapok.exchange.importing.said import Notes
from kapok.exchange.importing.source import MOST_COLUMNS, MOST_ROWS, Sheet, Unreadable

DAMAGED = _("This workbook is damaged and cannot be opened. Save it again and send it.")
MERGED_CELLS = gettext_noop("Merged cells were read as if each of them held the value.")
MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
MOST_MERGED = 5000
FORMULAS = gettext_noop("This workbook calculates some cells; their last results were read.")
FORMULA = re.compile(rb"<f[ >/]")
HEAD = 262_144
ELEMENT = re.compile(rb"<[A-Za-z_]")
SECONDS = 60
# Rows without anything in them at the end of a sheet are not walked through for ever.
EMPTY_AT_THE_END = 1000


def xlsx(file: str, content: bytes) -> Iterator[Sheet]:
    """The visible sheets of a workbook, row by row."""
    notes = looked_into(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()
                told = Notes([*notes.found])
                yield Sheet(file, sheet.title, filled(streamed(sheet), merged(content, sheet), told), told)
    except Unreadable:
        raise
    except Exception:
        # The library raises errors of many kinds at damaged files.
        raise Unreadable(DAMAGED) from None


def looked_into(content: bytes) -> Notes:
    """Refuse macros and document types; tell of formulas."""
    notes = Notes()
    with opened(BytesIO(content), DAMAGED) as packed:
        for name in packed.namelist():
            if "vbaproject" in name.lower():
                raise Unreadable(_("This document holds macros. Save it without macros and send it."))
            if not name.endswith((".xml", ".rels")):
                continue
            with packed.open(name) as part:
                head = part.read(HEAD)
                plain = head.replace(b"\x00", b"")
                # What stands before the first element is short in every honest part.
                begun = ELEMENT.search(plain)
                if begun is None or b"<!DOCTYPE" in plain[: begun.start()].upper():
                    raise Unreadable(DAMAGED)
                if name.startswith("xl/worksheets/") and FORMULA.search(head):
                    notes.remark(FORMULAS)
    return notes


def merged(content: bytes, sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Which cell each merged one takes its value from, by row and column counted from 1."""
    taken: dict[tuple[int, int], tuple[int, int]] = {}
    with opened(BytesIO(content), DAMAGED) as packed:
        found = MERGED.findall(packed.read(sheet._worksheet_path))[:MOST_MERGED]
    for match in found:
        left, top, right, bottom = range_boundaries(match.decode())
        if left and top and right and bottom and (right - left + 1) * (bottom - top + 1) <= MOST_MERGED:
            places = product(range(top, bottom + 1), range(left, right + 1))
            taken.update(dict.fromkeys(places, (top, left)))
    return taken


def filled(
    rows: Iterator[tuple[int, list[str]]], merged: dict[tuple[int, int], tuple[int, int]], notes: Notes
) -> Iterator[tuple[int, list[str]]]:
    """The rows with the value of a merged range in each of its cells."""
    kept: dict[tuple[int, int], str] = {}
    widest = max((column for _row, column in merged), default=0)
    if merged:
        notes.remark(MERGED_CELLS)
    for number, cells in rows:
        if any((number, column) in merged for column in range(1, widest + 1)):
            cells = cells + [""] * (widest - len(cells))
            for column in range(1, widest + 1):
                if origin := merged.get((number, column)):
                    kept.setdefault(origin, cells[column - 1])
                    cells[column - 1] = kept[origin]
        yield number, cells


def streamed(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet, empty ones left out."""
    empty = 0
    for number, row in enumerate(honest(sheet.iter_rows(values_only=True)), 1):
        cells = [written(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise too_wide(len(cells))
        if number > MOST_ROWS:
            raise too_long()
        empty = 0 if cells else empty + 1
        if empty > EMPTY_AT_THE_END:
            return
        yield number, cells


def honest(rows: Iterator[Any]) -> Iterator[Any]:
    """The rows; whatever the library raises at a damaged sheet, and it is much, becomes a sentence."""
    try:
        yield from rows
    except GeneratorExit:
        raise
    except Exception:
        raise Unreadable(DAMAGED) from None


def written(value: Any) -> str:
    """A cell as text: days in ISO form, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 10**15:
            return str(int(value))
        # A number of the sheet is exact: its point is never one between thousands.
        return f"{value!r}0" if amounts.POINTED.fullmatch(repr(value)) else repr(value)
    return str(value).strip()


def older(file: str, content: bytes) -> Iterator[Sheet]:
    """The sheets of an XLS or ODS workbook, read in a process that may take only so much time and memory."""
    if content.startswith(b"PK"):
        looked_into(content)
    command = [sys.executable, str(Path(__file__).with_name("apart.py")), str(MOST_COLUMNS), str(MOST_ROWS)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Unreadable(DAMAGED) from None
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if done.returncode or not lines:
        raise Unreadable(DAMAGED)
    sheets: dict[str, list[tuple[int, list[str]]]] = {}
    for line in lines:
        said: dict[str, Any] = json.loads(line)
        if "wide" in said:
            raise too_wide(said["wide"])
        sheets.setdefault(said["sheet"], []).append((said["row"], said["cells"]))
    for name, rows in sheets.items():
        yield Sheet(file, name, iter(rows))
