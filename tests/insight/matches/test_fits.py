"""When something fits a need, and the reasons it is given."""

import pytest

from kapok.insight.matches import fits
from kapok.insight.matches.grounds import Ground, from_plain
from tests import samples

NEED = fits.sides(
    samples.need(help=["training", "funding", "expert"], theme="detection", audience=["laboratory-staff"])
)


def codes(code, values):
    return [one.code for one in fits.grounds(NEED, code, values)]


def initiative(**changes):
    return samples.initiative("ORG-000001", **{"themes": [{"id": "detection"}], **changes})


def test_an_initiative_fits_by_country_help_and_audience():
    values = initiative(methods=["workshop"], audience=["laboratory-staff"], budget=[{"kind": "grant"}])

    found = fits.grounds(NEED, "initiative", values)

    assert [(one.code, one.ids) for one in found] == [
        ("theme", ("detection",)),
        ("country", ("KEN",)),
        ("help", ("training", "funding")),
        ("audience", ("laboratory-staff",)),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"countries": [{"id": "UGA"}]}, ["theme", "region"]),
        ({"countries": [{"id": "PER"}]}, []),
        ({"themes": [{"id": "liability"}]}, []),
        ({"themes": [{"id": "i"}]}, ["theme", "country"]),
    ],
)
def test_place_and_theme_must_fit(changes, expected):
    assert codes("initiative", initiative(**changes)) == expected


def test_an_opportunity_must_be_open_to_its_people():
    values = samples.opportunity("ORG-000001", themes=["detection"])

    assert codes("opportunity", values) == ["theme", "open-all", "help"]
    assert codes("opportunity", {**values, "eligible": ["KEN"]}) == ["theme", "open-to", "help"]
    assert codes("opportunity", {**values, "eligible": ["PER"]}) == []
    assert codes("opportunity", {**values, "kind": "grant-call"}) == ["theme", "open-all", "help"]


def test_courses_experts_and_resources_fit_by_what_they_are():
    assert codes("course", samples.course("ORG-000001", themes=["detection"], distance=True)) == [
        "theme",
        "distance",
        "help",
    ]
    assert codes("expert", samples.expert("UGA", themes=["detection"])) == ["theme", "from", "help"]
    assert codes("expert", samples.expert("UGA", themes=["detection"], availability="unavailable")) == []
    assert codes("resource", samples.resource(themes=["detection"], countries=["KEN"])) == ["theme", "about"]
    assert codes("resource", samples.resource(themes=["detection"], kind="training-material")) == ["theme", "help"]


def test_an_organisation_must_reach_the_region():
    profile = {"themes": ["detection"], "countries": ["UGA"], "help": ["funding"]}

    assert codes("organisation", profile) == ["theme", "region", "help"]
    assert codes("organisation", {**profile, "countries": ["PER"]}) == []


def test_reasons_are_kept_as_plain_data_and_said_in_words():
    one = Ground("help", ("training", "funding"))

    assert from_plain([one.plain(), ["gone", "x"], []]) == [one]
    assert one.words == "Gives help of the kind asked for: Training and Funding"
    assert Ground("open-all").words == "Open to people of all countries"
