"""Every sum of money opens the parts that make it up, to the cent; unlike kinds are never added."""

import csv
import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapok.insight import keeping, rates
from kapok.insight.counting import shelf
from kapok.insight.counting.money import SIDES
from kapok.site import show
from kapok.site.gaps.asked import asked as gaps
from kapok.site.money.asked import asked
from tests import make, samples
from tests.shared import shared

pytestmark = pytest.mark.django_db

TITLES = re.compile(r"biosafety|cartagena protocol|\blmos?\b|living modified", re.IGNORECASE)
# Titles, grants and periods of projects of the kind that the file of the GEF holds; made up.
SAMPLE = [
    {"Title": "Sample biosafety framework", "GEF Grant": "1,000,000", "GEF Period": "GEF - 4", "Approval FY": "2011"},
    {"Title": "Sample LMO laboratory", "GEF Grant": "500,000", "GEF Period": "GEF - 5", "Approval FY": "2012"},
    {"Title": "Sample wetland project", "GEF Grant": "9,000,000", "GEF Period": "GEF - 4", "Approval FY": "2008"},
]


@pytest.fixture
def world(index):
    public, private = make.record(kind="development-bank-fund"), make.record(kind="private-sector")
    for at, funder in enumerate((public, private, public)):
        lines = [
            line(f"{1000 + at}.33", key="a", funder=funder.identifier, year=2008 + 4 * at),
            line("77.77", key="b", kind="own", currency="EUR", year=2012),
            line("5", key="c", currency="KES", year=2012),
        ]
        countries = [{"id": one} for one in ("KEN", "PER", "FJI")[: at + 1]]
        make.record("initiative", countries=countries, budget=lines, starts=f"{2005 + at}")
    keeping.drain()
    index()
    return public


def line(amount, **values):
    return {"kind": "grant", "amount": amount, "currency": "USD", **values}


def behind(query):
    question = asked(QueryDict(query.lstrip("?")))
    return sum(cents for _number, cents in shelf().payers(question.question, question.money))


filters = st.fixed_dictionaries(
    {},
    optional={
        "country": st.sampled_from(["KEN", "PER"]),
        "region": st.sampled_from(["africa", "grulac"]),
        "theme": st.sampled_from(["i", "detection"]),
        "money-kind": st.sampled_from(["grant", "own"]),
        "from": st.sampled_from(["2008", "2012"]),
        "to": st.sampled_from(["2012", "2016"]),
        "prices": st.sampled_from(["2010", "2023", "1800", "x"]),
    },
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SIDES), filters)
def test_every_sum_is_made_of_the_parts_it_opens(world, by, chosen):
    query = QueryDict(mutable=True)
    query.update({"by": by, **chosen})
    question = asked(query)

    sums = question.sums(by, "kind")

    for (value, kind), cents in sums.items():
        assert behind(question.rows(value, kind)) == cents
    for kind in {kind for _value, kind in sums}:
        assert behind(question.rows(kind=kind)) == sum(cents for (_v, k), cents in sums.items() if k == kind)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["country", "region", "funder"]), st.sampled_from(["theme", "year"]), filters)
def test_money_in_the_matrix_opens_its_parts_too(world, rows, cols, chosen):
    query = QueryDict(mutable=True)
    query.update({"rows": rows, "cols": cols, **{name: said for name, said in chosen.items() if name != "prices"}})
    question = gaps(query)
    matrix = question.matrix()

    for (row, col), tally in matrix.cells.items():
        for kind, cents in tally.usd.items():
            opens = question.query(rows=rows, row=row, cols=cols, col=col, money=kind)
            assert behind(opens) == cents


def test_kinds_stand_apart_and_what_has_no_rate_is_left_out(client, world):
    said = client.get("/api/v1/money?by=year").json()

    assert Decimal(said["total"]["grant"]) == Decimal("3003.99")
    assert {(one["id"], one["kind"]) for one in said["sums"]} == {
        ("2008", "grant"),
        ("2012", "grant"),
        ("2016", "grant"),
        ("2012", "own"),
    }
    assert said["left_out"] == [{"currency": "KES", "kind": "grant", "amount": "15"}]
    assert client.get("/api/v1/money?by=weather").status_code == 422


