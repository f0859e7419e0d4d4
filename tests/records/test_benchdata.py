"""Synthetic records to measure with."""

from collections import Counter
from typing import Any

import pytest

from kapok.core.languages import TAGS
from kapok.core.models import Outbox
from kapok.people.models import Body
from kapok.records import verbs
from kapok.records.benchdata import fill
from kapok.records.benchdata.filling import NotEmpty
from kapok.records.benchdata.values import PROPORTIONS, numbers
from kapok.records.models import Record, Reference, Sequence, Version
from kapok.search import index
from kapok.search.questions import Question
from tests import make

pytestmark = pytest.mark.django_db
TOTAL = 300


@pytest.fixture
def filled():
    """Three hundred synthetic records, in an index of their own."""
    index.forget()
    fill(TOTAL, lambda _line: None)
    index.reindex()
    yield list(Record.objects.order_by("pk"))
    index.forget()


def said(record: Record) -> tuple[Any, ...]:
    return (record.identifier, record.values, record.owner and record.owner.code, record.freshness)


def test_every_format_is_there_in_its_proportion_and_every_record_is_right(filled):
    assert Counter(record.format for record in filled) == {code: TOTAL * n // 100 for code, n in PROPORTIONS.items()}
    wrong = {record.identifier: record.form.clean(record.values)[1].errors for record in filled}
    assert not any(wrong.values())
    assert all(record.illustrative and "Synthetic" in record.sources[0]["words"] for record in filled)
    assert {tag for record in filled for tag in record.form.languages(record.values)} == set(TAGS)


def test_records_have_owners_versions_and_references_that_hold(filled):
    assert all(record.owner_id for record in filled)
    assert Version.objects.count() == TOTAL
    expected = {
        (record.identifier, field, target)
        for record in filled
        for field, target in record.form.references(record.values)
    }
    kept = Reference.objects.values_list("source__identifier", "field", "target__identifier")
    assert set(kept) == expected
    assert len(expected) > TOTAL / 2
    assert Body.objects.filter(kind="organisation").count() == TOTAL * PROPORTIONS["organisation"] // 100


def test_the_index_holds_them_all_without_notes(filled):
    assert not Outbox.objects.exists()
    assert index.verify().checked == TOTAL
    assert index.ask(Question(filters={"type": ("resource",)})).total == TOTAL * PROPORTIONS["resource"] // 100


def test_new_records_go_on_after_the_last_identifier(filled):
    made = make.draft("news")

    assert made.identifier == f"NEW-{TOTAL * PROPORTIONS['news'] // 100 + 1:06}"
    assert Sequence.objects.get(prefix="RES").last == TOTAL * PROPORTIONS["resource"] // 100


def test_the_same_number_gives_the_same_records(filled):
    first = [said(record) for record in filled]
    Version.objects.all().delete()
    Reference.objects.all().delete()
    Record.objects.all().delete()
    Body.objects.all().delete()
    fill(TOTAL, lambda _line: None)

    again = [said(record) for record in Record.objects.order_by("pk")]

    assert again == first


def test_an_installation_with_records_is_left_alone():
    kept = make.record("resource")

    with pytest.raises(NotEmpty, match="holds records already"):
        fill(TOTAL, lambda _line: None)

    assert list(Record.objects.all()) == [kept]


def test_small_numbers_still_have_an_organisation():
    assert sum(numbers(3).values()) == 3
    assert numbers(3)["organisation"] == 1


def test_confirm_works_on_synthetic_records(filled):
    record = next(record for record in filled if record.format == "initiative")

    verbs.confirm(record, by=make.secretariat())

    record.refresh_from_db()
    assert record.freshness == "fresh"
