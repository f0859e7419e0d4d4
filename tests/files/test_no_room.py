"""A file that the disk has no room for is refused in one sentence, however it comes, and nothing of it stays."""

import errno
import io
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from kapok.core.rules import Refused
from kapok.exchange.importing.verbs import bring
from kapok.exchange.models import Import
from kapok.files import pieces
from kapok.files.models import Upload
from kapok.files.verbs import upload
from tests import make

pytestmark = pytest.mark.django_db
SENTENCE = "The file could not be kept: the disk of this site is full. Please tell the Secretariat."


@pytest.fixture(autouse=True)
def _folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def left():
    """Files that lie in the folder of files now."""
    return [one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()]


@pytest.fixture
def full(monkeypatch):
    """Every write that should last finds no room."""

    def refuse(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)


@pytest.mark.usefixtures("full")
def test_an_uploaded_file_without_room_is_refused(caplog):
    by = make.person()

    with pytest.raises(Refused) as refused:
        upload("record:RES-000001", by=by, sent=SimpleUploadedFile("a.txt", b"Sampling"))

    assert str(refused.value) == SENTENCE
    assert (left(), Upload.objects.count()) == ([], 0)
    assert "No space left on device" in caplog.text


@pytest.mark.usefixtures("full")
def test_a_table_without_room_is_refused():
    with pytest.raises(Refused) as refused:
        bring([("a.csv", io.BytesIO(b"title\nSampling\n"))], by=make.secretariat())

    assert str(refused.value) == SENTENCE
    assert (left(), Import.objects.count()) == ([], 0)


def test_a_piece_without_room_is_refused(monkeypatch):
    pieces.add(1, "abcdefgh", 0, b"half")
    assert len(left()) == 1
    monkeypatch.setattr(Path, "open", lambda *_given: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space left")))

    with pytest.raises(Refused) as refused:
        pieces.add(1, "abcdefgh", 4, b"more")

    assert str(refused.value) == SENTENCE
    assert left() == []


def test_with_room_they_are_kept():
    kept = upload("record:RES-000001", by=make.person(), sent=SimpleUploadedFile("a.txt", b"Sampling"))
    bring([("a.csv", io.BytesIO(b"title\nSampling\n"))], by=make.secretariat())

    assert kept.path.read_bytes() == b"Sampling"
    assert sorted(Upload.objects.values_list("name", "size")) == [("a.csv", 15), ("a.txt", 8)]


def test_an_empty_table_is_refused_and_not_kept():
    with pytest.raises(Refused, match="This file is empty"):
        bring([("a.csv", io.BytesIO(b""))], by=make.secretariat())

    assert left() == []
