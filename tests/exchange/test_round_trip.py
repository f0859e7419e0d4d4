"""Out and in again: whatever a record holds, its files change nothing when they come back."""

import io
import zipfile
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from kapok.documents.wordform import read as read_form
from kapok.documents.wordform.marks import W
from kapok.exchange.exporting.forms import word_form
from kapok.exchange.exporting.rows import in_work, published
from kapok.exchange.exporting.shape import Taking
from kapok.exchange.exporting.shapes import SHAPES
from kapok.exchange.exporting.workbook import form_workbook
from kapok.exchange.merging import onto, same
from kapok.exchange.wordforms import values_of
from kapok.exchange.workbooks import opened, rows_of
from kapok.formats.cells import from_row, guarded, steady_row, unguarded
from kapok.formats.format import Format, formats
from kapok.formats.kinds import (
    Amount,
    Choice,
    Day,
    Files,
    Kind,
    Line,
    Lines,
    Link,
    Mail,
    Number,
    Parts,
    Ref,
    Shares,
    Terms,
    Text,
    Words,
    YesNo,
)
from kapok.records.models import Record
from tests import make
from tests.exchange.bringing import counts, read, said, take
from tests.exchange.test_word_forms import CODES, rich

pytestmark = pytest.mark.django_db
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=30)
HARD_ONES = ["=1+1", "a; b", "a|b", "back\\slash", "x=25%", "'quoted'", "a\tb", "two\nlines", "٣ مشاريع", "[fr]"]
HARD = st.sampled_from(HARD_ONES)
TEXTS = st.one_of(WORDS, HARD)


def values_for(form: type[Format]) -> Any:
    """Any values of a format; what makes no sense is cleaned away."""
    return st.fixed_dictionaries({}, optional={name: value_for(kind) for name, kind in form.fields.items()})


def value_for(kind: Kind) -> Any:
    """Any raw value of a field."""
    match kind:
        case Files():
            return st.just([{"file": "a1", "name": "Report [1]"}, {"file": "b2", "name": "x; y", "language": "fr"}])
        case Parts():
            inner = {name: value_for(one) for name, one in kind.part.fields.items()}
            one = st.fixed_dictionaries({"key": st.uuids().map(lambda key: key.hex[:10])}, optional=inner)
            return st.lists(one, max_size=2)
        case Shares():
            return st.lists(terms_of(kind), max_size=3, unique=True).map(lambda ids: [{"id": one} for one in ids])
        case Terms():
            return st.lists(terms_of(kind), max_size=3, unique=True)
        case Choice():
            return terms_of(kind)
        case Text():
            return st.dictionaries(st.sampled_from(["ar", "en", "zh"]), TEXTS, max_size=2)
        case Lines():
            return st.lists(TEXTS, max_size=3)
        case Link():
            return st.sampled_from(["https://example.org/a?b=1&c=;2", "http://example.org/=x"])
        case Mail():
            return st.just("office@example.org")
        case Day():
            return st.sampled_from(["2026-03-31", "2026-03", "2026"] if kind.partial else ["2026-03-31"])
        case Number():
            return st.integers(kind.least, kind.most)
        case Amount():
            return st.decimals(0, 80, places=2, allow_nan=False).map(str)
        case YesNo():
            return st.booleans()
        case Ref():
            return st.none()
        case Line() | Words():
            return TEXTS
        case _:
            raise AssertionError(f"There is no strategy for {type(kind).__name__}.")


def terms_of(kind: Choice) -> Any:
    """A term, or one's own words where the list takes them."""
    ids = [one.id for one in kind.choices("en")]
    own = WORDS.map(lambda text: f"other:{text}") if any(map(kind.asks_words, ids)) else st.nothing()
    return st.one_of(st.sampled_from(ids), own)


@settings(max_examples=2, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
@pytest.mark.parametrize("code", CODES)
def test_no_value_of_any_format_is_lost_in_a_table_a_workbook_or_a_form(code, data):
    form = formats[code]
    kept = form.clean(data.draw(values_for(form)), final=False)[0]
    kept = form.clean(solid(kept), final=False)[0]
    record = Record(identifier=f"{form.prefix}-000001", format=code, values=kept, stage="published", number=1)

    row = {column: unguarded(guarded(cell)) for column, cell in steady_row(form, kept).items()}
    (sheet,) = rows_of(book) if (book := opened(form_workbook(form, "ar", [published(record)]))) else (None,)
    told = values_of(read_form(word_form(form, "ar", record)))

    assert form.clean(from_row(form, row), final=False)[0] == form.public(kept)
    assert sheet is not None
    for raw in (sheet.values, told.values):
        assert alike(form, form.clean(onto(form, kept, raw), final=False)[0], kept)


def solid(value: Any) -> Any:
    """Values without the parts that say nothing."""
    if isinstance(value, dict):
        return {name: inner for name, given in value.items() if (inner := solid(given)) not in ([], {})}
    if isinstance(value, list):
        return [one for one in map(solid, value) if not (isinstance(one, dict) and set(one) <= {"key"})]
    return value


def alike(form: type[Format], one: Any, other: Any) -> bool:
    """Do two sets of values say the same?"""
    wrong = [name for name, kind in form.fields.items() if not same(kind, one.get(name), other.get(name))]
    assert wrong == [], [(one.get(name), other.get(name)) for name in wrong]
    return True


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
