"""Membership of groups on a day, against the published counts."""

from datetime import date

import pytest

from kapok.vocab import queries
from kapok.vocab.groups import REGIONS, TESTS


@pytest.mark.parametrize(
    ("as_of", "parties"),
    [
        (date(2003, 9, 10), 0),
        (date(2005, 9, 11), 121),
        (date(2007, 9, 11), 141),
        (date(2011, 9, 30), 161),
        (date(2012, 6, 30), 163),
        (date(2015, 10, 31), 170),
        (date(2019, 10, 1), 171),
        (None, 173),
    ],
)
def test_parties_to_the_protocol(as_of, parties):
    assert len(queries.members("cpb-parties", as_of)) == parties


def test_parties_to_the_convention():
    assert queries.members("cbd-parties", date(1993, 12, 28)) == []
    assert len(queries.members("cbd-parties")) == 196


@pytest.mark.parametrize(
    ("country", "last_day", "next_day"),
    [
        ("CPV", date(2007, 12, 19), date(2007, 12, 20)),
        ("MDV", date(2010, 12, 31), date(2011, 1, 1)),
        ("WSM", date(2013, 12, 31), date(2014, 1, 1)),
        ("GNQ", date(2017, 6, 3), date(2017, 6, 4)),
        ("VUT", date(2020, 12, 3), date(2020, 12, 4)),
        ("BTN", date(2023, 12, 12), date(2023, 12, 13)),
        ("STP", date(2024, 12, 12), date(2024, 12, 13)),
    ],
)
def test_countries_leave_the_list_of_least_developed_on_their_day(country, last_day, next_day):
    assert country in queries.members("ldc", last_day)
    assert country not in queries.members("ldc", next_day)


def test_countries_join_the_list_of_least_developed():
    assert "SSD" not in queries.members("ldc", date(2011, 12, 31))
    assert "SSD" in queries.members("ldc", date(2012, 1, 1))
    assert len(queries.members("ldc", date(2026, 11, 23))) == 44


def test_every_country_is_in_one_region():
    regions = [queries.members(region) for region in REGIONS.values()]

    assert sum(map(len, regions)) == len(queries.countries("en")) == 198
    assert len({country for region in regions for country in region}) == 198


@pytest.mark.parametrize(("country", "region"), [("CYP", "asia-pacific"), ("KAZ", "asia-pacific"), ("EUR", "weog")])
def test_regions_follow_the_list_of_the_protocol(country, region):
    assert queries.region_of(country) == region
    assert queries.groups_of(country)[0] == region


def test_parties_by_region_add_up_at_the_second_reports():
    parties = set(queries.members("cpb-parties", date(2011, 9, 30)))

    counts = [len(parties & set(queries.members(region))) for region in REGIONS.values()]

    assert counts == [49, 41, 22, 28, 21]


def test_economies_in_transition_by_the_list_of_the_day():
    assert "POL" in queries.members("eit", date(2003, 1, 1))
    assert "POL" not in queries.members("eit", date(2012, 6, 30))


def test_groups_of_a_country_on_a_day():
    assert queries.groups_of("WSM", date(2012, 6, 30)) == ["asia-pacific", "ldc", "sids", "cpb-parties", "cbd-parties"]
    assert queries.groups_of("WSM", date(2020, 1, 1)) == ["asia-pacific", "sids", "cpb-parties", "cbd-parties"]


def test_every_group_has_a_name():
    assert set(queries.vocabulary("group").by_id) == set(TESTS)
    assert queries.group_label("ldc", "fr") == "Pays les moins avancés"
