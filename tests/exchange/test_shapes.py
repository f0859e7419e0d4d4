"""The shapes of other systems: IATI, HXL, JSON-LD, GeoJSON, BibTeX and RIS, read back by what reads them."""

import csv
import io
import json
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from kapok.exchange.exporting.portions import rounded
from kapok.exchange.exporting.rows import published
from kapok.exchange.exporting.shape import Taking
from kapok.exchange.exporting.shapes import SHAPES
from kapok.records.models import Alias, Record
from tests import make
from tests.formats.test_formats import RICH
from tests.shared import shared

pytestmark = pytest.mark.django_db


def taken(shape: str, *records: Record, language: str = "en") -> str:
    """These records in a shape."""
    rows = iter([[published(record) for record in records]])
    taking = Taking(rows, None, language)
    return b"".join(SHAPES[shape].write(taking)).decode("utf-8-sig")


def initiatives() -> list[Record]:
    """Initiatives that try every part of an activity."""
    lead = make.record(name={"en": "Alpha Institute"}, kind="ngo")
    Alias.objects.create(record=lead, scheme="IATI", identifier="XM-DAC-1")
    ahead = (date.today() + timedelta(days=40)).isoformat()
    money = {"kind": "grant", "amount": "1200.50", "currency": "USD"}
    extent: dict[str, Any] = {
        "lead": lead.identifier,
        "countries": [{"id": "KEN", "share": "0.5"}, {"id": "UGA", "share": "0.3"}, {"id": "EUR", "share": "0.2"}],
        "places": [
            {"key": "a", "name": "Nairobi", "latitude": "-1.28", "longitude": "36.82"},
            {"key": "b", "name": "Mbale"},
        ],
        "links": [{"key": "l", "address": "https://example.org/a?b=1&c=2", "words": {"fr": "Le projet"}}],
        "identifiers": [{"key": "i", "scheme": "GEF", "identifier": "1234"}],
        **RICH,
        "budget": [{"key": "1", **money, "year": 2026, "state": "committed"}, {"key": "2", **money}],
    }
    first = make.record("initiative", **extent, title={"en": "Rich \u000b& <b>bold</b>", "ar": "غني"})
    Alias.objects.create(record=first, scheme="IATI", identifier="XM-DAC-1-77")
    known = {"lead": lead.identifier}
    return [
        first,
        make.record("initiative", **known, scope="global", countries=[], starts="2020", ends="2020"),
        make.record("initiative", **known, countries=[{"id": "africa"}, {"id": "PER"}], starts=ahead, ends=ahead),
        make.record("initiative", **known, part_of=first.identifier, themes=[{"id": "a"}, {"id": "b"}, {"id": "n"}]),
        make.record("initiative", **known, said_status="suspended", themes=[{"id": "other:Bees"}, {"id": "i"}]),
    ]


def activities(*records: Record) -> Any:
    return etree.fromstring(taken("iati", *records).encode())


def test_activities_are_valid_by_the_schema_and_the_ruleset():
    root = activities(*initiatives())

    schema, rules = shared("iati-schemas/2.03/iati-activities-schema.xsd"), shared("iati-schemas/ruleset-standard.json")
    if schema and rules:
        checked = etree.XMLSchema(etree.parse(str(schema)))
        assert checked.validate(root), checked.error_log
        assert list(broken(root, json.loads(rules.read_text()))) == []
    assert [one.tag for one in root] == ["iati-activity"] * 5
    order = [one.tag for one in root[0]]
    assert order[:3] == ["iati-identifier", "reporting-org", "title"]
    assert order.index("recipient-country") < order.index("location") < order.index("sector") < order.index("budget")


def broken(root: Any, ruleset: dict[str, Any]) -> Any:
    """The error rules of the standard ruleset that speak of sums, presence and dates, and do not hold."""
    for context, rules in ruleset.items():
        if "organisation" in context.split("/")[1]:
            continue
        for element in root.xpath(context if context.startswith("/") else f".//{context}"):
            for kind, body in rules.items():
                for case in body["cases"]:
                    wrong = case.get("ruleInfo", {}).get("severity") == "error" and not holds(element, kind, case)
                    if wrong:
                        yield case["ruleInfo"]["id"], element.findtext("iati-identifier")


def holds(element: Any, kind: str, case: dict[str, Any]) -> bool:
    """Does one rule hold for one element?"""
    if "condition" in case and not element.xpath(case["condition"]):
        return True
    match kind:
        case "atleast_one":
            return any(element.xpath(path) for path in case["paths"])
        case "strict_sum" | "sum":
            found = [Decimal(one) for path in case["paths"] for one in element.xpath(path)]
            return not found or sum(found) == Decimal(str(case["sum"]))
        case "if_then":
            return not element.xpath(case["if"]) or bool(element.xpath(case["then"]))
        case "date_order":
            less, more = (day(element, case[name]) for name in ("less", "more"))
            return not less or not more or less <= more
        case "time_limit":
            begin, end = day(element, case["start"]), day(element, case["end"])
            return not begin or not end or (date.fromisoformat(end) - date.fromisoformat(begin)).days <= 366
        case "unique":
            names = [text(one) for path in case["paths"] for one in element.xpath(path)]
            return len(names) == len(set(names))
        case "range":
            return all(0 <= Decimal(one) <= 100 for path in case["paths"] for one in element.xpath(path))
        case _:
            return True