def test_what_no_sum_holds_stands_in_its_own_currency(client, world):
    def left_out(query):
        return asked(QueryDict(query)).left_out()

    page = client.get("/en/money").content.decode()

    assert "In none of these sums" in page
    assert "15 KES (Grant)" in page
    assert left_out("country=FJI") == {("KES", "grant"): 166}  # a third of 5 KES, rounded
    assert left_out("money=own") == {}
    assert left_out("from=2013") == {}
    assert left_out("from=2016&prices=2015") == {}
    assert "In none of these sums" not in client.get("/en/money?from=2013").content.decode()


def test_a_year_without_a_level_of_prices_is_told_when_prices_are_asked_for(world, settings):
    (settings.DATA / "deflator.csv").write_text("year,index\n2012,100\n2008,50\n")

    question = asked(QueryDict("prices=2012"))

    assert question.sums("kind") == {("grant",): 2 * 100033 + 100133, ("own",): 3 * 10000}
    assert question.left_out() == {("KES", "grant"): 1500, ("USD", "grant"): 100233}


def test_the_rates_are_what_their_source_says():
    published = {("CHF", 2023): "0.8984", ("JPY", 2012): "79.8180", ("SEK", 2004): "7.3480", ("NOK", 1999): "7.8071"}
    for key, per_usd in published.items():
        assert abs(rates.rates()[key] * Decimal(per_usd) - 1) < Decimal("0.00001"), key
    assert rates.rates()["EUR", 2012] == Decimal("1.2859")
    assert ("GBP", 2008) not in rates.rates()  # no source could be read for it, so it stays in pounds
    assert rates.deflator()[2017] == 100
    assert {currency for currency, _year in rates.rates()} >= {"EUR", "JPY", "CHF", "SEK", "NOK", "DKK", "CAD", "AUD"}


def test_pages_show_sums_and_what_is_behind_them(client, world):
    page = client.get("/en/money?by=source").content.decode()
    rows = client.get(f"/en/money/rows?rows=funder&row={world.identifier}&money=grant").content.decode()

    assert "Private sector" in page
    assert "2,002.66" in page
    assert [show.cents(one) for one in (0, 500, 100_000_05, 9_007_199_254_740_993_01)] == [
        "0",
        "5",
        "100,000.05",
        "9,007,199,254,740,993.01",
    ]
    assert "2 records make up this sum" in rows, rows[rows.index("<main") :]
    assert "USD 2,002.66" in rows or "USD\u00a02,002.66" in rows
    for query in ("by=country", "by=x&prices=abc", "by=period&prices=2015", "country=XXX", "as_of=2001-01-01"):
        assert client.get(f"/en/money?{query}").status_code == 200
        assert client.get(f"/en/money/rows?{query}&row=none&money=grant").status_code == 200


def test_one_funder_that_gives_most_is_told_by_country(client, world):
    page = client.get("/en/money?by=country").content.decode()

    assert "Countries that depend on one funder" in page


def gef(rows):
    """A record for each project whose title speaks of biosafety, with the period that the file names."""
    lead = make.record().identifier
    expected = Counter()
    for row in rows:
        if TITLES.search(row["Title"]):
            grant = (row["GEF Grant"] or "0").replace(",", "")
            expected[row["GEF Period"].replace(" ", "")] += int(Decimal(grant) * 100)
            period = {"key": "p", "scheme": "GEF period", "identifier": row["GEF Period"].replace(" ", "")}
            year = {"year": int(row["Approval FY"])} if row["Approval FY"] else {}
            values = samples.initiative(lead) | {"budget": [line(grant, key="g", **year)], "identifiers": [period]}
            make.record("initiative", lead=lead, **{name: said for name, said in values.items() if name != "lead"})
    keeping.drain()
    return expected


def test_grants_by_period_of_the_gef_are_what_its_file_says(index):
    path = shared("gef-projects-2023/projects.csv")
    rows = SAMPLE
    if path is not None:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))

    expected = gef(rows)

    found = {period: cents for (period, _kind), cents in asked(QueryDict("by=period")).sums("period", "kind").items()}
    assert found == {period: cents for period, cents in expected.items() if cents}
    if path is not None:
        millions = {period: round(cents / 10**8, 1) for period, cents in found.items()}
        assert millions == {
            "GEF-1": 2.7,
            "GEF-2": 33.4,
            "GEF-3": 40.1,
            "GEF-4": 34.0,
            "GEF-5": 16.6,
            "GEF-6": 7.8,
            "GEF-7": 11.6,
        }
    assert date.today()
