"""What somebody empties in a form of ours is taken away; an empty cell of anybody else's table says nothing."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.utils import timezone

from kapok.exchange.exporting.forms import word_form
from kapok.exchange.exporting.rows import in_work
from kapok.exchange.exporting.workbook import form_workbook
from kapok.exchange.importing import showing
from kapok.exchange.models import Import
from kapok.records.models import Record
from tests import make
from tests.exchange.bringing import counts, filled, read, said, take, undo

pytestmark = pytest.mark.django_db


def rich(**values: Any) -> Record:
    """A published initiative with what can be emptied."""
    budget = [
        {"key": "b1", "kind": "grant", "amount": "1200.50", "currency": "EUR"},
        {"key": "b2", "kind": "own", "amount": "5", "currency": "EUR"},
    ]
    texts = {"title": {"en": "Seeds", "fr": "Semences"}, "acronym": "SDS"}
    record = make.record("initiative", budget=budget, audience=["regulators"], **texts, **values)
    record.changed_at = timezone.now() - timedelta(hours=1)
    record.save()
    record.versions.update(at=record.changed_at)
    return record


def book(record: Record) -> Any:
    """Its workbook, as a spreadsheet program opens it."""
    return openpyxl.load_workbook(io.BytesIO(form_workbook(record.form, "en", [in_work(record)])))


def cell(sheet: Any, name: str, row: int = 3) -> Any:
    """The cell of a column."""
    return sheet.cell(row, [one.value for one in sheet[1]].index(name) + 1)


def saved(opened: Any) -> bytes:
    held = io.BytesIO()
    opened.save(held)
    return held.getvalue()


def shown(imported: Import) -> list[tuple[str, str, str]]:
    """What the dry run says would change."""
    return [(one.path, one.before, one.after) for one in showing.changes(imported.rows.get())]


def word(record: Record, **answers: str) -> bytes:
    return filled(word_form(record.form, "en", record), answers)


def excel(record: Record, **answers: str) -> bytes:
    opened = book(record)
    for name, text in answers.items():
        cell(opened.worksheets[0], name).value = text or None
    return saved(opened)


FORMS = pytest.mark.parametrize(("form", "name"), [(word, "a.docx"), (excel, "a.xlsx")])


@FORMS
def test_an_emptied_field_is_shown_taken_away_and_put_back(form, name):
    record = rich()
    before = dict(record.values)

    imported = read(form(record, acronym="", title_fr=""), name)

    assert counts(imported) == {"rows": 1, "changed": 1}, said(imported)
    assert shown(imported) == [("title-fr", "Semences", ""), ("acronym", "SDS", "")]
    take(imported)
    record.refresh_from_db()
    assert record.values == {name: value for name, value in before.items() if name != "acronym"} | {
        "title": {"en": "Seeds"}
    }
    assert counts(read(form(record), name)) == {"rows": 1, "same": 1}
    undo(imported)
    record.refresh_from_db()
    assert record.values == before


@FORMS
def test_what_must_be_answered_stays_with_a_sentence(form, name):
    record = rich()

    imported = read(form(record, title_en="", title_fr="", acronym="NEW"), name)

    assert shown(imported) == [("acronym", "SDS", "NEW")]
    assert said(imported) == ["“title” was left empty. It must have an answer, so the one that stands there stays."]


@FORMS
def test_what_changed_since_the_form_was_taken_is_not_emptied_by_it(form, name):
    record = rich()
    old = form(record, acronym="", title_fr="")
    untouched = form(record)
    changed(record, acronym="OTHER")

    assert counts(read(untouched, name)) == {"rows": 1, "same": 1}
    imported = read(old, name)

    assert shown(imported) == [("title-fr", "Semences", "")]
    assert said(imported) == [
        "Somebody changed this in the register. That stays; choose this row to take what the file says."
    ]


def changed(record: Record, **values: Any) -> None:
    """A new version through the table of somebody else."""
    heads = ",".join(["id", *values])
    take(read(f"{heads}\n{','.join([record.identifier, *values.values()])}\n"))
    record.refresh_from_db()
    assert record.number == 2


def test_only_the_boxes_of_terms_and_parts_that_were_emptied_go():
    record = rich()
    opened = book(record)
    opened["Budget"].delete_rows(3)
    cell(opened.worksheets[0], "audience").value = None

    imported = take(read(saved(opened), "a.xlsx"))

    record.refresh_from_db()
    assert counts(imported) == {"rows": 1, "changed": 1}
    assert [one["key"] for one in record.values["budget"]] == ["b2"]
    assert "audience" not in record.values
    assert record.values["acronym"] == "SDS"


def test_an_emptied_sheet_takes_its_parts_away_but_not_one_whose_rows_lost_their_record():
    record = rich()
    emptied, renamed = book(record), book(record)
    emptied["Budget"].delete_rows(3, 2)
    for row in (3, 4):
        cell(renamed["Budget"], "record", row).value = "another"

    gone, kept = read(saved(emptied), "a.xlsx"), read(saved(renamed), "a.xlsx")

    assert {path for path, _before, after in shown(gone) if not after} == {"budget"}
    assert counts(kept) == {"rows": 1, "same": 1}
    assert said(kept)[0].startswith("Some rows of this sheet name no row of the first sheet.")


def test_an_empty_cell_of_a_foreign_table_says_nothing():
    record = rich()

    imported = read(f"ID;Title;Acronym;Target audience\n{record.identifier};;NEW;\n")

    assert shown(imported) == [("acronym", "SDS", "NEW")]
