"""Answers of many countries in one file: CSV, workbook or JSON, each row with a country, a question and an answer."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from kapok import vocab
from kapok.core import spreadsheets
from kapok.core.rules import Refused
from kapok.surveys.answering.values import Values, content
from kapok.surveys.models import Question, Questionnaire, Response
from kapok.surveys.offline.taking import Understood, Unread, plain, take
from kapok.surveys.queries import answers_in_force
from kapok.surveys.questionnaires.sheet import Sheet, sheet_of

MOST_ROWS = 200_000
COLUMNS = ("country", "question", "option", "text", "language")
HEADS = {
    "country": ("country", "iso3", "party", "government"),
    "question": ("question", "question_key", "key", "q"),
    "option": ("option", "answer", "value", "code"),
    "text": ("text", "comment"),
    "language": ("language", "lang"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One row that cannot go in."""

    row: int
    column: str
    said: str
    why: str


@dataclass(slots=True)
class Plan:
    """What a file would do."""

    questionnaire: Questionnaire
    values: dict[str, Values] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)

    @property
    def answers(self) -> int:
        return sum(len(each) for each in self.values.values())


def rows_of(content_of: bytes, name: str) -> list[dict[str, str]]:
    """The rows of a file, under our names of the columns. Raises `Refused` in a sentence."""
    match name.rpartition(".")[2].lower():
        case "json":
            found = list(from_json(content_of))
        case "xlsx":
            found = list(from_workbook(content_of))
        case "csv" | "txt":
            found = list(from_csv(content_of))
        case _:
            raise Refused(_("Send a CSV file, a workbook (.xlsx) or a JSON file."))
    if not found:
        raise Refused(_("The file holds no rows. The first row names the columns: country, question, option."))
    if len(found) > MOST_ROWS:
        raise Refused(_("The file has more than 200,000 rows. Send it in parts."))
    if missing := [column for column in ("country", "question") if column not in found[0]]:
        raise Refused(_("There is no column “%(column)s”.") % {"column": missing[0]})
    return found


def head_of(name: Any) -> str:
    """Our name of a column."""
    given = plain(name).replace(" ", "_")
    return next((ours for ours, names in HEADS.items() if given in names), given)


def from_csv(content_of: bytes) -> Iterator[dict[str, str]]:
    """A CSV file in UTF-8, its columns parted by commas, semicolons or tabs."""
    try:
        text = content_of.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from None
    first = text.partition("\n")[0]
    parted = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=parted)
    yield from from_rows(list(reader))


def from_workbook(content_of: bytes) -> Iterator[dict[str, str]]:
    """The first page of a workbook."""
    spreadsheets.examine(content_of)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content_of))
        rows = book.get_sheet_by_index(0).to_python()
    except (CalamineError, ValueError, IndexError):
        raise Refused(spreadsheets.DAMAGED) from None
    yield from from_rows([[number(cell) for cell in row] for row in rows])


def number(cell: Any) -> str:
    """A cell as text; whole numbers without a point."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell if cell is not None else "")


def from_rows(rows: list[list[str]]) -> Iterator[dict[str, str]]:
    """Rows under the names of the first one."""
    heads = [head_of(name) for name in rows[0]] if rows else []
    for row in rows[1:]:
        if any(cell.strip() for cell in row):
            yield dict(zip(heads, [cell.strip() for cell in row], strict=False))


def from_json(content_of: bytes) -> Iterator[dict[str, str]]:
    """A list of objects; an answer with several options may be a list."""
    try:
        said = json.loads(content_of)
    except (ValueError, RecursionError):
        raise Refused(_("This is no JSON file.")) from None
    for each in said if isinstance(said, list) else []:
        if isinstance(each, dict):
            yield {
                head_of(name): ";".join(map(str, value)) if isinstance(value, list) else str(value)
                for name, value in each.items()
                if value is not None
            }


def plan(questionnaire: Questionnaire, rows: list[dict[str, str]], *, synthetic: bool = False) -> Plan:
    """What the rows would do: answers by country, and every row that is not understood."""
    found = Plan(questionnaire)
    sheet = sheet_of(questionnaire)
    names = {alias: key for key, question in sheet.questions.items() for alias in aliases(question)}
    given: dict[tuple[str, str], list[tuple[int, dict[str, str]]]] = defaultdict(list)
    for line, row in enumerate(rows, 2):
        country = vocab.find("country", row.get("country", ""), "en")
        key = names.get(plain(row.get("question", "")))
        if country is None:
            found.problems.append(Problem(line, "country", row.get("country", ""), _("There is no such country.")))
        elif key is None:
            why = _("The questionnaire has no such question.")
            found.problems.append(Problem(line, "question", row.get("question", ""), why))
        else:
            given[country.id, key].append((line, row))
    for (country_code, key), lines in given.items():
        put(found, sheet, country_code, sheet.questions[key], lines)
    sort_out(found, synthetic)
    return found


def aliases(question: Question) -> tuple[str, ...]:
    """The names under which a file may ask for a question."""
    return plain(question.key), plain(f"Q{question.key}"), plain(question.permanent)


def put(found: Plan, sheet: Sheet, country: str, question: Question, lines: list[tuple[int, dict[str, str]]]) -> None:
    """The rows of one country on one question, as one answer."""
    read = Understood(lines[0][1].get("language", "en"))
    if question.has_options:
        said = [piece for _line, row in lines for piece in row.get("option", "").replace("|", ";").split(";")]
        take(sheet, question, said, read)
    else:
        said = [row.get("text") or row.get("option", "") for _line, row in lines]
        take(sheet, question, said, read)
    for one in read.unread:
        line = next((number for number, row in lines if one.text in row.get("option", "")), lines[0][0])
        found.problems.append(problem(line, one))
    for values in read.sections.values():
        found.values.setdefault(country, {}).update(values)


def problem(line: int, one: Unread) -> Problem:
    return Problem(line, "option", one.text, one.why)


def sort_out(found: Plan, synthetic: bool) -> None:
    """Which countries are new, which change, and which stay the same."""
    held = Response.objects.filter(questionnaire=found.questionnaire, synthetic=synthetic, number__gte=1)
    known = {response.country: response for response in held.filter(country__in=found.values)}
    for country, values in sorted(found.values.items()):
        if country not in known:
            found.new.append(country)
        else:
            now = answers_in_force(known[country])
            unlike = any(content(now.get(key)) != content(value) for key, value in values.items())
            (found.changed if unlike else found.same).append(country)


def merged(response: Response, values: Mapping[str, Any]) -> Values:
    """The answers in force with those of the file in their place."""
    return {**answers_in_force(response), **values}
