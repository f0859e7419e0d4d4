"""A workbook of ours that came back: the records in it, by the sheets, columns and terms it carries with it."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from kapok.core import archives, spreadsheets
from kapok.core.rules import Refused
from kapok.exchange.sheets import ABOUT, FIRST, ID, KEY, NAMES, NUMBER, RECORD, TERMS, Sheet, sheets_of
from kapok.formats.format import formats
from kapok.formats.kinds import Choice, Day, Kind, Refs, Shares, Terms, Text, YesNo
from kapok.formats.kinds.base import apart
from kapok.formats.kinds.terms import SHARE, percent
from kapok.formats.problems import Problem

DAMAGED = _("This workbook is damaged. Open it in your spreadsheet program, save it anew as .xlsx and send that.")
LOST = _("Some rows of this sheet name no row of the first sheet. They were left out; no other rows were taken away.")
YES = {"yes", "oui", "sí", "si", "да", "是", "نعم", "true", "1"}
NO = {"no", "non", "нет", "否", "لا", "false", "0"}
Cells = list[list[Any]]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One record of a workbook: raw values of every field that has a column, and where it stands."""

    format: str
    identifier: str
    values: dict[str, Any]
    sheet: str
    row: int
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """A workbook of ours, opened."""

    format: str
    language: str
    cells: dict[tuple[str, ...], Cells]
    titles: dict[tuple[str, ...], str]
    terms: dict[str, dict[str, str]]
    made_at: datetime | None = None


def opened(content: bytes) -> Book | None:
    """The workbook, or None for one that Kapok did not make. Raises `Refused` in a sentence when it is damaged."""
    with archives.opened(io.BytesIO(content), DAMAGED) as packed:
        if not claims_to_be_ours(packed):
            return None
        spreadsheets.bounded(packed)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if ABOUT not in book.sheet_names:
            return None
        about = {str(row[0]): text_of(row[1]) for row in cells(book, ABOUT) if len(row) > 1}
        paths = {name[6:]: tuple(filter(None, path.split("/"))) for name, path in about.items() if name[:6] == "sheet:"}
        found = {path: cells(book, title) for title, path in paths.items() if title in book.sheet_names}
        terms = terms_of(cells(book, TERMS)) if TERMS in book.sheet_names else {}
    except (CalamineError, OSError, ValueError, KeyError):
        raise Refused(DAMAGED) from None
    if about.get("format") not in formats or () not in found:
        return None
    titles = {path: title for title, path in paths.items()}
    return Book(about["format"], about.get("language", "en"), found, titles, terms, moment(about.get("made_at", "")))


def claims_to_be_ours(packed: zipfile.ZipFile) -> bool:
    """Does it name the sheet that tells what a workbook of ours is?"""
    book = spreadsheets.WORKBOOK
    return book in packed.namelist() and f'"{ABOUT}"'.encode() in packed.read(book)


