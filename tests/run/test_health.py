"""When something is away, machines are told by /healthz and people by a plain page."""

import errno
import shutil
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.urls import path
from django.utils import timezone, translation

from kapok.core.jobs.models import Job
from kapok.core.languages import LANGUAGES
from kapok.search import index
from kapok.site import health
from kapok.site.flood import WORDS
from kapok.site.plainly import AWAY, BROKEN, FULL, address_again, plain_page
from tests import make


@pytest.fixture
def away(monkeypatch):
    """A database that does not answer."""

    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_all_is_well(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert response.json()["database"] == "ok"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_late_and_dead_jobs_show(client):
    Job.objects.create(name="tests.late", run_after=timezone.now() - timedelta(seconds=90))
    Job.objects.create(name="tests.dead", state="dead", run_after=timezone.now())

    said = client.get("/healthz").json()

    assert 90 <= said["jobs_late_seconds"] < 100
    assert said["jobs_dead"] == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("away")
def test_healthz_works_and_tells_when_the_database_is_away(client):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert (response.json()["status"], response.json()["database"]) == ("degraded", "away")


@pytest.mark.django_db
@pytest.mark.usefixtures("away")
def test_readyz_says_no_when_the_database_is_away(client):
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_a_disk_almost_full_shows(client, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1000))

    assert client.get("/healthz").json()["disk"] == "almost full"
    assert client.get("/readyz").status_code == 503


def broken(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("away", broken(OperationalError("connection refused"))),
    path("full", broken(OperationalError("database or disk is full"))),
    path("nowhere", broken(OSError(errno.ENOSPC, "No space left on device"))),
    path("table", broken(OperationalError("no such column: secret detail"))),
    path("broken", broken(ImproperlyConfigured("secret detail"))),
]
handler500 = "kapok.site.health.server_error"


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/away", 503, "Nothing that was saved is lost"),
        ("/full", 507, "There is no room left on this site"),
        ("/nowhere", 507, "There is no room left on this site"),
        ("/table", 500, "tell the Secretariat this number"),
        ("/broken", 500, "tell the Secretariat this number"),
    ],
)
def test_people_get_a_plain_page_in_six_languages(client, address, status, words):
    client.raise_request_exception = False

    response = client.get(address)

    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert "secret detail" not in page
    assert [f'lang="{tag}"' in page for tag in ("ar", "en", "es", "fr", "ru", "zh")] == [True] * 6
    assert response.headers.get("Retry-After") == ("60" if status == 503 else None)


def test_the_readers_language_comes_first():
    with translation.override("ar"):
        page = plain_page(AWAY, 503).content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert f"<h1>{AWAY['ar'][0]}</h1>" in page
    assert page.index(AWAY["ar"][1]) < page.index('lang="en"')
    assert [page.count(title) for title, _sentence in AWAY.values()] == [2, 1, 1, 1, 1, 1]


def test_one_can_try_again_but_what_was_sent_is_not_sent_by_a_link():
    request = RequestFactory().get("/x?a=1&b=2")
    request.path = "//evil.example/x"
    looked = plain_page(AWAY, 503, again=address_again("GET", request.get_full_path()))
    sent = plain_page(AWAY, 503, again=address_again("POST", "/records/INI-000001/edit"))

    assert '<a class="main" href="/evil.example/x?a=1&amp;b=2">Try again</a>' in looked.content.decode()
    assert "Try again" not in sent.content.decode()
    assert all('<a href="/en/">Go to the home page</a>' in one.content.decode() for one in (looked, sent))


@pytest.mark.parametrize("words", [AWAY, BROKEN, FULL, WORDS])
def test_the_plain_pages_speak_six_languages_without_technical_words(words):
    assert list(words) == list(LANGUAGES)
    told = " ".join(words["en"]).lower()
    assert not {"database", "server", "disk", "error"} & set(told.replace(".", " ").split())


def test_an_error_carries_the_number_that_the_log_has(caplog):
    try:
        raise ValueError("in the middle")
    except ValueError:
        page = health.server_error(RequestFactory().get("/somewhere")).content.decode()

    number = caplog.messages[0].split()[1]
    assert number in page
    assert "/somewhere" in caplog.messages[0]


@pytest.mark.django_db(transaction=True)
def test_waiting_changes_are_those_not_yet_in_the_index(client):
    make.record("resource")
    index.drain()
    settled = client.get("/healthz").json()["index_waiting"]
    make.record("resource")

    assert settled == 0
    assert client.get("/healthz").json()["index_waiting"] > 0