def day(element: Any, path: str) -> str:
    """A day by its path; NOW is today."""
    found = [date.today().isoformat()] if path == "NOW" else element.xpath(path)
    return str(found[0])[:10] if found else ""


def text(found: Any) -> str:
    return found if isinstance(found, str) else found.text


def test_an_activity_tells_what_is_known():
    first, *_others = initiatives()
    (one,) = activities(first)

    assert one.findtext("iati-identifier") == f"XI-KAPOK-{first.identifier}"
    assert [(n.get("{http://www.w3.org/XML/1998/namespace}lang"), n.text) for n in one.find("title")] == [
        ("ar", "غني"),
        ("en", "Rich & <b>bold</b>"),
    ]
    assert {c.get("code"): c.get("percentage") for c in one.findall("recipient-country")} == {
        "KE": "50.00",
        "UG": "30.00",
    }
    assert one.find("recipient-region").get("percentage") == "20.00"
    assert one.find("participating-org").attrib == {"ref": "XM-DAC-1", "role": "2", "type": "21"}
    assert one.findtext("location/point/pos") == "-1.28 36.82"
    assert [(b.findtext("value"), b.get("status")) for b in one.findall("budget")] == [("1200.50", "2")]
    assert {o.get("ref") for o in one.findall("other-identifier")} == {"P-17", "1234", "XM-DAC-1-77"}
    assert one.find("transaction") is None
    assert "office@example.org" not in taken("iati", first)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=60))
def test_percentages_make_exactly_a_hundred(given_parts):
    parts = {str(number): part for number, part in enumerate(given_parts)}

    found = rounded({one: Decimal(part) for one, part in parts.items()})

    assert sum(found.values()) == 100
    assert found.keys() == parts.keys()
    total = sum(parts.values())
    assert all(abs(found[one] - Decimal(100) * part / total) <= Decimal("0.01") for one, part in parts.items())


def test_a_3w_table_has_its_tags_and_a_row_for_each_country():
    first, *_others = initiatives()

    heads, tags, *rows = csv.reader(io.StringIO(taken("hxl", first), newline=""))

    assert all(re.fullmatch(r"#[a-z]+(\+[a-z0-9_]+)*", tag) for tag in tags)
    assert len(heads) == len(tags)
    cells = [dict(zip(tags, row, strict=True)) for row in rows]
    assert [one["#country+code+v_iso3"] for one in cells] == ["KEN", "UGA", "EUR"]
    assert {one["#org+name"] for one in cells} == {"Alpha Institute"}
    assert sum(Decimal(one["#indicator+country+share+pct"]) for one in cells) == 100


def test_linked_data_and_features_parse():
    records = [*initiatives(), make.record("resource"), make.record("organisation")]

    graph = json.loads(taken("jsonld", *records))
    features = json.loads(taken("geojson", *records))["features"]

    assert [one["identifier"] for one in graph["@graph"]] == [record.identifier for record in records]
    assert features[0]["geometry"] == {"type": "MultiPoint", "coordinates": [[36.82, -1.28]]}
    assert (features[1]["geometry"], features[0]["properties"]["countries"]) == (None, ["KEN", "UGA", "EUR"])
    assert json.loads(taken("geojson"))["features"] == []


def test_references_say_who_and_when_and_nothing_runs():
    identifiers = [{"key": "d", "scheme": "DOI", "identifier": "10.1/x"}]
    title = {"en": "Costs: 5 % & more_{of} \\input{x}"}
    record = make.record("resource", title=title, identifiers=identifiers, kind="book", publisher="FAO")

    bib, ris = taken("bib", record), taken("ris", record)

    assert bib.startswith(f"@book{{{record.identifier},")
    assert r"title = {Costs: 5 \% \& more\_\{of\} \textbackslash{}input\{x\}}" in bib
    assert "author = {{Institute for Biosafety Research}}" in bib
    assert "doi = {10.1/x}" in bib
    assert ris.splitlines()[0] == "TY  - BOOK"
    assert ris.endswith("ER  - \r\n\r\n")
    assert {"PY  - 2024", "DO  - 10.1/x", "PB  - FAO"} <= set(ris.splitlines())


def test_shapes_of_one_type_leave_other_records_out(client):
    other = make.record("organisation")

    assert "iati-activity>" not in taken("iati", other)
    assert taken("bib", other) == ""
    assert client.get(f"/en/records/{other.identifier}.iati").status_code == 404
