"""The pages people come for: every figure opens what it counts."""

import gzip
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from kapok.records import verbs
from kapok.search import index
from tests import make
from tests.site.pages import number, page, searches, total, within, words
from tests.site.world import ahead, world

pytestmark = pytest.mark.django_db
STATIC = Path("src/kapok/site/static/kapok")


@pytest.fixture(autouse=True)
def empty_index():
    """An index without anything from other tests."""
    index.forget()
    yield
    index.forget()


@pytest.fixture
def records():
    return world()


def check_figures(client: Client, address: str, least: int) -> None:
    """Every figure of a page opens a list of that length."""
    found = dict(searches(page(client, address)))
    assert len(found) >= least
    for href, figure in found.items():
        assert total(page(client, href)) == figure, (address, href)


@pytest.mark.parametrize(
    ("address", "least"),
    [
        ("/en/", 6),
        ("/fr/countries", 8),
        ("/en/countries?group=africa", 6),
        ("/en/countries/KEN", 9),
        ("/en/organisations/ORG-000001", 9),
        ("/en/organisations/ORG-000002", 8),
    ],
)
def test_each_figure_opens_what_it_counts(client, records, address, least):
    check_figures(client, address, least)


def test_figures_hold_for_those_who_see_drafts(client, records):
    writer = make.editor("KEN")
    make.draft("need", by=writer, rank=9, owner=make.government("KEN"))
    index.drain()
    client.force_login(writer)

    assert total(page(client, "/en/search?type=need&country=KEN")) == 4
    check_figures(client, "/en/countries/KEN", 9)
    check_figures(client, "/en/", 6)


def test_every_country_is_listed_and_groups_narrow(client, records):
    assert len(within(page(client, "/en/countries"), "//tbody/tr")) == 198
    ldc = words(page(client, "/en/countries?group=ldc"), "//tbody/tr/th")

    assert "Uganda" in ldc
    assert "Kenya" not in ldc


def test_countries_stand_in_the_order_of_the_language(client, records):
    names = words(page(client, "/es/countries"), "//tbody/tr/th")

    assert names.index("España") < names.index("Estonia") < names.index("Etiopía") < names.index("Fiji")


def test_a_column_puts_the_largest_first(client, records):
    rows = within(page(client, "/en/countries?sort=needs"), "//tbody/tr")

    assert words(rows[0], "./th") == ["Kenya"]
    figures = [number(row[1].text_content()) for row in rows]
    assert figures == sorted(figures, reverse=True)


def test_needs_stand_in_the_country_s_own_order(client, records):
    tree = page(client, "/en/countries/KEN")

    assert words(tree, "//ol[.ranked]/li/a") == ["First need", "Second need", "Third need"]
    assert [one.get("value") for one in within(tree, "//ol[.ranked]/li")] == ["1", "2", "3"]


def test_offers_are_shown_to_those_who_may_apply(client, records):
    kenya = words(page(client, "/en/countries/KEN"), "//section[@aria-labelledby='applying']//h3")
    peru = words(page(client, "/en/countries/PER"), "//section[@aria-labelledby='applying']//h3")

    assert kenya == ["Open to all", "Regional workshop on risk assessment"]
    assert peru == ["Open to all", "Only Peru"]


@pytest.mark.parametrize(
    ("written", "code"), [("ken", "KEN"), ("KE", "KEN"), ("kenya", "KEN"), ("Côte-d’Ivoire", "CIV"), ("Перу", "PER")]
)
def test_a_country_is_found_as_people_write_it(client, written, code):
    response = client.get(f"/en/countries/{written}")

    assert response.status_code == 301
    assert response.headers["Location"] == f"/en/countries/{code}"


def test_an_unknown_country_is_said_to_be_unknown(client):
    tree = page(client, "/en/countries/XYZ", 404)

    assert words(tree, "//h1") == ["No country is called “XYZ”"]
    assert within(tree, "//a[@href='/en/countries']")


def test_a_country_tells_its_groups_and_since_when(client):
    html = client.get("/en/countries/UGA").content.decode()

    assert "Party to the Cartagena Protocol" in html
    assert "since 11 September 2003" in html
    assert "Least developed countries" in html
    assert "Not a Party" in client.get("/en/countries/ARG").content.decode()


def test_the_alphabet_counts_its_organisations(client, records):
    for name in ("Ångström Laboratory", "Gamma Agency", "2Blades"):
        make.record(name={"en": name})
    index.drain()

    links = within(page(client, "/en/organisations"), "//ul[.letters]/li/a[*[.n]]")

    assert [link.text.strip() for link in links] == ["A", "B", "G", "#"]
    for link in links:
        listed = page(client, link.get("href"))
        assert total(listed) == number(within(link, "*[.n]")[0].text)
    assert words(page(client, links[0].get("href")), "//ul[.orglist]//h2") == ["Alpha Institute", "Ångström Laboratory"]


