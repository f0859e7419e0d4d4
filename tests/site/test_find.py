"""The search page, its counts, suggestions, feeds and calendars."""

import gzip
import re
from datetime import date
from pathlib import Path

import icalendar
import lxml.etree
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapok.exchange.exporting.shapes import SHAPES
from kapok.search import index
from kapok.site import command
from tests import make
from tests.site.pages import facets, page, total, within, words
from tests.site.world import world

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
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


def follow(client: Client, steps: list[int]) -> None:
    """Go from list to list, as a reader who chooses filters; each list holds as many records as was said."""
    address = "/en/search"
    for step in steps:
        links = facets(page(client, address))
        if not links:
            return
        query, count = links[step % len(links)]
        address = f"/en/search{query}"
        assert total(page(client, address)) == count, address


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.integers(0, 5_000), min_size=1, max_size=4))
def test_each_count_opens_as_many_records(client, records, steps):
    follow(client, steps)


def test_a_writer_s_counts_hold_with_drafts_among_them(client, records):
    writer = make.person()
    make.draft("resource", by=writer)
    index.drain()
    client.force_login(writer)

    for steps in ([0, 0], [3, 1], [40, 2]):
        follow(client, steps)

    assert total(page(client, "/en/search?type=resource")) == 2
    assert total(page(Client(), "/en/search?type=resource")) == 1


def test_choosing_again_replaces_within_a_facet(client, records):
    tree = page(client, "/en/search?type=need&country=KEN")

    chosen = within(tree, "//*[.facet]//a[@aria-current]")
    assert {one.get("href") for one in chosen} == {"?country=KEN", "?type=need"}
    assert "?type=need&country=PER" in [href for href, _count in facets(tree)]


def test_new_words_keep_the_filters(client, records):
    tree = page(client, "/en/search?type=need&country=KEN&sort=title&q=need")

    hidden = within(tree, "//form[.bigfind]//input[@type='hidden']")
    assert [(one.get("name"), one.get("value")) for one in hidden] == [
        ("type", "need"),
        ("country", "KEN"),
        ("sort", "title"),
    ]


def test_an_empty_list_shows_ways_out_that_find_something(client, records):
    tree = page(client, "/en/search?type=need&country=PER&theme=i")

    assert total(tree) == 0
    ways = within(tree, "//*[.empty]//li[*[.n]]")
    assert len(ways) == 3
    for way in ways:
        query = way.find("a").get("href")
        assert total(page(client, f"/en/search{query}")) == int(within(way, "*[.n]")[0].text)


def test_one_type_offers_to_add_and_to_take_along(client, records):
    tree = page(client, "/en/search?type=need")
    html = lxml.etree.tostring(tree).decode()

    assert '/en/records/new/need"' in html
    assert "/api/v1/search?type=need" in html
    assert "/en/search/feed?type=need" in html
    assert not within(page(client, "/en/search?type=need&type=course"), "//a[.add]")


@pytest.mark.parametrize(
    ("query", "marked"), [("type=need", 0), ("", 0), ("page=2", 1), ("q=seeds", 1), ("type=need&country=KEN", 1)]
)
def test_only_plain_lists_are_for_search_engines(client, records, query, marked):
    tree = page(client, f"/en/search?{query}")

    assert len(within(tree, "//meta[@name='robots']")) == marked


def test_orders_that_make_no_sense_are_not_offered(client, records):
    needs = words(page(client, "/en/search?type=need"), "//nav[.sorts]//a")
    offers = words(page(client, "/en/search?type=opportunity&q=officials"), "//nav[.sorts]//a")

    assert needs == ["Newest", "Title"]
    assert offers == ["Most relevant", "Newest", "Closing soonest", "Title"]


@pytest.mark.parametrize(
    "query", ["page=999999999", "page=-1&per_page=x", "country=%00&theme=%F0%9F%8C%B3", "sort=;--", "q=" + "a" * 900]
)
def test_no_address_of_search_is_an_error(client, records, query):
    page(client, f"/en/search?{query}")


def test_the_page_is_light(client, records):
    html = client.get("/en/search").content
    sheet, script = (STATIC / "kapok.css").read_bytes(), (STATIC / "kapok.js").read_bytes()

    weights = [len(gzip.compress(one)) for one in (html, sheet, script)]
    assert sum(weights) <= 60_000
    assert weights[0] <= 25_000
    assert weights[1] <= 15_000


