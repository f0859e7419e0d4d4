"""The codebook sheet of a workbook: what each column means, and every term of the lists."""

from typing import Any

from django.utils.translation import gettext as _

from kapok import vocab
from kapok.core.languages import best
from kapok.exchange.sheets import Sheet
from kapok.formats.format import Format
from kapok.formats.kinds import Amount, Choice, Day, Kind, Lines, Number, Ref, Refs, Shares, Terms, YesNo

WIDTHS = (24, 34, 22, 10, 44, 60)


def write(book: Any, sheet: Any, form: type[Format], sheets: list[Sheet], language: str, looks: dict[str, Any]) -> None:
    """How to fill the workbook in, a row for each column, then the terms."""
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    row = 0
    for text in (form.label, form.purpose, *how()):
        sheet.write_string(row, 0, str(text), looks["bold"] if row == 0 else None)
        row += 1
    heads = [_("Sheet"), _("Column"), _("Name"), _("Required"), _("What to write"), _("Hint")]
    row = table(sheet, row + 1, heads, looks)
    seen: set[tuple[tuple[str, ...], str]] = set()
    for one in sheets:
        for column in one.columns:
            name = column.name[:-3] if column.tag else column.name
            if (one.path, name) in seen:
                continue
            seen.add((one.path, name))
            kind = column.kind
            cells = [one.title, kind.label, name, _("Yes") if kind.required else "", what(kind), kind.hint]
            row = line(sheet, row, cells, looks)
    row = table(sheet, row + 1, [_("List"), _("Term"), _("Identifier")], looks)
    for code in dict.fromkeys(lists(sheets)):
        title = best(vocab.vocabulary(code).title, language)[0]
        for choice in vocab.choices(code, language):
            row = line(sheet, row, [title, choice.label, choice.id], looks)


def how() -> list[str]:
    """The whole of it in a few sentences."""
    return [
        _("Each row is a record. Correct what is there, or add rows below and number them in the column “Record”."),
        _("Budgets, contacts and other parts stand on their own sheets: “Record” tells to which record each belongs."),
        _("Semicolons separate several answers in one cell; shares follow an equals sign: Kenya=25%; Uganda=75%"),
        _("Save the file as .xlsx and upload it under “Import”. You see what would change before anything does."),
    ]


def table(sheet: Any, row: int, heads: list[str], looks: dict[str, Any]) -> int:
    """A row of heads."""
    for at, text in enumerate(heads):
        sheet.write_string(row, at, text, looks["head"])
    return row + 1


def line(sheet: Any, row: int, cells: list[Any], looks: dict[str, Any]) -> int:
    """A row of cells."""
    for at, text in enumerate(cells):
        sheet.write_string(row, at, str(text), looks["text"])
    return row + 1


def lists(sheets: list[Sheet]) -> list[str]:
    """The vocabularies that the columns use."""
    return [column.kind.vocabulary for sheet in sheets for column in sheet.columns if isinstance(column.kind, Choice)]


def what(kind: Kind) -> str:
    """How an answer to a field is written."""
    match kind:
        case Shares():
            return _("Terms of the list, separated by semicolons, each with its share if you like: Kenya=25%")
        case Terms():
            return _("Terms of the list, separated by semicolons")
        case Choice():
            return _("One term of the list")
        case Refs():
            return _("Records by name and identifier, separated by semicolons")
        case Ref():
            return _("A record by name and identifier, such as UNEP (ORG-000012)")
        case YesNo():
            return _("Yes or no")
        case Day():
            return _("A day as 2026-03-31; a month or a year where the hint says so") if kind.partial else _("A day")
        case Number():
            return _("A whole number")
        case Amount():
            return _("A number")
        case Lines():
            return _("Several texts, one on each line of the cell")
        case _:
            return _("Text")
