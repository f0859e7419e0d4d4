"""The pages of a workbook as rows under their own names of columns."""

import io
import re
from functools import cache
from typing import Any

from babel import Locale
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from kapok.core import spreadsheets
from kapok.core.languages import LANGUAGES, TAGS
from kapok.core.rules import Refused

Row = dict[str, str]
WANTED = ("survey", "choices", "settings")
LARGEST = 10 * 1024 * 1024
CODE = re.compile(r"\(([a-z]{2,3})(?:[-_][A-Za-z]+)?\)\s*$", re.IGNORECASE)


def pages(content: bytes, name: str) -> dict[str, list[Row]]:
    """The pages that matter. Raises `Refused` in a sentence."""
    if len(content) > LARGEST:
        raise Refused(_("The file is larger than 10 MB."))
    if name.lower().endswith(".xlsx"):
        spreadsheets.examine(content)
    elif not name.lower().endswith(".xls"):
        raise Refused(_("Send the XLSForm as a workbook (.xlsx or .xls)."))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = {each.strip().lower(): each for each in book.sheet_names}
        return {each: rows(book.get_sheet_by_name(names[each]).to_python()) for each in WANTED if each in names}
    except (CalamineError, ValueError):
        raise Refused(spreadsheets.DAMAGED) from None


def rows(cells: list[list[Any]]) -> list[Row]:
    """Rows under the names of the first one; empty rows are kept, so that numbers are those of the file."""
    heads = [str(each).strip() for each in cells[0]] if cells else []
    heads = [head.lower() if "::" not in head else head for head in heads]
    return [dict(zip(heads, map(text, row), strict=False)) for row in cells[1:]]


def text(cell: Any) -> str:
    """A cell as text; whole numbers without a point."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell if cell is not None else "")


@cache
def language_names() -> dict[str, str]:
    """Names of our languages in English and in themselves."""
    found: dict[str, str] = {}
    for tag, language in LANGUAGES.items():
        locale = Locale.parse(language.locale)
        found |= {tag: tag, language.autonym.lower(): tag}
        found[str(Locale.parse("en").languages[tag]).lower()] = tag
        found[str(locale.languages[tag]).lower()] = tag
    return found


def tag_of(name: str) -> str:
    """Our tag of a language as a form names it: “French (fr)”, “fr”, “Français”; empty for any other."""
    match = CODE.search(name)
    tag = (match.group(1) if match else name).strip().lower()
    return tag if tag in TAGS else language_names().get(CODE.sub("", name).strip().lower(), "")


def by_language(row: Row, column: str, default: str) -> dict[str, str]:
    """What a column says in each of our languages."""
    found: dict[str, str] = {}
    for head, said in row.items():
        name, sign, language = head.partition("::")
        if not sign and ":" in head:
            name, sign, language = head.partition(":")
        if name.strip().lower() != column or not said.strip():
            continue
        tag = tag_of(language) if sign else (tag_of(default) or "en")
        if tag and tag not in found:
            found[tag] = said.strip()[:2000]
    return found
