"""Every common format: it accepts careful values, goes through a spreadsheet and back, and tells differences."""

from datetime import date

import pytest

from kapok.formats.cells import columns, from_row, to_row
from kapok.formats.differences import differences
from kapok.formats.format import by_prefix, format_of, formats
from kapok.formats.schema import schema
from kapok.records.formats.course import coming
from kapok.records.formats.initiative import Initiative, by_dates, span
from tests import make

CODES = ("initiative", "opportunity", "course", "need", "organisation", "resource", "expert", "news")
RICH = {
    "reference_number": "P-17",
    "methods": ["training-of-trainers"],
    "budget": [
        {"key": "m1", "kind": "grant", "amount": "1200.50", "currency": "USD", "year": 2026},
        {"key": "m2", "kind": "co-financing", "amount": "300", "currency": "EUR"},
    ],
    "results": [
        {
            "key": "r1",
            "title": {"en": "Laboratories test seeds", "ar": "تختبر المختبرات البذور"},
            "indicators": [
                {
                    "key": "i1",
                    "title": {"en": "Laboratories accredited"},
                    "baseline": "0",
                    "target": "2",
                    "periods": [{"key": "p1", "starts": "2026", "ends": "2026", "target": "1", "actual": "0"}],
                }
            ],
        }
    ],
    "notes": "Not for the public; with a semicolon",
}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.django_db
def test_careful_values_are_accepted_and_stay(code):
    values, problems = format_of(code).clean(make.values(code))

    assert list(problems) == []
    assert format_of(code).clean(values) == (values, problems)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.django_db
def test_a_row_brings_back_what_it_was_made_of(code):
    form = format_of(code)
    values = form.clean(make.values(code, **(RICH if code == "initiative" else {})))[0]

    row = to_row(form, values)

    assert form.clean(from_row(form, row), final=False)[0] == form.public(values)
    assert set(row) <= set(columns(form, [row]))
    assert "office@example.org" not in row.values()
    assert "notes" not in row


@pytest.mark.parametrize("code", CODES)
def test_the_schema_names_every_public_field(code):
    form = format_of(code)

    described = schema(form)

    assert set(described["properties"]) == {name for name, kind in form.fields.items() if not kind.private}
    assert described["title"] == str(form.label)


def test_an_identifier_tells_its_format():
    assert {by_prefix(f"{form.prefix}-000001") for form in formats.values()} == set(formats.values())
    assert by_prefix("XXX-1") is None


@pytest.mark.parametrize(
    ("starts", "ends", "months", "status"),
    [
        ("2027", None, None, "planned"),
        ("2026-01-01", "2026-12", None, "ongoing"),
        ("2026-06-15", "2026-06-15", None, "ongoing"),
        ("2024", "2025", None, "completed"),
        ("2026-01", None, 3, "completed"),
        ("2026-01", None, 12, "ongoing"),
        ("2001", None, None, "unknown"),
        (None, None, None, "unknown"),
    ],
)
def test_the_status_follows_from_the_dates(starts, ends, months, status):
    values = {"starts": starts, "ends": ends, "planned_months": months}

    assert by_dates({name: value for name, value in values.items() if value}, date(2026, 6, 15)) == status


def test_a_planned_length_ends_with_its_last_month():
    assert span({"starts": "2026-01", "planned_months": 12})[1] == date(2026, 12, 31)


@pytest.mark.django_db
def test_a_typed_status_against_the_dates_is_remarked():
    values = make.values("initiative", said_status="completed")

    _values, problems = Initiative.clean(values)

    assert not problems
    assert [problem.path for problem in problems.remarks] == ["said_status"]


@pytest.mark.django_db
def test_groups_count_for_their_members_on_the_first_day():
    before = Initiative.countries({"countries": [{"id": "cpb-parties"}], "starts": "2005-09-11"})
    later = Initiative.countries({"countries": [{"id": "cpb-parties"}], "starts": "2012-06-30"})

    assert (len(before), len(later)) == (121, 163)


def test_the_next_intake_is_the_earliest_one_can_still_apply_for():
    intakes = [
        {"closes": "2026-01-10", "starts": "2026-03"},
        {"closes": "2027-01-10", "starts": "2027-03"},
        {"closes": "2028-01-10", "starts": "2028-03"},
    ]

    assert coming({"intakes": intakes}, date(2026, 2, 1))["closes"] == "2027-01-10"
    assert coming({"intakes": []}, date(2026, 2, 1)) == {}


@pytest.mark.django_db
def test_differences_name_each_field_language_and_part():
    form = format_of("initiative")
    before = form.clean(make.values("initiative", **RICH))[0]
    after = {
        **before,
        "title": {**before["title"], "fr": "Détecter les OVM"},
        "level": "advanced",
        "budget": [{**before["budget"][1], "amount": "400"}],
    }

    found = {(one.path, one.kind): (one.before, one.after) for one in differences(form.fields, before, after, "en")}

    assert found == {
        ("title-fr", "added"): ("", "Détecter les OVM"),
        ("level", "added"): ("", "Advanced"),
        ("budget-0-amount", "changed"): ("300", "400"),
        ("budget", "removed"): ("Grant", ""),
    }


@pytest.mark.django_db
def test_no_public_value_is_lost_in_the_index():
    values = Initiative.clean(make.values("initiative", **RICH))[0]

    out = Initiative.index(values, date(2026, 6, 15))

    assert out.facets["money-kind"] == ["grant", "co-financing"]
    assert out.facets["theme"] == ["i", "b"]
    assert "Not for the public" not in str(out.texts)
