"""Out and in again: whatever a record holds, its files change nothing when they come back."""

import csv
import io
import json
from itertools import count
from typing import Any

import docx
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kapok.exchange.exporting.forms import word_form
from kapok.exchange.exporting.rows import in_work, published
from kapok.exchange.exporting.shape import Taking
from kapok.exchange.exporting.shapes import SHAPES
from kapok.exchange.exporting.workbook import form_workbook
from kapok.exchange.importing import showing
from kapok.formats.cells import columns, guarded, to_row
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
from kapok.records.models import Record, Version
from kapok.records.payload import payload
from kapok.records.verbs.intake import relink
from tests import make
from tests.exchange.bringing import counts, filled, read, said, take
from tests.exchange.test_word_forms import CODES, rich

pytestmark = pytest.mark.django_db
NUMBERS = count(400_000)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=30)
HARD_ONES = ["=1+1", "a; b", "a|b", "back\\slash", "x=25%", "'quoted'", "a\tb", "two\nlines", "٣ مشاريع", "[fr]"]
HARD = st.sampled_from(HARD_ONES)
TEXTS = st.one_of(WORDS, HARD)


def values_for(form: type[Format], other: str) -> Any:
    """Any values of a format; what makes no sense is cleaned away. `other` is an organisation to point to."""
    return st.fixed_dictionaries({}, optional={name: value_for(kind, other) for name, kind in form.fields.items()})


def value_for(kind: Kind, other: str) -> Any:
    """Any raw value of a field."""
    match kind:
        case Files():
            return st.just([{"file": "a1", "name": "Report [1]"}, {"file": "b2", "name": "x; y", "language": "fr"}])
        case Parts():
            inner = {name: value_for(one, other) for name, one in kind.part.fields.items()}
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
            return st.none() if kind.formats != ("organisation",) else st.just([other] if kind.several else other)
        case Line() | Words():
            return TEXTS
        case _:
            raise AssertionError(f"There is no strategy for {type(kind).__name__}.")


def terms_of(kind: Choice) -> Any:
    """A term, or one's own words where the list takes them."""
    ids = [one.id for one in kind.choices("en")]
    own = WORDS.map(lambda text: f"other:{text}") if any(map(kind.asks_words, ids)) else st.nothing()
    return st.one_of(st.sampled_from(ids), own)


def solid(value: Any) -> Any:
    """Values without the parts that say nothing."""
    if isinstance(value, dict):
        return {name: inner for name, given in value.items() if (inner := solid(given)) not in ([], {})}
    if isinstance(value, list):
        return [one for one in map(solid, value) if not (isinstance(one, dict) and set(one) <= {"key"})]
    return value


def out(shape: str, record: Record) -> bytes:
    """The file of a record."""
    taking = Taking(iter([[published(record)]]), record.form, "en")
    return b"".join(SHAPES[shape].write(taking))


def files(record: Record) -> dict[str, bytes]:
    """All that can come back, by name."""
    shapes = {f"a.{shape}": out(shape, record) for shape in ("csv", "json", "jsonl", "xlsx")}
    form = record.form
    return shapes | {
        "wide.csv": wide(form, record),
        "form.xlsx": form_workbook(form, "ar", [in_work(record)]),
        "en.docx": word_form(form, "en", record),
        "ar.docx": word_form(form, "ar", record),
    }


def wide(form: type[Format], record: Record) -> bytes:
    """A table with a column for each field of each part."""
    row = {"id": record.identifier, **to_row(form, record.values)}
    held = io.StringIO()
    writer = csv.DictWriter(held, ["id", *columns(form, [row])])
    writer.writeheader()
    writer.writerow({name: guarded(cell) for name, cell in row.items()})
    return held.getvalue().encode()


@pytest.mark.parametrize("code", CODES)
def test_what_went_out_comes_in_as_no_change(code):
    record = rich(code)

    for name, content in files(record).items():
        imported = read(content, name, form=code)
        assert counts(imported) == {"rows": 1, "same": 1}, (name, said(imported), imported.problems)


@settings(
    max_examples=2, derandomize=True, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
@pytest.mark.parametrize("code", CODES)
def test_whatever_a_record_holds_comes_in_as_no_change(code, data):
    form = formats[code]
    other = make.record("organisation", name={"en": "Seeds; soils, and =water"})
    kept = form.clean(data.draw(values_for(form, other.identifier)), final=False)[0]
    record = stored(form, form.clean(solid(kept), final=False)[0])

    for name, content in files(record).items():
        imported = read(content, name, form=code)
        assert counts(imported) == {"rows": 1, "same": 1}, (name, said(imported), showing.changes(imported.rows.get()))


def stored(form: type[Format], values: Any) -> Record:
    """A published record of any values, complete or not."""
    record = Record(identifier=f"{form.prefix}-{next(NUMBERS):06}", format=form.code, values=values)
    record.stage, record.number, record.published_at, record.changed_at = "published", 1, timezone.now(), timezone.now()
    record.owner = make.body()
    record.save()
    Version.objects.create(record=record, number=1, values=values, at=record.changed_at)
    relink([record])
    return record


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


def test_a_foreign_word_document_says_what_would_help():
    held = io.BytesIO()
    docx.Document().save(held)

    imported = read(held.getvalue(), "letter.docx")

    assert imported.state == "unreadable"
    assert make.record("news").pk


def test_a_list_of_records_comes_in_as_no_change():
    record = rich("initiative")

    imported = read(json.dumps({"items": [payload(record)]}), "a.json")

    assert counts(imported) == {"rows": 1, "same": 1}, imported.problems


def test_a_changed_cell_of_our_own_table_is_the_only_change():
    record = make.record("initiative", starts="2025")
    table = out("csv", record).decode()
    assert table.count(",2025,") == 1

    imported = read(table.replace(",2025,", ",March 2026,"))

    row = imported.rows.get()
    assert row.outcome == "changed"
    assert {name for name in row.values if row.values[name] != record.values.get(name)} == {"starts"}
    assert row.values["starts"] == "2026-03"
