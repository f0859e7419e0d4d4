"""Records of the Biosafety Clearing-House as JSON: authored samples in its shape."""

import json
from typing import Any

import pytest

from kapok.exchange.models import State
from kapok.records.models import Record
from tests import make
from tests.exchange.bringing import counts, read, said, take

pytestmark = pytest.mark.django_db
DETECTION = "FBAF958B-14BF-45DD-BC6D-D34A9953BCEF"
PRIVATE = "90C29DF8-D863-4255-851D-A7A6E8FDFA8F"


def header(schema: str, identifier: str) -> dict[str, Any]:
    return {"schema": schema, "identifier": identifier, "languages": ["en", "fr"]}


def initiative(**changes: Any) -> dict[str, Any]:
    return {
        "header": header("capacityBuildingInitiative", "AAAA-1"),
        "title": {"en": "Laboratory network", "fr": "Réseau de laboratoires"},
        "description": {"en": "Equips laboratories."},
        "startDate": "2011-04-01",
        "endDate": "2014-03-31",
        "countries": [{"identifier": "ke"}, {"identifier": "TZ"}],
        "thematicAreas": [{"identifier": DETECTION}],
        "leadOrganization": {"name": {"en": "Institute of Seeds"}},
        "donors": [{"name": "Global Fund for Tests"}],
        "totalFunding": 250000,
        "websites": [{"url": "https://example.org/network", "name": "Network"}, {"url": "javascript:alert(1)"}],
        **changes,
    }


def resource() -> dict[str, Any]:
    return {
        "header": header("resource", "BBBB-1"),
        "title": {"en": "Manual of sampling"},
        "summary": {"en": "How to sample by the roadside."},
        "authors": [{"name": "A working group"}],
        "publisher": {"en": "Institute of Seeds"},
        "publicationYear": 2012,
        "languages": [{"identifier": "en"}],
        "countries": [{"identifier": "KE"}],
        "links": [{"url": "https://example.org/manual"}],
    }


def organisation() -> dict[str, Any]:
    return {
        "header": header("organization", "CCCC-1"),
        "name": {"en": "Seed Company"},
        "acronym": {"en": "SC"},
        "organizationType": {"identifier": PRIVATE},
        "country": {"identifier": "ke"},
        "websites": ["https://example.org/"],
    }


def brought(*records: Any, form: str = "initiative") -> Any:
    return read(json.dumps(list(records)), "records.json", form=form)


def test_an_initiative_is_read_with_its_languages_countries_people_and_money():
    imported = brought(initiative())

    (row,) = imported.rows.filter(extra=False)
    told = row.said
    assert (imported.state, counts(imported)) == (State.READ, {"rows": 1, "new": 1})
    assert told["title"] == {"en": "Laboratory network", "fr": "Réseau de laboratoires"}
    assert (told["starts"], told["ends"]) == ("2011-04-01", "2014-03-31")
    assert told["countries"] == [{"id": "KEN"}, {"id": "TZA"}]
    assert told["budget"] == [{"key": "bu1", "kind": "grant", "amount": "250000", "currency": "USD"}]
    assert [one["address"] for one in told["links"]] == ["https://example.org/network"]
    assert [one["role"] for one in told["organisations"]] == ["lead", "funder"]
    assert [(one["scheme"], one["identifier"]) for one in told["identifiers"]] == [("BCH", "AAAA-1")]
    assert set(imported.rows.filter(extra=True).values_list("title", flat=True)) == {
        "Institute of Seeds",
        "Global Fund for Tests",
    }
    assert len(told["themes"]) == 1


def test_resources_and_organisations_go_to_their_own_registers():
    imported = brought(resource(), organisation())

    manual, company = imported.rows.filter(extra=False)
    assert (manual.format, company.format) == ("resource", "organisation")
    assert (manual.said["year"], manual.said["link"]) == (2012, "https://example.org/manual")
    assert (manual.said["languages"], manual.said["countries"]) == (["en"], ["KEN"])
    assert (company.said["kind"], company.said["country"]) == ("private-sector", "KEN")
    assert (company.said["acronym"], company.said["web"]) == ("SC", "https://example.org/")


def test_a_record_within_its_envelope_is_read_as_well_as_one_alone():
    wrapped = {"documentID": 1, "body": initiative()}

    imported = read(json.dumps(wrapped), "record.json")

    assert imported.rows.get(extra=False).title == "Laboratory network"


def test_the_same_record_again_changes_nothing_and_a_later_one_is_known_by_its_identifier():
    take(brought(initiative()))

    again, later = brought(initiative()), brought(initiative(endDate="2015-03-31"))

    assert counts(again) == {"rows": 1, "same": 1}
    assert counts(later) == {"rows": 1, "changed": 1}
    assert later.rows.get(extra=False).target == Record.objects.get(format="initiative")


def test_an_organisation_of_the_register_is_found_by_its_name():
    known = make.record("organisation", name={"en": "Institute of Seeds"})

    imported = brought(initiative())

    lead = imported.rows.get(extra=False).said["organisations"][0]
    assert lead["organisation"] == known.identifier


def test_what_no_list_knows_is_left_out_and_told():
    imported = brought(initiative(countries=[{"identifier": "ke"}, {"identifier": "zz"}]))

    assert imported.rows.get(extra=False).said["countries"] == [{"id": "KEN"}]
    assert imported.counts["dropped"] == 1
    assert any("zz" in one for one in said(imported))


def test_a_record_of_another_schema_stays_out_in_words():
    law = {"header": header("biosafetyLaw", "DDDD-1"), "title": {"en": "Act"}}

    imported = brought(law, {"body": law}, {"body": "text"}, initiative())

    outcomes = list(imported.rows.filter(extra=False).values_list("outcome", flat=True))
    assert outcomes == ["refused", "refused", "refused", "new"]
    assert said(imported).count("This is neither a record of Kapok nor one of the clearing-house.") == 3
