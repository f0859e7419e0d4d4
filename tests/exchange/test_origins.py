"""Where the answers of a record come from: shown to whoever may open the record, and silent about what is private."""

from typing import Any

import pytest

from kapok.exchange.models import Telling
from kapok.exchange.origins import origins, tellings
from kapok.records.models import Record
from tests import make
from tests.exchange.bringing import read, take, undo

pytestmark = pytest.mark.django_db
HEADS = "GEF ID;Title;Acronym;Start;Countries;Contact e-mail\n"
TABLE = HEADS + "77;Detecting modified seeds;DMS;2009;Kenya;canary@example.org\n"


@pytest.fixture
def record() -> Record:
    """A record of which two sources tell, who disagree about its start."""
    take(read(TABLE, source="Fund of Seeds"))
    take(read(TABLE.replace("2009", "2011"), source="Ministry of Trees"))
    return Record.objects.get(aliases__identifier="77")


def told(record: Record) -> dict[str, tuple[list[str], list[tuple[str, Any]]]]:
    """For each field who says so, and who says what instead."""
    return {
        one.name: ([said.source for said in one.told], [(said.source, said.value) for said in one.otherwise])
        for one in origins(record, tellings(record.pk))
    }


def test_each_answer_names_who_said_so_and_who_says_otherwise(record):
    found = told(record)

    assert found["acronym"] == (["Ministry of Trees", "Fund of Seeds"], [])
    assert found["starts"] == (["Fund of Seeds"], [("Ministry of Trees", "2011")])


def test_a_version_is_named_since_which_an_answer_stands(record):
    take(read(TABLE.replace("DMS", "DMO"), source="Fund of Seeds"))
    record.refresh_from_db()

    since = {one.name: one.since.number for one in origins(record, tellings(record.pk)) if one.since}

    assert (since["title"], since["acronym"]) == (1, 2)
    assert told(record)["acronym"] == (["Fund of Seeds"], [("Ministry of Trees", "DMS")])


def test_an_undo_takes_what_the_source_said_with_it(record):
    later = take(read(TABLE.replace("DMS", "DMO"), source="Fund of Seeds"))

    undo(later)

    record.refresh_from_db()
    assert told(record)["acronym"] == (["Ministry of Trees", "Fund of Seeds"], [])


def test_the_record_leads_to_the_page_and_the_page_shows_the_conflict(client, record):
    address = f"/en/records/{record.identifier}/origins"

    front = client.get(f"/en/records/{record.identifier}").content.decode()
    page = client.get(address).content.decode()

    assert address in front
    assert "2 sources tell of this record." in front
    assert "Another value is given for 1 answer." in front
    assert "Not all sources say the same." in page
    assert "Ministry of Trees" in page
    assert "canary" not in page


def test_a_record_written_here_leads_nowhere_and_says_so(client):
    record = make.record("news")

    front = client.get(f"/en/records/{record.identifier}").content.decode()
    page = client.get(f"/en/records/{record.identifier}/origins").content.decode()

    assert "/origins" not in front
    assert "It was written on the pages of Kapok." in page


def test_the_page_opens_to_those_whom_the_record_opens_to(as_, record):
    hidden = make.draft("news", owner=make.body())

    assert as_("visitor").get(f"/en/records/{hidden.identifier}/origins").status_code == 404
    assert as_("member").get(f"/en/records/{hidden.identifier}/origins").status_code == 404
    assert as_("secretariat").get(f"/en/records/{hidden.identifier}/origins").status_code == 200
    assert as_("visitor").get(f"/api/v1/records/{hidden.identifier}/origins").status_code == 404


def test_only_those_who_see_the_import_are_led_to_it(as_, record):
    assert "table.csv" not in as_("member").get(f"/en/records/{record.identifier}/origins").content.decode()
    assert "table.csv" in as_("secretariat").get(f"/en/records/{record.identifier}/origins").content.decode()


def test_programs_read_the_same(client, record):
    found = client.get(f"/api/v1/records/{record.identifier}/origins").json()

    fields = {one["field"]: one for one in found["fields"]}
    assert [one["source"] for one in fields["starts"]["said_by"]] == ["Fund of Seeds"]
    assert [(one["source"], one["value"]) for one in fields["starts"]["otherwise"]] == [("Ministry of Trees", "2011")]
    assert "canary" not in str(found)
    assert "canary" in str(list(Telling.objects.values_list("values", flat=True)))
