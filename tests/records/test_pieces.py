"""A file in pieces: it goes on where a broken line stopped it, and is checked like any other."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kapok.files import pieces
from kapok.files.models import Upload
from tests import make
from tests.records.forms import signed_in

pytestmark = pytest.mark.django_db
CONTENT = b"Sampling by the roadside. " * 30_000  # three pieces


@pytest.fixture
def record():
    return make.draft("resource", by=make.person())


def send(record, at, piece, client=None, **changes):
    facts = {"id": "0a1b2c3d-one", "at": at, "size": len(CONTENT), "name": "manual.txt"} | changes
    sent = SimpleUploadedFile("piece", piece)
    client = client or signed_in(record.author)
    return client.post(f"/records/{record.identifier}/pieces", {**facts, "piece": sent})


def test_a_file_goes_on_where_the_line_broke(record):
    first = send(record, 0, CONTENT[: pieces.PIECE])
    again = send(record, 0, CONTENT[: pieces.PIECE])
    second = send(record, again.json()["size"], CONTENT[pieces.PIECE : 2 * pieces.PIECE])
    last = send(record, second.json()["size"], CONTENT[2 * pieces.PIECE :])

    assert [one.status_code for one in (first, again, second, last)] == [200, 409, 200, 200]
    kept = Upload.objects.get(token=last.json()["file"])
    assert (kept.path.read_bytes(), kept.name, kept.thing) == (CONTENT, "manual.txt", record.reference)
    assert not list(pieces.folder(record.author.pk).iterdir())


def test_a_finished_file_is_checked_like_any_other(record):
    answer = send(record, 0, b"MZ", size=2, name="manual.exe")

    assert (answer.status_code, "kind of file" in answer.json()["sentence"]) == (422, True)
    assert not Upload.objects.exists()


@pytest.mark.parametrize("wrong", [{"id": "../../etc"}, {"size": "x"}, {"size": "-1"}, {"id": ""}])
def test_a_strange_piece_is_refused_in_words(record, wrong):
    answer = send(record, 0, b"text", **wrong)

    assert (answer.status_code, "Send the file again" in answer.json()["sentence"]) == (422, True)


def test_a_file_that_grows_too_large_is_refused(record, monkeypatch):
    monkeypatch.setattr(pieces, "LARGEST", 10)

    answer = send(record, 0, b"more than ten bytes")

    assert "larger than 20 MB" in answer.json()["sentence"]


def test_others_send_nothing_into_a_draft(record):
    assert send(record, 0, b"text", client=signed_in(make.person())).status_code == 404


def test_an_unfinished_file_is_removed_after_a_day(record, time_machine):
    send(record, 0, b"text")
    place = pieces.folder(record.author.pk)

    pieces.tidy(place)
    assert len(list(place.iterdir())) == 1
    pieces.tidy(place, age=-1)

    assert not list(place.iterdir())
