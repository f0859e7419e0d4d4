"""The questionnaire as a workbook, one question in each row, and the answers in one that came back."""

import io
import json
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.core.signing import BadSignature, Signer
from django.utils import translation
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from kapok.core import spreadsheets
from kapok.core.languages import code_of, direction, words
from kapok.core.rules import Refused
from kapok.surveys.answering.forms import condition_words
from kapok.surveys.answering.values import Values
from kapok.surveys.models import Question, Response
from kapok.surveys.models.questionnaire import Kind
from kapok.surveys.offline import taking
from kapok.surveys.offline.taking import Came
from kapok.surveys.questionnaires.sheet import Sheet

ANSWERS, HIDDEN, LISTS = "kapok", "kapok-form", "kapok-lists"
SALT = "kapok.surveys.workbook"
# Between the key of a question with several answers and that of one of them.
OPTION = "="
MARK = "X"
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def write(sheet: Sheet, language: str, values: Values, response: Response | None = None, country: str = "") -> bytes:
    """The workbook in one language, empty or with what is answered already."""
    file = io.BytesIO()
    with translation.override(code_of(language)), xlsxwriter.Workbook(file, PLAIN) as book:
        Filling(book, sheet, language, values).fill(country)
        about = json.dumps(taking.hidden(sheet.questionnaire, language, response), sort_keys=True, ensure_ascii=False)
        page = book.add_worksheet(HIDDEN)
        page.write_string(0, 0, about)
        page.write_string(1, 0, Signer(salt=SALT).signature(about))
        page.very_hidden()
    return file.getvalue()


class Filling:
    """One workbook on its way."""

    def __init__(self, book: Any, sheet: Sheet, language: str, values: Values) -> None:
        self.sheet, self.language, self.values = sheet, language, values
        self.page = book.add_worksheet(ANSWERS)
        self.lists = book.add_worksheet(LISTS)
        self.lists.very_hidden()
        self.known: dict[tuple[str, ...], str] = {}
        self.row = 0
        wrap = {"text_wrap": True, "valign": "top", "reading_order": 2 if direction(language) == "rtl" else 1}
        self.plain = book.add_format(wrap)
        self.bold = book.add_format({**wrap, "bold": True, "bg_color": "#E7EFEA"})
        self.open = book.add_format({**wrap, "locked": False, "border": 1, "border_color": "#0B4F40"})
        if direction(language) == "rtl":
            self.page.right_to_left()

    def fill(self, country: str) -> None:
        """Every section with its questions."""
        self.page.set_column(0, 0, 12)
        self.page.set_column(1, 1, 60)
        self.page.set_column(2, 2, 40)
        self.page.set_column(3, 3, 50)
        title = words(self.sheet.questionnaire.title, self.language)
        self.line((f"{country}: {title}" if country else title, _("Question"), _("Answer"), _("Note")), self.bold)
        self.page.freeze_panes(1, 0)
        for section in self.sheet.sections:
            self.line(("", words(section.title, self.language), "", ""), self.bold)
            for question in self.sheet.in_section[section.key]:
                self.question(question)
        self.page.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})

    def line(self, cells: tuple[str, ...], style: Any) -> None:
        for column, text in enumerate(cells):
            self.page.write_string(self.row, column, text, style)
        self.row += 1

    def question(self, question: Question) -> None:
        """One question: a row, or a row for each answer where several can be given."""
        label, note = words(question.label, self.language), condition_words(self.sheet, question)
        value = self.values.get(question.key) or {}
        if question.kind == Kind.HEADING:
            return self.line(("", label, "", ""), self.bold)
        if question.kind == Kind.CHOICES:
            self.line(("", label, "", note or _("Put an X beside each answer that applies.")), self.bold)
            for option in self.sheet.options.get(question.key, ()):
                here = MARK if option.key in (value.get("options") or ()) else ""
                self.asked(f"{question.key}{OPTION}{option.key}", words(option.label, self.language), here, "", [MARK])
            return None
        offered = [words(option.label, self.language) for option in self.sheet.options.get(question.key, ())]
        return self.asked(question.key, label, self.said(question, value), note, offered)

    def said(self, question: Question, value: dict[str, Any]) -> str:
        """What is answered already, as the cell shows it."""
        if question.kind == Kind.TEXT:
            return str((value.get("text") or {}).get(self.language, ""))
        if question.kind == Kind.CHOICE:
            chosen = [self.sheet.option(question.key, key) for key in value.get("options") or ()]
            return next((words(option.label, self.language) for option in chosen if option), "")
        return str(value.get("number") or value.get("day") or "")

    def asked(self, key: str, label: str, value: str, note: str, offered: list[str]) -> None:
        """A row with an open cell, and its choices as a drop-down."""
        self.page.write_string(self.row, 0, key, self.plain)
        self.page.write_string(self.row, 1, label, self.plain)
        self.page.write_string(self.row, 2, value, self.open)
        self.page.write_string(self.row, 3, note, self.plain)
        if offered:
            self.page.data_validation(self.row, 2, self.row, 2, {"validate": "list", "source": self.list_of(offered)})
        self.row += 1

    def list_of(self, offered: list[str]) -> str:
        """Where the choices stand: a list within the cell is limited to 255 characters."""
        kept = tuple(offered)
        if kept not in self.known:
            column = len(self.known)
            for row, text in enumerate(offered):
                self.lists.write_string(row, column, text)
            letter = xlsxwriter.utility.xl_col_to_name(column)
            self.known[kept] = f"='{LISTS}'!${letter}$1:${letter}${len(offered)}"
        return self.known[kept]


def read(content: bytes) -> Came:
    """A workbook that came back. Raises `Refused` for what is none, or none of ours."""
    pages = opened(content)
    if ANSWERS not in pages or HIDDEN not in pages:
        return Came({}, False, {})
    about, signature = ([str(row[0]) if row else "" for row in pages[HIDDEN]] + ["", ""])[:2]
    return Came(*trusted(about, signature), dict(given(pages[ANSWERS])))


def opened(content: bytes) -> dict[str, list[list[Any]]]:
    """The two pages that matter, once the archive is known to be in proportion."""
    spreadsheets.examine(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        ours = [name for name in book.sheet_names if name in (ANSWERS, HIDDEN)]
        return {name: book.get_sheet_by_name(name).to_python() for name in ours}
    except (CalamineError, ValueError):
        raise Refused(spreadsheets.DAMAGED) from None


def trusted(about: str, signature: str) -> tuple[dict[str, str], bool]:
    """The hidden part and whether it is as Kapok wrote it."""
    try:
        said = json.loads(about)
    except ValueError:
        return {}, False
    found = {str(key): str(value) for key, value in said.items()} if isinstance(said, dict) else {}
    try:
        Signer(salt=SALT).unsign(f"{about}:{signature}")
    except BadSignature:
        return found, False
    return found, True


def given(rows: list[list[Any]]) -> Iterator[tuple[str, str | list[str]]]:
    """Question and answer of each row; the rows of a question with several answers come together."""
    several: dict[str, list[str]] = {}
    for row in rows[1:]:
        key, text = (cell(row[0]), cell(row[2])) if len(row) > 2 else ("", "")
        question, sign, option = key.partition(OPTION)
        if not key or not text:
            continue
        if sign:
            several.setdefault(question, []).append(option if text.casefold() == MARK.casefold() else text)
        else:
            yield key, text
    yield from several.items()


def cell(value: Any) -> str:
    """A cell as text: whole numbers without a point, days as they are written."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value.isoformat()[:10] if hasattr(value, "isoformat") else value if value is not None else "").strip()
