"""Which candidates are compared, and that what is compared of them follows the record."""

import pytest

from kapok.core.rules import SYSTEM
from kapok.insight.matches import finding
from kapok.records import verbs
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative(index):
    lead = make.record().identifier
    return make.record("initiative", lead=lead, themes=[{"id": "detection"}], countries=[{"id": "KEN"}])


def need(country, **changes):
    return make.record("need", government=country, **{"theme": "detection", **changes})


def test_newer_needs_of_other_regions_do_not_hide_one_near(initiative, index, monkeypatch):
    monkeypatch.setattr(finding, "CANDIDATES", 2)
    near = need("KEN")
    for country in ("PER", "VNM", "RUS"):
        need(country)
    index()

    assert [one.need for one in finding.needs_for(initiative)] == [near]


def test_a_new_version_is_compared_anew(initiative, index):
    held = need("KEN")
    index()
    assert [one.other for one in finding.for_need(held, ["initiative"])["initiative"]] == [initiative]

    verbs.amend(initiative, by=SYSTEM, changes={"themes": [{"id": "liability"}]})
    index()

    assert finding.for_need(held, ["initiative"])["initiative"] == []
    initiative.refresh_from_db()
    assert finding.needs_for(initiative) == []


def test_what_is_withdrawn_fits_nothing_before_the_index_knows_it(initiative, index):
    held = need("KEN")
    index()
    verbs.withdraw(initiative, by=SYSTEM, reason="It was never begun.")

    assert finding.for_need(held, ["initiative"])["initiative"] == []