def test_a_portfolio_says_kindly_what_could_still_be_told(client, records):
    text = " ".join(words(page(client, "/en/organisations/ORG-000001"), "//section[@aria-labelledby='reports']/p"))

    assert text == ("1 of 2 ended initiatives that it led have a report. This one could still tell what was learnt:")


def test_a_portfolio_names_partners_and_needs_that_fit(client, records):
    tree = page(client, "/en/organisations/ORG-000001")

    assert words(tree, "//ul[.partners]/li") == ["Beta Fund 3"]
    fitting = words(tree, "//section[@aria-labelledby='fitting']//h3")
    assert set(fitting) == {"First need", "Second need", "Third need"}


def test_a_merged_organisation_leads_to_the_one_that_stands_for_it(client, records):
    editor = make.secretariat()
    verbs.merge(records["funder"], by=editor, into=records["lead"])

    response = client.get("/en/organisations/ORG-000002")

    assert response.headers["Location"] == "/en/organisations/ORG-000001"


def test_an_unpublished_organisation_has_no_page(client):
    draft = make.draft("organisation", name={"en": "Hidden house"})

    html = page(client, f"/en/organisations/{draft.identifier}", 404).text_content()

    assert "Hidden house" not in html


def test_the_calendar_shows_deadlines_and_events_in_order(client, records):
    lines = words(page(client, "/en/calendar"), "//ol[.agenda]/li//p/a")

    assert lines == ["Workshop announced", "Open to all", "Regional workshop on risk assessment"]
    assert words(page(client, "/en/calendar?type=news"), "//ol[.agenda]/li//p/a") == ["Workshop announced"]


def test_each_day_of_the_calendar_stands_once_above_all_that_is_on_it(client):
    lead, first = make.record().identifier, f"{date.today().year + 1}-03-01"
    for title, ends in (("Course A", ""), ("Course B", first.replace("-01", "-04")), ("Course C", "")):
        days = {"starts": first, "ends": ends} if ends else {"starts": first}
        make.record("opportunity", organiser=lead, title={"en": title}, closes=ahead(1), **days)
    index.drain()

    tree = page(client, f"/en/calendar?from={first[:7]}")

    assert words(tree, "//ol[.agenda]/li/h3") == [f"1 Mar {first[:4]}"]
    assert words(tree, "//ol[.agenda]/li/ul/li//p/a") == ["Course A", "Course B", "Course C"]
    assert words(tree, "//ol[.agenda]/li/ul/li//p[2]")[1].startswith(f"Lasts until 4 Mar {first[:4]} · ")


@pytest.mark.parametrize("query", ["from=0000-00", "from=9999-12", "from=x", "type=none&theme=none", "from=1000-01"])
def test_no_address_of_the_calendar_is_an_error(client, records, query):
    page(client, f"/en/calendar?{query}")


@pytest.mark.parametrize(
    "address", ["/en/", "/en/registers", "/en/countries/KEN", "/en/organisations", "/en/organisations/ORG-000001"]
)
def test_pages_ask_the_database_no_more_for_more_records(client, records, address, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(5):
        client.get(address)
    for count in range(3):
        lead = make.record(name={"en": f"Partner {count}"}).identifier
        roles = [
            {"key": "a", "organisation": lead, "role": "lead"},
            {"key": "b", "organisation": records["lead"].identifier, "role": "partner"},
        ]
        make.record("initiative", lead=lead, organisations=roles, title={"en": f"Joint work {count}"})
        make.record("opportunity", organiser=lead, title={"en": f"Offer {count}"}, closes=ahead(9))
    index.drain()
    with django_assert_max_num_queries(5):
        client.get(address)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    "path",
    ["/", "/registers", "/countries", "/countries/KEN", "/organisations", "/organisations/ORG-000001", "/calendar"],
)
def test_pages_are_light(client, records, path, language):
    files = [(STATIC / name).read_bytes() for name in ("kapok.css", "kapok.js", "mark.svg", "favicon.svg")]
    html = client.get(f"/{language}{path}").content

    assert len(gzip.compress(html)) <= 25_000
    assert sum(len(gzip.compress(one)) for one in (html, *files)) <= 60_000


@pytest.mark.parametrize("path", ["/countries/KEN/brief", "/organisations/ORG-000001/brief"])
def test_a_brief_says_the_same_in_short(client, records, path):
    tree = page(client, f"/en{path}")

    assert within(tree, "//article[.brief]")
    assert "Ongoing in Kenya" in tree.text_content()


def test_a_visitor_s_pages_are_kept_and_a_person_s_are_not(client, records):
    assert client.get("/en/countries/KEN").headers["Kapok-Cache"] == "public"
    client.force_login(make.person())
    response = client.get("/en/countries/KEN")
    assert "Kapok-Cache" not in response.headers
    assert response.headers["Cache-Control"] == "private, no-store"
