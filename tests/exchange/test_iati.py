"""IATI on its way in: both generations of the standard, money and shares to the cent."""

from decimal import Decimal

import pytest

from kapok.core.rules import SYSTEM
from kapok.exchange.importing import verbs
from kapok.exchange.importing.examining import Examination
from kapok.exchange.importing.said import Notes
from kapok.exchange.importing.shares import whole
from tests.exchange.bringing import counts, read, take
from tests.shared import shared

pytestmark = pytest.mark.django_db

ACTIVITY = """<iati-activities version="2.03"><iati-activity default-currency="EUR" xml:lang="fr">
<iati-identifier>XX-1</iati-identifier>
<reporting-org ref="XX-1-1" type="10"><narrative>Ministry of Seeds</narrative></reporting-org>
<title><narrative>Semences sûres</narrative><narrative xml:lang="en">Safe seeds</narrative></title>
<description type="1"><narrative xml:lang="en">Three countries learn to test seeds.</narrative></description>
<description type="2"><narrative xml:lang="en">Laboratories can test.</narrative></description>
<participating-org role="1" ref="XX-2" type="40"><narrative>Bank of Trees (BOT)</narrative></participating-org>
<participating-org role="4"><narrative>Institute of Soils</narrative></participating-org>
<activity-status code="2"/>
<activity-date type="1" iso-date="2020-01-01"/><activity-date type="2" iso-date="2020-02-01"/>
<contact-info><department><narrative>Biosafety office</narrative></department>
<person-name><narrative>Somebody</narrative></person-name><email>office@example.org</email></contact-info>
<recipient-country code="KE" percentage="33.33"/><recipient-country code="UG" percentage="33.33"/>
<recipient-country code="TZ" percentage="33.34"/>
<sector vocabulary="1" code="41010" percentage="60"/><sector vocabulary="1" code="41081" percentage="40"/>
<sector vocabulary="99" code="7"><narrative>Ours</narrative></sector>
<budget type="1"><period-start iso-date="2020-01-01"/><value value-date="2020-01-01">100.00</value></budget>
<budget type="2"><period-start iso-date="2020-01-01"/><value value-date="2020-01-01">1000.01</value></budget>
<transaction><transaction-type code="2"/><transaction-date iso-date="2020-03-01"/><value>700.005</value></transaction>
<transaction><transaction-type code="2"/><transaction-date iso-date="2020-09-01"/><value>300.005</value></transaction>
<result type="1"><title><narrative>Staff trained</narrative></title><indicator measure="1">
<title><narrative>People</narrative></title><baseline value="0"/><period><period-start iso-date="2020-01-01"/>
<period-end iso-date="2020-12-31"/><target value="40"/><actual value="38"/></period></indicator></result>
</iati-activity></iati-activities>"""
FIRST = """<iati-activities version="1.04"><iati-activity default-currency="USD">
<reporting-org ref="XX-9">Agency of Trees</reporting-org><iati-identifier>XX-9-1</iati-identifier>
<title>Trees</title><description>Trees are planted.</description><activity-status>Implementation</activity-status>
<activity-date type="start-planned">2009-05-01</activity-date>
<participating-org role="Funding">Bank of Trees</participating-org>
<recipient-country code="PE" percentage="33.33">Peru</recipient-country>
<recipient-country code="EC" percentage="33.33"/><recipient-country code="BO" percentage="33.33"/>
<transaction><transaction-type code="C"/>
<value currency="USD" value-date="2009-01-01">2229405.86334</value></transaction>
</iati-activity></iati-activities>"""


