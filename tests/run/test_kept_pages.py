"""Real pages behind the page cache: visitors share them, news renews them, and nobody gets another's."""

import io

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from kapok.core import cache
from kapok.core.rules import SYSTEM, Refused
from kapok.records import verbs
from kapok.search import index
from kapok.site.pagecache import PageCache
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


class Counting:
    """Django, counting how often it is asked."""

    def __init__(self):
        self.times = 0
        self.django = WSGIHandler()

    def __call__(self, environ, start_response):
        self.times += 1
        return self.django(environ, start_response)


@pytest.fixture
def behind(settings, tmp_path):
    settings.DATA = tmp_path
    index.drain()  # pages made without an index are not kept
    return Counting()


@pytest.fixture
def front(behind):
    return PageCache(behind)


def visit(front, path, cookies=""):
    """What a browser gets: status, headers and text."""
    said = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_COOKIE": cookies,
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    answer = front(environ, lambda *parts: said.extend(parts))
    text = b"".join(answer).decode()
    getattr(answer, "close", lambda: None)()
    return said[0], said[1], text


def session_of(person):
    client = Client()
    client.force_login(person)
    return f"kapok={client.cookies['kapok'].value}"


def test_visitors_share_the_page_of_a_record_until_it_changes(front, behind):
    record = make.record("resource")
    address = f"/en/records/{record.identifier}"

    first, second = visit(front, address), visit(front, address)

    assert first[0] == "200 OK"
    assert record.title in first[2]
    assert first == second
    assert behind.times == 1

    verbs.withdraw(record, by=SYSTEM, reason="It was replaced by a newer edition.")

    assert visit(front, address)[0] == "410 Gone"


def test_a_page_of_somebody_signed_in_is_never_kept_nor_given_to_others(front, behind):
    person = make.person(name="Canary of the Secretariat")
    cookie = session_of(person)
    address = f"/en/records/{make.record('resource').identifier}"

    own = visit(front, address, cookie)
    visit(front, address, cookie)
    visitors = visit(front, address)

    assert behind.times == 3
    assert "Canary of the Secretariat" in own[2]
    assert "Canary of the Secretariat" not in visitors[2]
    assert ("Cache-Control", "private, no-store") in own[1]


def test_a_draft_never_stands_in_the_cache(front):
    author = make.person()
    record = make.draft("resource", by=author)
    address = f"/en/records/{record.identifier}"
    assert record.title

    visit(front, address, session_of(author))
    status, _headers, text = visit(front, address)

    assert status.startswith("404")
    assert record.title not in text


def test_the_same_page_differs_by_language(front):
    identifier = make.record("resource").identifier

    assert '<html lang="ar" dir="rtl">' in visit(front, f"/ar/records/{identifier}")[2]
    assert '<html lang="en" dir="ltr">' in visit(front, f"/en/records/{identifier}")[2]
    assert '<html lang="ar" dir="rtl">' in visit(front, f"/records/{identifier}", "kapok_language=ar")[2]
    assert '<html lang="en" dir="ltr">' in visit(front, f"/records/{identifier}")[2]


@pytest.mark.usefixtures("behind")
def test_what_was_refused_makes_no_page_old():
    draft = make.draft("resource")
    before = cache.generation()

    with pytest.raises(Refused):
        verbs.withdraw(draft, by=SYSTEM, reason="It was never published.")
    between = cache.generation()
    make.record("resource")

    assert between == before
    assert cache.generation() != before
