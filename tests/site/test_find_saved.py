"""Kept searches: whose they are, and the digest that tells what is new in them."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from kapok.core.jobs.queue import run_pending
from kapok.core.models import Entry
from kapok.core.rules import Refused
from kapok.mail.models import Letter
from kapok.people.verbs.accounts import erase_account, export_own_data
from kapok.search import index, verbs
from kapok.search.models import Frequency, SavedSearch
from kapok.site.find.digest import digests
from tests import make
from tests.site.pages import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_index():
    """An index without anything from other tests."""
    index.forget()
    yield
    index.forget()


def keep(person, query="?type=resource", frequency=Frequency.DAILY, name="Library"):
    return verbs.save(SavedSearch(name=name, query=query, frequency=frequency), by=person)


def publish(title):
    made = make.record("resource", title={"en": title})
    index.drain()
    return made


def days_later(days, act):
    """Do something on a later day, with all jobs that come of it."""
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=True):
        act()
        digests()
        run_pending()


def test_a_search_is_kept_listed_changed_and_forgotten(client):
    person = make.person()
    client.force_login(person)

    saved = client.post("/en/search/save?type=need&country=KEN&page=3", {"name": "Needs", "frequency": "daily"})
    kept = SavedSearch.objects.get()

    assert saved.headers["Location"] == "/en/searches"
    assert (kept.person, kept.query, kept.frequency) == (person, "?type=need&country=KEN", "daily")
    assert words(page(client, "/en/searches"), "//main//h2") == ["Needs"]
    client.post(f"/en/searches/{kept.pk}", {"frequency": "off"})
    kept.refresh_from_db()
    assert kept.frequency == "off"
    client.post(f"/en/searches/{kept.pk}", {"forget": "1"})
    assert not SavedSearch.objects.exists()
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == [
        "search.save",
        "search.change",
        "search.forget",
    ]


def test_the_same_search_is_kept_once(client):
    person = make.person()

    keep(person, name="One")
    keep(person, name="Two", frequency=Frequency.OFF)

    assert [(one.name, one.frequency) for one in SavedSearch.objects.all()] == [("Two", "off")]


def test_without_a_name_the_form_says_so(client):
    client.force_login(make.person())

    tree = page(client, "/en/search/save?type=need")
    refused = client.post("/en/search/save?type=need", {"name": " ", "frequency": "daily"})

    assert words(tree, "//h1") == ["Keep a search"]
    assert refused.status_code == 422
    assert "Give the search a name" in refused.content.decode()
    assert not SavedSearch.objects.exists()


def test_visitors_are_asked_to_sign_in_and_come_back(client):
    response = client.get("/en/search/save?type=need")

    assert response.status_code == 302
    assert "next=/en/search/save%3Ftype%3Dneed" in response.headers["Location"]


def test_nobody_else_sees_or_changes_it(client):
    kept = keep(make.person(), name="Secret plan")
    client.force_login(make.secretariat())

    assert "Secret plan" not in client.get("/en/searches").content.decode()
    assert client.post(f"/en/searches/{kept.pk}", {"forget": "1"}).status_code == 404
    with pytest.raises(Refused, match="Only the person who keeps this search"):
        verbs.change(kept, by=make.person(), frequency="off")


def test_there_is_room_for_fifty(client):
    person = make.person()
    for number in range(50):
        keep(person, query=f"?q={number}")

    with pytest.raises(Refused, match="Forget one of them first"):
        keep(person, query="?q=more")


def test_a_digest_tells_what_is_new_once():
    person = make.person()
    publish("Old manual")
    keep(person)

    days_later(1, lambda: publish("New manual"))
    days_later(2, lambda: None)

    letter = Letter.objects.get()
    assert letter.person == person
    assert letter.subject == "1 new record: Library"
    assert "New manual" in letter.text
    assert "Old manual" not in letter.text
    assert letter.kind == "digests"


def test_two_runs_on_one_day_write_one_letter():
    keep(make.person())

    days_later(1, lambda: (publish("New manual"), digests(), run_pending()))

    assert Letter.objects.count() == 1


def test_nothing_new_is_no_letter():
    publish("Old manual")
    keep(make.person())

    days_later(1, lambda: None)

    assert not Letter.objects.exists()
    assert SavedSearch.objects.get().looked_at > timezone.now()


def test_what_is_not_public_is_not_told():
    person = make.person()
    keep(person)

    days_later(1, lambda: (make.draft("resource", by=person), index.drain()))

    assert not Letter.objects.exists()


@pytest.mark.parametrize(("frequency", "letters"), [("daily", 2), ("weekly", 1), ("off", 0)])
def test_each_hears_as_often_as_wanted(frequency, letters):
    keep(make.person(), frequency=frequency)

    days_later(1, lambda: publish("First"))
    days_later(8, lambda: publish("Second"))

    assert Letter.objects.count() == letters


def test_who_turned_digests_off_gets_none():
    person = make.person(letters={"digests": False})
    keep(person)

    days_later(1, lambda: publish("New manual"))

    assert not Letter.objects.exists()


def test_a_digest_is_in_the_language_of_its_reader():
    keep(make.person(language="fr"))

    days_later(1, lambda: publish("New manual"))

    letter = Letter.objects.get()
    assert letter.language == "fr"
    assert "/fr/records/RES-000001" in letter.text


def test_the_page_of_a_visitor_has_no_kept_searches():
    assert Client().get("/en/searches").status_code == 302


def test_kept_searches_are_taken_along_and_go_with_the_account():
    person = make.person()
    keep(person)

    taken = export_own_data(person, by=person)["searches"]
    erase_account(person, by=person)

    assert [(one["name"], one["query"]) for one in taken] == [("Library", "?type=resource")]
    assert not SavedSearch.objects.exists()
