"""Out and in again: whatever a record holds, its files change nothing when they come back."""

import io
import zipfile

import docx
import pytest
from lxml import etree

from kapok.documents.wordform.marks import W
from kapok.exchange.exporting.forms import word_form
from kapok.exchange.exporting.rows import in_work, published
from kapok.exchange.exporting.shape import Taking
from kapok.exchange.exporting.shapes import SHAPES
from kapok.exchange.exporting.workbook import form_workbook
from kapok.records.models import Record
from tests import make
from tests.exchange.bringing import counts, read, said, take
from tests.exchange.test_word_forms import CODES, rich

pytestmark = pytest.mark.django_db


def out(shape: str, record: Record) -> bytes:
    """The file of a record."""
    taking = Taking(iter([[published(record)]]), record.form, "en")
    return b"".join(SHAPES[shape].write(taking))


def files(record: Record) -> dict[str, bytes]:
    """All that can come back, by name."""
    return {
        "a.csv": out("csv", record),
        "a.json": out("json", record),
        "a.xlsx": out("xlsx", record),
        "b.xlsx": form_workbook(record.form, "ar", [in_work(record)]),
        "a.docx": word_form(record.form, "en", record),
        "b.docx": word_form(record.form, "ar", record),
    }


@pytest.mark.parametrize("code", CODES)
def test_what_went_out_comes_in_as_no_change(code):
    record = rich(code)

    for name, content in files(record).items():
        imported = read(content, name, form=code)
        assert counts(imported) == {"rows": 1, "same": 1}, (name, said(imported), imported.problems)


def test_a_form_filled_in_arabic_goes_in_and_only_what_was_written_changes():
    record = rich("initiative")
    form = word_form(record.form, "ar", record)
    before = dict(record.values)
    content = filled(form, {"acronym": "كشف", "organisations/2/organisation": "معهد البذور"})

    imported = take(read(content, "form.docx"))
    record.refresh_from_db()

    assert counts(imported) == {"rows": 1, "changed": 1}, said(imported)
    assert record.values["acronym"] == "كشف"
    assert record.values["contact"] == before["contact"]
    assert {name for name in before if before[name] != record.values[name]} <= {"organisations"}


def filled(content: bytes, answers: dict[str, str]) -> bytes:
    """A form after somebody wrote into its boxes."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            raw = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(raw)
                for control in root.iter(f"{{{W}}}sdt"):
                    tag = control.find(f"{{{W}}}sdtPr/{{{W}}}tag").get(f"{{{W}}}val")
                    if tag in answers:
                        for empty in control.findall(f"{{{W}}}sdtPr/{{{W}}}showingPlcHdr"):
                            empty.getparent().remove(empty)
                        next(control.iter(f"{{{W}}}t")).text = answers[tag]
                raw = etree.tostring(root)
            new.writestr(name, raw)
    return held.getvalue()


def test_a_foreign_word_document_says_what_would_help():
    held = io.BytesIO()
    docx.Document().save(held)

    imported = read(held.getvalue(), "letter.docx")

    assert imported.state == "unreadable"
    assert make.record("news").pk