def test_an_activity_becomes_an_initiative():
    imported = read(ACTIVITY, "a.xml")

    assert counts(imported) == {"rows": 1, "new": 1}
    said = imported.rows.get(number=1).said
    assert said["title"] == {"en": "Safe seeds", "fr": "Semences sûres"}
    assert said["objectives"] == {"en": "Laboratories can test."}
    assert said["starts"] == "2020-02-01"
    assert said["contact"] == [{"key": "co1", "office": "Biosafety office", "mail": "office@example.org"}]
    assert [part["role"] for part in said["organisations"]] == ["funder", "lead"]
    assert said["results"][0]["indicators"][0]["periods"][0] == {
        "key": "pe1",
        "starts": "2020-01-01",
        "ends": "2020-12-31",
        "target": "40",
        "actual": "38",
    }
    proposed = imported.rows.filter(extra=True).order_by("number")
    assert [row.title for row in proposed] == ["Bank of Trees", "Institute of Soils"]
    assert proposed[0].said["acronym"] == "BOT"


def test_three_countries_and_two_sectors_make_the_whole_to_the_cent():
    record = take(read(ACTIVITY, "a.xml")).rows.get(number=1).result

    countries, themes = record.values["countries"], record.values["themes"]
    assert [one["id"] for one in countries] == ["KEN", "UGA", "TZA"]
    assert [one["id"] for one in themes] == ["a", "b"]
    assert sum(Decimal(one["share"]) for one in countries) == sum(Decimal(one["share"]) for one in themes) == 1
    lines = {(one.get("state", ""), one["year"]): Decimal(one["amount"]) for one in record.values["budget"]}
    assert lines == {("", 2020): Decimal("1000.01"), ("committed", 2020): Decimal("1000.01")}
    assert {one["currency"] for one in record.values["budget"]} == {"EUR"}


def test_the_first_generation_is_read_too():
    said = read(FIRST, "a.xml").rows.get(number=1).said

    assert said["starts"] == "2009-05-01"
    assert [one["id"] for one in said["countries"]] == ["PER", "ECU", "BOL"]
    assert sum(Decimal(one["share"]) for one in said["countries"]) == 1
    assert said["budget"][0]["amount"] == "2229405.86"
    assert {part["role"] for part in said["organisations"]} == {"funder", "lead"}


def test_the_same_files_again_change_nothing():
    take(read(ACTIVITY, "a.xml", source="Ministry"))
    take(read(FIRST, "b.xml", source="Ministry"))

    assert counts(read(ACTIVITY, "a.xml", source="Ministry")) == {"rows": 1, "same": 1}
    assert counts(read(FIRST, "b.xml", source="Ministry")) == {"rows": 1, "same": 1}


def test_an_organisation_file_gives_the_organisation():
    content = """<iati-organisations version="2.03"><iati-organisation>
<organisation-identifier>XX-7</organisation-identifier>
<name><narrative>House of Seeds</narrative></name>
<reporting-org ref="XX-7" type="21"/>
</iati-organisation></iati-organisations>"""

    row = read(content, "o.xml").rows.get()

    assert (row.format, row.said["name"], row.said["kind"]) == ("organisation", {"en": "House of Seeds"}, "ngo")


@pytest.mark.parametrize(
    "given",
    [
        ["33.33", "33.33", "33.33"],
        ["50", "50"],
        ["1", "1", "1", "1", "1", "1", "1"],
        ["99.999", "0.001"],
        ["60", "60"],
        ["0", "100"],
    ],
)
def test_shares_always_make_exactly_one(given):
    made = whole([(f"t{at}", share) for at, share in enumerate(given)], Notes(), "countries")

    assert sum(Decimal(one["share"]) for one in made) == 1


def test_real_files_are_read_and_say_the_same_the_second_time():
    path = shared("iati-activities/activities/worldbank-679.xml")
    if path is None:
        assert counts(read(ACTIVITY, "a.xml")) == {"rows": 1, "new": 1}
        return

    def once():
        with path.open("rb") as content:
            return Examination(verbs.bring([(path.name, content)], by=SYSTEM)).run()

    assert counts(take(once())) == {"rows": 5, "new": 5}
    assert counts(once()) == {"rows": 5, "same": 5}
