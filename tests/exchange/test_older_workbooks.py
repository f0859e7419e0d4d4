"""Good OpenDocument workbooks, as LibreOffice and others save them."""

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

import pytest

from kapok.exchange.models import State
from kapok.records.models import Record
from tests.exchange.bringing import counts, read, said, take

pytestmark = pytest.mark.django_db
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
ROWS: list[list[Any]] = [
    ["Project code", "Project title", "Countries", "Start", "Budget (USD)"],
    ["P-001", "Laboratory network", "Kenya", ("date", "2012-03-09"), 250000],
    ["P-002", "Formation des inspecteurs", "Côte d’Ivoire", "", 1250.5],
    ["P-003", "", "Kenya", "soon", ""],
]


def cell(value: Any) -> str:
    """One cell of an ODS."""
    if isinstance(value, tuple):
        return f'<table:table-cell office:value-type="date" office:date-value="{value[1]}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


def ods(rows: list[list[Any]], beginning: str = "") -> bytes:
    """An OpenDocument workbook of one sheet."""
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{beginning}<office:document-content {SPACES} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Projets">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("mimetype", ODS)
        packed.writestr("META-INF/manifest.xml", manifest)
        packed.writestr("content.xml", content)
    return held.getvalue()


def test_an_opendocument_workbook_is_read_with_its_days_and_amounts():
    imported = read(ods(ROWS), "projets.ods")

    first, second, third = imported.rows.filter(extra=False)
    assert (imported.state, counts(imported)) == (State.READ, {"rows": 3, "new": 2, "refused": 1})
    assert (first.sheet, first.line, first.said["starts"]) == ("Projets", 2, "2012-03-09")
    assert first.said["budget"] == [{"key": "bud1", "kind": "grant", "amount": "250000", "currency": "USD"}]
    assert second.said["countries"] == [{"id": "CIV"}]
    assert second.said["budget"][0]["amount"] == "1250.5"
    assert (third.line, said(imported)[0]) == (
        4,
        "There is no title in this row. Without one nobody could find the record.",
    )


def test_its_good_rows_go_in_and_the_same_workbook_again_changes_nothing():
    take(read(ods(ROWS), "projets.ods"))

    again = read(ods(ROWS), "projets.ods")

    assert Record.objects.filter(format="initiative").count() == 2
    assert counts(again) == {"rows": 3, "same": 2, "refused": 1}


def test_an_opendocument_workbook_with_a_document_type_is_refused():
    imported = read(ods(ROWS, '<!DOCTYPE x [<!ENTITY a "b">]>'), "projets.ods")

    assert imported.state == State.UNREADABLE
    assert "damaged" in imported.notes[0]["say"]
    assert not imported.rows.exists()
