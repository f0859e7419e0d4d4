"""When the disk is full a change is refused in words, and nothing of it is left."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone

from kapok.core.models import Entry, Job, Outbox
from kapok.core.outbox import note
from kapok.core.rules import SYSTEM, is_anyone
from kapok.core.verbs import verb

FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON core_job FOR EACH ROW EXECUTE FUNCTION full_disk();
"""


@verb("tests.write_much", "Write much", is_anyone)
def write_much(name, *, by):
    note("record:INI-000001")
    return Job.objects.create(name=name, run_after=timezone.now(), arguments={"much": "x" * (2_000_000 + left_over())})


def left_over():
    """Bytes that earlier tests freed within the file of SQLite; it fills them before it grows."""
    if connection.vendor == "postgresql":
        return 0
    with connection.cursor() as cursor:
        pages, size = (cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_size"))
    return pages * size


def save(request):
    write_much("tests.much", by=SYSTEM)
    return HttpResponse("saved")


urlpatterns = [path("save", save)]
handler500 = "kapok.site.health.server_error"


@pytest.fixture
def full_disk(db):
    """No room left: SQLite may not grow, PostgreSQL says what it says then."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FULL)
            yield
            return
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.urls(__name__)
@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_refuses_in_words_and_leaves_nothing_half_done(client):
    client.raise_request_exception = False

    response = client.get("/save")

    assert response.status_code == 507
    assert "What you sent was not saved." in response.content.decode()
    assert (Job.objects.count(), Entry.objects.count(), Outbox.objects.count()) == (0, 0, 0)


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_with_room_the_same_change_is_saved(client):
    assert client.get("/save").status_code == 200
    assert (Job.objects.count(), Entry.objects.count(), Outbox.objects.count()) == (1, 1, 1)