def moment(text: str) -> datetime | None:
    """When the workbook was made."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def cells(book: CalamineWorkbook, title: str) -> Cells:
    """The cells of a sheet from its very first row and column."""
    return book.get_sheet_by_name(title).to_python(skip_empty_area=False)


def terms_of(found: Cells) -> dict[str, dict[str, str]]:
    """For each vocabulary its ids by label, as the workbook gave them."""
    lists: dict[str, dict[str, str]] = {}
    for at in range(0, len(found[0]) if found else 0, 2):
        pairs = ((text_of(row[at]), text_of(row[at + 1])) for row in found[1:] if at + 1 < len(row))
        lists[text_of(found[0][at])] = {label.strip().casefold(): one for label, one in pairs if label}
    return lists


def rows_of(book: Book) -> Iterator[SheetRow]:
    """The records of a workbook, each with its parts."""
    form = formats[book.format]
    known = {sheet.path: sheet for sheet in sheets_of(form, book.language, private=True)}
    parts = {path: gathered(book, known[path]) for path in book.cells if path in known and path}
    names = heads(book.cells[()])
    rows = [(at, dict(zip(names, row, strict=False))) for at, row in enumerate(book.cells[()][FIRST:], FIRST + 1)]
    labels = {text_of(named.get(name)).strip() for _at, named in rows for name in (ID, RECORD)} - {""}
    seen: set[str] = set()
    for number, named in rows:
        if not any(text_of(cell).strip() for cell in named.values()):
            continue
        values, problems = fields(book, known[()], named), []
        identifier, label = text_of(named.get(ID)).strip(), text_of(named.get(RECORD)).strip()
        for path in (one for one in parts if len(one) == 1):
            above = next(((one,) for one in (label, identifier) if (one,) in parts[path]), (label or identifier,))
            if above in parts[path] or labels.issuperset(one[0] for one in parts[path]):
                values[path[0]] = within(parts, path, parts[path].get(above, []), above)
            else:
                problems.append(Problem(path[0], LOST, "remark"))
        if identifier in seen:
            said = _("This row is a copy of another: it counts as a new record.")
            problems, identifier = [*problems, Problem("", said, "remark")], ""
        seen.add(identifier or label)
        yield SheetRow(book.format, identifier, values, book.titles[()], number, problems)


Numbered = dict[tuple[str, ...], list[tuple[str, dict[str, Any]]]]


def gathered(book: Book, sheet: Sheet) -> Numbered:
    """The parts of a sheet under the record, and the numbers of the parts above, to which they belong."""
    found: Numbered = defaultdict(list)
    names = heads(book.cells[sheet.path])
    for row in book.cells[sheet.path][FIRST:]:
        named = dict(zip(names, row, strict=False))
        values = fields(book, sheet, named)
        if all(column.kind.is_empty(values.get(base(column.name, column.tag))) for column in sheet.columns):
            continue
        above = tuple(text_of(named.get(name)).strip() for name in (RECORD, *sheet.path[:-1]))
        if key := text_of(named.get(KEY)).strip():
            values = {KEY: key, **values}
        found[above].append((text_of(named.get(NUMBER)).strip(), values))
    return found


def within(
    parts: Mapping[tuple[str, ...], Numbered],
    path: tuple[str, ...],
    items: list[tuple[str, dict[str, Any]]],
    above: tuple[str, ...],
) -> list[dict[str, Any]]:
    """Parts with the parts within them; one without a number counts in its order."""
    made = []
    for place, (number, values) in enumerate(items, 1):
        here = (*above, number or str(place))
        inner = {
            below[-1]: within(parts, below, found.get(here, []), here)
            for below, found in parts.items()
            if below[:-1] == path
        }
        made.append({**values, **inner})
    return made


def heads(found: Cells) -> list[str]:
    """The names of the columns, from the hidden row."""
    return [text_of(cell).strip() for cell in found[NAMES]] if found else []


def base(name: str, tag: str) -> str:
    """The field of a column."""
    return name[:-3] if tag else name


def fields(book: Book, sheet: Sheet, named: Mapping[str, Any]) -> dict[str, Any]:
    """The raw values of one row; columns that somebody removed were not asked."""
    values: dict[str, Any] = {}
    for column in sheet.columns:
        if column.name not in named:
            continue
        kind, cell = column.kind, named[column.name]
        name = base(column.name, column.tag)
        if isinstance(kind, Text):
            values.setdefault(name, {})[column.tag] = text_of(cell)
        elif not (kind.private and kind.is_empty(text_of(cell))):
            values[name] = raw(book, kind, cell)
    return values


def raw(book: Book, kind: Kind, cell: Any) -> Any:
    """The raw value of a cell."""
    text = text_of(cell)
    match kind:
        case YesNo():
            word = text.strip().casefold()
            return True if cell is True or word in YES else False if cell is False or word in NO else text
        case Shares():
            return [shared(book, kind, piece) for piece in apart(text)]
        case Terms():
            return [term(book, kind, piece) for piece in apart(text)]
        case Choice():
            return term(book, kind, text)
        case Refs():
            return apart(text.replace("\n", ";"))
        case Day():
            return cell.isoformat()[:10] if isinstance(cell, date | datetime) else text
        case _:
            return text


def term(book: Book, kind: Choice, text: str) -> str:
    """A term by the label that the workbook gave it, else as it is written."""
    return book.terms.get(kind.vocabulary, {}).get(text.strip().casefold(), text.strip())


def shared(book: Book, kind: Choice, text: str) -> dict[str, str]:
    """A term with its share: `Kenya=25%`."""
    whole = term(book, kind, text)
    found = SHARE.fullmatch(text)
    if whole != text.strip() or not found:
        return {"id": whole}
    return {"id": term(book, kind, found[1]), "share": percent(found[2])}


def text_of(cell: Any) -> str:
    """A cell as text: numbers without a needless point, moments as days."""
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell).lower()
    if isinstance(cell, float):
        return re.sub(r"\.0+$", "", f"{Decimal(repr(cell)):f}")
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell)
