"""The sender's own file back, with what is to be mended as comments in its cells."""

from io import BytesIO
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.exceptions import IllegalCharacterError

from kapok.core import archives, spreadsheets
from kapok.exchange.importing import reading, showing, workbooks
from kapok.exchange.importing.said import DROPPED, REFUSED
from kapok.exchange.models import Import, Row
from kapok.files.models import Upload

FILLS = {REFUSED: "FFF4C7C3", DROPPED: "FFFCE8B2"}
OTHER = "FFD9E7F7"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 20_000
MOST_CELLS = 1_000_000
WIDTH, HEIGHT = 340, 140


def answer(imported: Import) -> FileResponse:
    """The copy as a download."""
    book = copy(imported)
    held = BytesIO()
    book.save(held)
    held.seek(0)
    name = imported.name.rpartition(".")[0] or imported.name or "import"
    response = FileResponse(held, as_attachment=True, filename=f"{name[:80]}-annotated.xlsx", content_type=XLSX)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def copy(imported: Import) -> Workbook:
    """A workbook laid out as the file was: the same one where it was XLSX, else one made of its rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for one in imported.files:
        with Upload.objects.get(token=one["token"]).path.open("rb") as content:
            kind = reading.sniff(content)
            if kind == "xlsx" and len(imported.files) == 1:
                workbooks.looked_into(content.read())
                with archives.opened(content, workbooks.DAMAGED) as packed:
                    spreadsheets.bounded(packed, MOST_CELLS)
                book = load_workbook(BytesIO(content.read()))
            elif kind in {"csv", "xls", "ods"}:
                lay_out(book, reading.File(one["name"], content, kind))
    annotate(book, imported)
    return book


def lay_out(book: Workbook, file: reading.File) -> None:
    """The rows of a table at their places, all as text."""
    count = 0
    for sheet in reading.sheets(file):
        made = book.create_sheet(title(book, sheet.name or file.name))
        for line, cells in sheet.rows:
            if (count := count + len(cells)) > MOST_CELLS:
                raise spreadsheets.too_far(MOST_CELLS)
            for at, text in enumerate(cells, 1):
                if text:
                    write(made, line, at, text)


def title(book: Workbook, name: str) -> str:
    """A name that a sheet may have."""
    plain = plain_title(name) or "1"
    return plain if plain not in book.sheetnames else f"{plain[:26]} {len(book.sheetnames)}"


def write(sheet: Any, line: int, column: int, text: str) -> Any:
    """Text in a cell, which no program takes for a formula."""
    cell = sheet.cell(line, column)
    try:
        cell.value = text
    except IllegalCharacterError:
        cell.value = "".join(sign for sign in text if sign.isprintable())
    cell.data_type = "s"
    return cell


def annotate(book: Workbook, imported: Import) -> None:
    """A comment in each cell with a problem, and all problems on a sheet of their own."""
    columns = {
        (kept.get("sheet", ""), kept.get("file", "")): {one["key"]: one for one in kept["columns"] if one["key"]}
        for kept in imported.match.values()
    }
    listed = book.create_sheet(title(book, _("Problems")))
    heads = (_("File"), _("Sheet"), _("Row"), _("Column"), _("Value"), _("Weight"), _("What is said"))
    for at, head in enumerate(heads, 1):
        write(listed, 1, at, str(head))
    line = 2
    for row in imported.rows.filter(extra=False).exclude(problems=[]).order_by("number")[:MOST]:
        known = columns.get((row.sheet, row.file), {})
        for note in row.problems:
            said = showing.problems([note], row.format)[0]
            column = column_of(known, note["path"])
            facts = (row.file, row.sheet, str(row.line), column["head"] if column else said.field, said.value)
            for at, text in enumerate((*facts, said.weight, said.words), 1):
                write(listed, line, at, text)
            line += 1
            comment(book, row, (column["number"] if column else 0) + 1, note["weight"], said.words)


def column_of(known: dict[str, Any], path: str) -> dict[str, Any] | None:
    """The column that a problem is about."""
    name = path.partition("-")[0]
    found = [one for key, one in known.items() if key.lstrip("=").partition("@")[0].partition(":")[0] == name]
    return found[0] if found else None


def comment(book: Workbook, row: Row, column: int, weight: str, words: str) -> None:
    """Add to the comment of the cell, and colour it."""
    wanted = row.sheet or row.file
    sheet = next((one for one in book.worksheets if one.title in (wanted, plain_title(wanted))), None)
    if sheet is None or not row.line:
        return
    cell = sheet.cell(row.line, column)
    if type(cell).__name__ == "MergedCell":
        return
    before = cell.comment.text + "\n" if cell.comment else ""
    cell.comment = Comment((before + words)[:2000], "Kapok", height=HEIGHT, width=WIDTH)
    cell.fill = PatternFill("solid", start_color=FILLS.get(weight, OTHER))


def plain_title(name: str) -> str:
    """A name without the signs that sheets may not have."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in name)[:28]
