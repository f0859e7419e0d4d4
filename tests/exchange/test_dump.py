"""The nightly dump and its description: whole, hashed, without anything private, at addresses that stay."""

import csv
import gzip
import hashlib
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from typing import Any

import pytest
import rdflib

from kapok.exchange.providing import catalogue, dump
from kapok.exchange.providing.jobs import write_dump
from kapok.formats.format import formats
from tests import make
from tests.exchange.test_taking import DANGEROUS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path


def content(client: Any, name: str) -> bytes:
    response = client.get(f"/data/{name}")
    assert response.status_code == 200
    whole = b"".join(response.streaming_content)
    response.close()
    return whole


def test_the_files_hold_everything_public_and_say_what_they_are(client):
    lead = make.record()
    record = make.record("initiative", lead=lead.identifier, notes="canary", acronym="=1+1")
    make.draft("resource", title={"en": "canary"})
    write_dump()

    manifest = json.loads(content(client, "manifest.json"))
    files = {one["name"]: one for one in manifest["files"]}
    got = {name: content(client, name) for name in files}

    assert manifest["records"] == {code: {"initiative": 1, "organisation": 1}.get(code, 0) for code in formats}
    for name, raw in got.items():
        assert (len(raw), hashlib.sha256(raw).hexdigest()) == (files[name]["bytes"], files[name]["sha256"])
    lines = [json.loads(line) for line in gzip.decompress(got["kapok.jsonl.gz"]).splitlines()]
    assert {one["id"] for one in lines} == {lead.identifier, record.identifier}
    with zipfile.ZipFile(io.BytesIO(got["kapok-csv.zip"])) as packed:
        tables = {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}
    assert set(tables) == {f"{code}.csv" for code in formats}
    (row,) = csv.DictReader(io.StringIO(tables["initiative.csv"], newline=""))
    assert (row["id"], row["acronym"]) == (record.identifier, "'=1+1")
    assert "canary" not in str(lines) + str(tables)
    assert b"canary" not in got["kapok.sqlite3"]
    assert b"@example.org" not in got["kapok.sqlite3"]


def test_the_database_can_be_asked(tmp_path):
    for text in DANGEROUS[:3]:
        make.record("resource", publisher=text)
    made = dump.make()

    with closing(sqlite3.connect(made.place / dump.DATABASE)) as database:
        found = database.execute("SELECT publisher FROM resource ORDER BY id").fetchall()
        data = database.execute("SELECT json_extract(data, '$.values.publisher') FROM record ORDER BY id").fetchall()

    assert found == data == [(text,) for text in DANGEROUS[:3]]


def test_a_new_dump_takes_the_place_of_the_old_at_once(client, monkeypatch):
    make.record("resource")
    first = dump.make()
    first.place.rename(first.place.with_name("20200101T000000"))

    def fail(place: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(dump, "write", fail)
        with pytest.raises(OSError, match="No space"):
            dump.make()
    kept = dump.newest()
    assert kept is not None
    assert kept.place.name == "20200101T000000"

    dump.make()

    assert len(list(dump.folder().iterdir())) == 1


def test_before_the_first_night_there_is_nothing_and_the_page_says_so(client):
    assert client.get("/data/kapok.sqlite3").status_code == 404
    assert client.get("/data/secret.key").status_code == 404
    assert "coming night" in client.get("/en/data").content.decode()
    assert client.get("/data/dcat.ttl").status_code == 200


def test_the_page_lists_the_files_with_their_hashes(client):
    made = dump.make()

    page = client.get("/en/data").content.decode()

    for one in made.manifest["files"]:
        assert one["sha256"] in page
        assert f'href="/data/{one["name"]}"' in page


def test_a_copy_that_still_holds_is_not_sent_again(client):
    dump.make()
    first = client.get("/data/kapok-csv.zip")
    etag = first["ETag"]
    first.close()

    assert client.get("/data/kapok-csv.zip", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_catalogues_understand_what_there_is():
    made = dump.make()

    turtle = rdflib.Graph().parse(data=catalogue.to_turtle(made), format="turtle")
    linked = rdflib.Graph().parse(data=catalogue.to_jsonld(made), format="json-ld")

    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    for graph in (turtle, linked):
        assert len(set(graph.subjects(rdflib.RDF.type, dcat.Dataset))) == 1
        assert len(set(graph.subjects(rdflib.RDF.type, dcat.Distribution))) == 7
        assert len(set(graph.objects(None, dcat.downloadURL))) == 3
        assert len(set(graph.objects(None, dcat.byteSize))) == 3
