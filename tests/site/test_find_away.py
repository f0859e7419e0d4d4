"""While there is no search index nobody is told that there is nothing: pages say so, files and programs wait."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from kapok.core.jobs.queue import run_pending
from kapok.core.rules import Refused
from kapok.mail.models import Letter
from kapok.search import index, verbs
from kapok.search.models import Frequency, SavedSearch
from kapok.site.find.digest import digests
from kapok.site.once import place_of
from tests import make
from tests.site.pages import page, words

pytestmark = pytest.mark.django_db
SENTENCE = "The search index is being built."


@pytest.fixture(autouse=True)
def away():
    """Something is published, and there is no index."""
    index.forget()
    make.record("resource", title={"en": "Manual on sampling"})
    yield
    index.forget()


def test_the_search_page_says_so_and_not_that_nothing_was_found(client):
    found = page(client, "/en/search?q=manual&country=KEN", 503)

    said = words(found, "//main")[0]
    assert SENTENCE in said
    assert "Nothing was found" not in said
    assert not found.xpath("//*[@class='total']")
    assert found.xpath("//main//a[text()='Try again']/@href") == ["/en/search?q=manual&country=KEN"]
    answer = client.get("/en/search?q=manual")
    assert answer.headers["Retry-After"] == "60"
    assert "Kapok-Cache" not in answer.headers


def test_a_day_of_the_past_needs_no_index(client):
    yesterday = timezone.localdate() - timedelta(days=1)

    said = words(page(client, f"/en/search?as_of={yesterday}"), "//main")[0]

    assert "This cannot be shown just now" not in said


@pytest.mark.parametrize("address", ["/en/", "/en/countries/KEN", "/en/registers", "/en/organisations"])
def test_pages_say_that_they_may_look_empty_and_are_not_kept(client, address):
    answer = client.get(address)
    assert (answer.status_code, "Kapok-Cache" in answer.headers) == (200, False)
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert SENTENCE in answer.content.decode()

    index.drain()

    answer = client.get(address)
    assert answer.headers["Kapok-Cache"] == "public"
    assert "X-Robots-Tag" not in answer.headers
    assert SENTENCE not in answer.content.decode()


def test_the_front_page_gives_no_figures(client):
    said = words(page(client, "/en/"), "//main")[0]
    assert "Nothing has been published yet" not in said
    assert "resources in the library" not in said

    index.drain()

    assert "resources in the library" in words(page(client, "/en/"), "//main")[0]


@pytest.mark.parametrize("address", ["/en/search/feed?q=a", "/en/search.ics?type=news", "/en/search.csv"])
def test_files_and_feeds_are_not_given_empty(client, address):
    answer = client.get(address)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert SENTENCE in answer.content.decode()


def test_programs_are_told_to_wait(client):
    answer = client.get("/api/v1/search?q=manual")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert SENTENCE in answer.json()["detail"]
    index.drain()
    assert client.get("/api/v1/search?q=manual").json()["total"] == 1


def test_a_digest_is_written_once_the_index_is_back():
    person = make.person()
    verbs.save(SavedSearch(name="Library", query="?type=resource", frequency=Frequency.WEEKLY), by=person)
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=True):
        make.record("resource", title={"en": "Toolkit"})
        digests()
        run_pending()
        assert not Letter.objects.filter(name="site/letters/digest").exists()
        index.drain()

    with time_machine.travel(timezone.now() + timedelta(days=8, hours=1), tick=True):
        run_pending()

    assert "Toolkit" in Letter.objects.get(name="site/letters/digest").text


def test_a_form_goes_on_where_nothing_can_be_remembered(monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *_given: False)

    assert place_of("once:full-disk") == ""


def test_a_form_that_is_being_dealt_with_is_waited_for(monkeypatch):
    monkeypatch.setattr("kapok.site.once.WAIT", 0.3)
    cache.set("once:busy", "…", 60)

    with pytest.raises(Refused, match="being dealt with"):
        place_of("once:busy")