def test_more_results_cost_no_more_queries(client, records, django_assert_max_num_queries):
    for number in range(3):
        lead = make.record(name={"en": f"Lead {number}"}).identifier
        make.record("initiative", lead=lead, title={"en": f"Another {number}"})
    index.drain()
    client.get("/en/search?type=initiative")

    with django_assert_max_num_queries(2):
        client.get("/en/search?type=initiative")


def test_suggestions_lead_to_words_and_records(client, records):
    answer = client.get("/en/search/suggest?q=alp&type=organisation").json()["results"]

    assert answer[0]["url"] == f"/en/records/{records['lead'].identifier}"
    assert answer[0]["note"] == "Organisation"


def test_a_feed_is_whole_and_newest_first(client, records):
    response = client.get("/en/search/feed?type=need")
    tree = lxml.etree.fromstring(response.content)

    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    for name in ("id", "title", "updated", "author/a:name"):
        assert tree.findtext(f"a:{name}", namespaces=ATOM), name
    assert {one.get("rel") for one in tree.findall("a:link", ATOM)} == {"self", "alternate"}
    entries = tree.findall("a:entry", ATOM)
    assert len(entries) == 4
    for entry in entries:
        for name in ("id", "title", "updated", "published"):
            assert entry.findtext(f"a:{name}", namespaces=ATOM), name
    published = [str(entry.findtext("a:published", namespaces=ATOM)) for entry in entries]
    assert published == sorted(published, reverse=True)


def test_a_feed_that_did_not_change_is_not_sent_again(client, records):
    first = client.get("/en/search/feed")

    assert first.headers["Last-Modified"]
    again = client.get("/en/search/feed", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    make.record("news", title={"en": "Something new"})
    index.drain()
    assert client.get("/en/search/feed", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_feed_shows_nothing_that_is_not_public(client, records):
    writer = make.person()
    draft = make.draft("resource", by=writer, title={"en": "Quokka manual"})
    index.drain()
    client.force_login(writer)

    assert draft.identifier in client.get("/en/search?q=quokka").content.decode()
    for address in ("/en/search/feed?q=quokka", "/en/search.ics?q=quokka", "/en/calendar.ics"):
        assert draft.identifier not in client.get(address).content.decode()


def test_an_entry_cannot_bring_markup_with_it(client):
    make.record("resource", title={"en": "<b>Bold</b>"}, abstract={"en": "<script>alert(1)</script>"})
    index.drain()

    entry = lxml.etree.fromstring(client.get("/en/search/feed").content).find("a:entry", ATOM)

    assert entry.findtext("a:title", namespaces=ATOM) == "<b>Bold</b>"
    assert entry.findtext("a:summary", namespaces=ATOM) == "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_days_of_a_list_go_into_a_calendar(client, records):
    response = client.get("/en/search.ics?type=opportunity&type=news")
    events = icalendar.Calendar.from_ical(response.content).walk("VEVENT")

    assert response.headers["Content-Type"].startswith("text/calendar")
    summaries = sorted(str(one["summary"]) for one in events)
    assert summaries == [
        "Closes: Only Peru",
        "Closes: Open to all",
        "Closes: Regional workshop on risk assessment",
        "Workshop announced",
    ]
    assert len({str(one["uid"]) for one in events}) == 4
    assert all(isinstance(one.decoded("dtstart"), date) for one in events)


def test_found_words_are_marked_and_texts_keep_their_language(client, records):
    html = client.get("/ar/search?q=detection").content.decode()

    assert re.search(r'<bdi lang="en" dir="ltr">', html)
    assert "<mark>" in html


@pytest.mark.parametrize("query", ["", "?type=opportunity"])
@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize(("shape", "page"), [("atom", "search/feed"), ("ics", "search.ics")])
def test_the_command_writes_what_the_page_gives(client, records, tmp_path, shape, page, tag, query):
    file = tmp_path / "list"
    chosen = ["--type=opportunity"] if query else []

    assert command.main(["export", "--format", shape, "--language", tag, "-o", str(file), *chosen]) == 0

    assert file.read_bytes() == client.get(f"/{tag}/{page}{query}").content
    assert b"Only Peru" in file.read_bytes()


def test_the_command_says_so_without_an_index(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(index, "waiting", lambda: None)

    assert command.main(["export", "--format=atom", "-o", str(tmp_path / "list")]) == 2

    assert "kapok reindex" in capsys.readouterr().err
    assert not (tmp_path / "list").exists()


def test_the_help_of_the_command_names_every_format(capsys):
    with pytest.raises(SystemExit, match="0"):
        command.main(["export", "--help"])

    said = re.sub(r"[^a-z]", " ", capsys.readouterr().out).split()
    assert {*SHAPES, "atom", "ics"} <= set(said)
