"""Workbooks: typed cells, lists to choose from, no formula anywhere, and every record comes back as it went out."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from kapok.core.languages import TAGS
from kapok.core.rules import Refused
from kapok.exchange.exporting.rows import in_work
from kapok.exchange.exporting.workbook import form_workbook
from kapok.exchange.sheets import ABOUT, TERMS
from kapok.exchange.workbooks import opened, rows_of
from kapok.formats.format import formats
from kapok.search import index
from tests import make
from tests.exchange.bringing import onto
from tests.exchange.test_taking import DANGEROUS
from tests.exchange.test_word_forms import CODES, rich
from tests.site.world import world

pytestmark = pytest.mark.django_db


def back(content: bytes) -> list[Any]:
    """The records of a workbook."""
    book = opened(content)
    assert book is not None
    return list(rows_of(book))


def book_of(content: bytes) -> Any:
    """The workbook as another program opens it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def edited(content: bytes, change: Any) -> bytes:
    """The workbook after a person was at it."""
    book = book_of(content)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("language", TAGS)
@pytest.mark.parametrize("code", CODES)
def test_a_workbook_that_nobody_touched_changes_nothing(code, language):
    record = rich(code)

    (row,) = back(form_workbook(record.form, language, [in_work(record)]))
    values, problems = record.form.clean(onto(record.form, record.values, row.values))

    assert (row.identifier, row.problems, problems.errors) == (record.identifier, [], [])
    assert values == record.values


@pytest.mark.parametrize("code", CODES)
def test_openpyxl_saves_what_we_read(code):
    record = rich(code)

    (row,) = back(edited(form_workbook(record.form, "en", [in_work(record)]), lambda book: None))

    assert record.form.clean(onto(record.form, record.values, row.values))[0] == record.values


@pytest.mark.parametrize("code", CODES)
def test_an_empty_workbook_is_a_form(code):
    book = book_of(form_workbook(formats[code], "ar", []))

    head = book.worksheets[0]
    assert head.sheet_view.rightToLeft
    assert head.max_row == 2
    assert head.row_dimensions[1].hidden
    assert head.column_dimensions["A"].hidden
    assert (book[TERMS].sheet_state, book[ABOUT].sheet_state) == ("hidden", "veryHidden")
    assert back(form_workbook(formats[code], "ar", [])) == []


def test_a_list_to_choose_from_holds_every_term():
    book = book_of(form_workbook(formats["need"], "fr", []))
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]

    column = openpyxl.utils.get_column_letter(names.index("horizon") + 1)
    (rule,) = [one for one in sheet.data_validations.dataValidation if f"{column}3" in one.sqref]
    title, _mark, cells = rule.formula1.partition("!")
    terms = [cell[0].value for cell in book[title.strip("'")][cells.replace("$", "")]]

    assert terms == [choice.label for choice in formats["need"].fields["horizon"].choices("fr")]


def test_cells_have_the_type_of_their_field():
    record = make.record("need", people=12, wanted_by="2027-05-31", cost="1200.50", currency="USD")
    sheet = book_of(form_workbook(record.form, "en", [in_work(record)])).worksheets[0]
    cells = dict(zip([cell.value for cell in sheet[1]], sheet[3], strict=True))

    assert (cells["people"].value, cells["people"].data_type) == (12, "n")
    assert cells["wanted_by"].value.date().isoformat() == "2027-05-31"
    assert cells["cost"].value == 1200.5
    assert cells["currency"].value == "US Dollar"


def test_new_rows_and_parts_come_in():
    record = rich("initiative")

    def change(book):
        head, money = book.worksheets[0], book["Budget"]
        names = [cell.value for cell in head[1]]
        for name, value in {"record": "new", "title_en": "A new one", "kind": "Project", "starts": 2027}.items():
            head.cell(4, names.index(name) + 1, value)
        names = [cell.value for cell in money[1]]
        facts = {"record": "new", "kind": "Grant", "amount": 12.5, "currency": "Euro", "funder": ""}
        for name, value in facts.items():
            money.cell(money.max_row + (name == "record"), names.index(name) + 1, value)

    old, new = back(edited(form_workbook(record.form, "en", [in_work(record)]), change))
    values, problems = record.form.clean(new.values, final=False)

    assert old.identifier == record.identifier
    assert len(old.values["budget"]) == 2
    assert (new.identifier, new.row, problems.errors) == ("", 4, [])
    assert (values["title"], values["kind"], values["starts"]) == ({"en": "A new one"}, "project", "2027")
    assert [(one["kind"], one["amount"], one["currency"]) for one in values["budget"]] == [("grant", "12.5", "EUR")]


def test_a_copied_row_counts_as_new():
    record = make.record("resource")

    def change(book):
        head = book.worksheets[0]
        for at, cell in enumerate(head[3], 1):
            head.cell(4, at, cell.value)

    first, second = back(edited(form_workbook(record.form, "en", [in_work(record)]), change))

    assert (first.identifier, second.identifier, len(second.problems)) == (record.identifier, "", 1)


def test_a_removed_column_was_not_asked():
    record = make.record("resource", publisher="FAO")

    def change(book):
        head = book.worksheets[0]
        head.delete_cols([cell.value for cell in head[1]].index("publisher") + 1)

    (row,) = back(edited(form_workbook(record.form, "en", [in_work(record)]), change))

    assert "publisher" not in row.values
    assert onto(record.form, record.values, row.values)["publisher"] == "FAO"


def test_nothing_in_a_workbook_is_a_formula(client):
    index.forget()
    for text in DANGEROUS:
        make.record("resource", title={"en": text + " x"}, authors=[text + " y"], publisher=text + " z")
    index.drain()

    for query in ("", "?type=resource"):
        content = b"".join(client.get(f"/en/search.xlsx{query}").streaming_content)
        kinds = {cell.data_type for sheet in book_of(content) for row in sheet.iter_rows() for cell in row}
        assert kinds <= {"s", "n", "d"}
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            assert not [name for name in packed.namelist() if b"<f>" in packed.read(name)]
    index.forget()


def test_a_list_of_one_type_can_be_brought_back_and_a_mixed_one_read(client):
    index.forget()
    made = world()

    needs = b"".join(client.get("/en/search.xlsx?type=need&sort=title").streaming_content)
    mixed = b"".join(client.get("/en/search.xlsx").streaming_content)

    assert {row.identifier for row in back(needs)} == {
        made[name].identifier for name in ("First", "Second", "Third", "peru")
    }
    assert opened(mixed) is None
    assert book_of(mixed).worksheets[0].max_row == len(made) + 1
    index.forget()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"id;title\n1;x"])
def test_what_is_no_workbook_is_refused_in_a_sentence(content):
    with pytest.raises(Refused, match="damaged"):
        opened(content)


def test_another_workbook_is_none_of_ours():
    book = openpyxl.Workbook()
    book.active.append(["id", "title"])
    out = io.BytesIO()
    book.save(out)

    assert opened(out.getvalue()) is None
