"""What Kapok gives out comes back as the same: CSV, XLSX and JSON, for every format."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapok.exchange.exporting.forms import word_form
from kapok.exchange.models import State
from kapok.formats.cells import columns, steady_columns, steady_row, to_row
from kapok.formats.format import format_of
from kapok.records.models import Record
from kapok.records.payload import payload
from tests import make
from tests.exchange.bringing import counts, read, workbook
from tests.files.samples import office

pytestmark = pytest.mark.django_db
FORMATS = ("initiative", "opportunity", "course", "need", "organisation", "resource", "expert", "news")
RICH: dict[str, dict[str, Any]] = {
    "initiative": {
        "title": {"en": 'Seeds; soils, and "water"', "fr": "Semences\tet sols", "ar": "بذور"},
        "countries": [{"id": "KEN", "share": "0.25"}, {"id": "africa", "share": "0.75"}],
        "budget": [{"key": "b1", "kind": "grant", "amount": "1200.50", "currency": "EUR", "year": 2025}],
        "audience": ["scientists", "other:seed; savers | all"],
        "identifiers": [{"key": "i1", "scheme": "GEF", "identifier": "11305"}],
    },
    "organisation": {"other_names": ["Seeds; and more", "=SUM(A1)"], "works_in": ["africa", "PER"]},
}


def sheet(form: str, record: Record, steady: bool) -> list[dict[str, str]]:
    kind = format_of(form)
    row = steady_row(kind, record.values) if steady else to_row(kind, record.values)
    return [{"id": record.identifier, **row}]


def as_csv(rows: list[dict[str, str]], heads: list[str]) -> str:
    held = io.StringIO()
    writer = csv.DictWriter(held, ["id", *heads])
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue()


@pytest.mark.parametrize("steady", [True, False])
@pytest.mark.parametrize("form", FORMATS)
def test_a_table_comes_back_as_the_same(form, steady):
    record = make.record(form, **RICH.get(form, {}))
    rows = sheet(form, record, steady)
    kind = format_of(form)
    heads = steady_columns(kind) if steady else columns(kind, rows)

    as_text = read(as_csv(rows, heads), form=form)
    as_sheet = read(
        workbook(["id", *heads], *[[row.get(head, "") for head in ["id", *heads]] for row in rows]), "a.xlsx", form=form
    )

    assert counts(as_text) == {"rows": 1, "same": 1}, as_text.problems
    assert counts(as_sheet) == {"rows": 1, "same": 1}, as_sheet.problems


@pytest.mark.parametrize("form", FORMATS)
def test_json_comes_back_as_the_same(form):
    record = make.record(form, **RICH.get(form, {}))

    alone = read(json.dumps(payload(record)), "a.json", form=form)
    listed = read(json.dumps({"items": [payload(record)]}), "a.json")

    assert counts(alone) == counts(listed) == {"rows": 1, "same": 1}, alone.problems


TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff"), min_size=1, max_size=60)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXT.filter(lambda text: text.strip()), line=TEXT, about=TEXT)
def test_any_text_comes_back_as_the_same(title, line, about):
    record = make.record("initiative", title={"en": title}, acronym=line[:50], description={"en": about, "ru": title})
    rows = sheet("initiative", record, steady=True)

    imported = read(as_csv(rows, steady_columns(format_of("initiative"))))

    assert counts(imported) == {"rows": 1, "same": 1}, (record.values, imported.problems)


def test_a_changed_cell_of_our_own_table_is_the_only_change():
    record = make.record("initiative", **RICH["initiative"])
    rows = sheet("initiative", record, steady=True)
    rows[0]["starts"] = "March 2026"

    imported = read(as_csv(rows, steady_columns(format_of("initiative"))))

    row = imported.rows.get()
    assert row.outcome == "changed"
    assert {name for name in row.values if row.values[name] != record.values.get(name)} == {"starts"}
    assert row.values["starts"] == "2026-03"


@pytest.mark.parametrize("form", ["initiative", "need"])
def test_a_word_form_comes_back_as_the_same(form):
    record = make.record(form, **RICH.get(form, {}))

    imported = read(word_form(record.form, "ar", record), "form.docx")

    assert counts(imported) == {"rows": 1, "same": 1}, imported.problems


def test_a_document_that_is_no_form_is_told():
    imported = read(office(), "a.docx")

    assert imported.state == State.UNREADABLE
