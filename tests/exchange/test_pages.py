"""The pages of imports, as one uses them without scripts."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from kapok.core.jobs.queue import run_pending
from kapok.exchange.models import Import, State
from kapok.records.models import Record, Stage
from tests import make
from tests.exchange.bringing import read
from tests.exchange.test_importing import TABLE
from tests.records.forms import signed_in

pytestmark = pytest.mark.django_db


def sent(content: str = TABLE, name: str = "projects.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def post(client: Client, path: str, **data) -> str:
    answer = client.post(path, data, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_an_editor_sends_a_table_sees_what_it_means_takes_it_in_and_undoes_it():
    body = make.body()
    client = signed_in(make.editor(body))
    assert "Show me what it means" in client.get("/imports").content.decode()

    seen = post(client, "/imports", files=sent(), type="initiative", body=body.code)

    imported = Import.objects.get()
    assert (imported.state, imported.body) == (State.READ, body)
    assert "Nothing is changed yet" in seen
    assert "Take 2 good rows in" in seen
    assert "is not a day that we understand" in seen
    assert "Understood by its name" in client.get(f"/imports/{imported.pk}/columns").content.decode()
    row = client.get(f"/imports/{imported.pk}/rows/1").content.decode()
    assert "1 234,50 €" in row
    assert "Kenya" in row
    post(client, f"/imports/{imported.pk}/apply")
    run_pending()
    assert "2 rows went in" in client.get(f"/imports/{imported.pk}").content.decode()
    assert Record.objects.filter(stage=Stage.UNPUBLISHED, owner=body, format="initiative").count() == 2
    assert "versions they had" in client.get(f"/imports/{imported.pk}/undo").content.decode()
    post(client, f"/imports/{imported.pk}/undo")
    run_pending()
    assert "This import was undone" in client.get(f"/imports/{imported.pk}").content.decode()
    assert not Record.objects.exists()


def test_a_row_that_looks_like_another_asks_until_it_is_answered():
    client = signed_in(make.secretariat())
    table = "Title;Countries\nLaboratory for seeds;Kenya\nLaboratory for seeds;Kenya\n"

    asked = post(client, "/imports", files=sent(table), type="initiative")
    answered = post(client, f"/imports/{Import.objects.get().pk}/rows/2/decide", decision="new")

    assert "1 row looks like a record that is there, or like another row." in asked
    assert "looks like a record that is there" not in client.get(f"/imports/{Import.objects.get().pk}").content.decode()
    assert "Noted" in answered


def test_a_large_file_is_read_by_the_worker(monkeypatch):
    monkeypatch.setattr("kapok.exchange.importing.views.INLINE", 10)
    client = signed_in(make.secretariat())

    seen = post(client, "/imports", files=sent(), type="initiative")

    assert "rows were read so far" in seen
    run_pending()
    imported = Import.objects.get()
    assert imported.state == State.READ
    assert client.get(f"/imports/{imported.pk}", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_a_corrected_match_is_remembered():
    client = signed_in(make.secretariat())
    strange = "Zzyx;Countries;Qwfp\nLaboratory for detecting seeds;Kenya;2009\n"
    post(client, "/imports", files=sent(strange), type="initiative")
    imported = Import.objects.get()
    assert imported.match["projects.csv/"]["columns"][2]["key"] == ""

    post(client, f"/imports/{imported.pk}/columns", **{"c-0-0": "title", "c-0-1": "countries", "c-0-2": "starts"})
    run_pending()

    assert imported.rows.get().said["starts"] == "2009"
    post(client, "/imports", files=sent(strange, "again.csv"), type="initiative")
    assert Import.objects.first().match["again.csv/"]["columns"][2]["key"] == "starts"


def test_problems_are_told_in_the_language_of_the_reader():
    person = make.secretariat()
    imported = read(TABLE.replace("12/03/2009", "2012").replace("Start;", "Start;End;").replace("2012;", "2012;2001;"))
    client = signed_in(person)

    english = client.get(f"/imports/{imported.pk}").content.decode()
    french = client.get(f"/fr/imports/{imported.pk}").content.decode()

    assert "This day lies before 2012" in english
    assert "This day lies before 2012" not in french
    assert "Cette date" in french or "précède" in french or "avant" in french


def test_the_file_comes_back_with_comments():
    imported = read(TABLE, by=make.secretariat())

    answer = signed_in(make.secretariat()).get(f"/imports/{imported.pk}/annotated")

    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.worksheets[0]
    assert sheet["B1"].value == "Project title"
    assert "There is no title" in sheet["B4"].comment.text
    assert "is not a day" in sheet["F4"].comment.text
    listed = [cell.value for cell in book.worksheets[-1]["G"]]
    assert any("is not a day that we understand" in str(one) for one in listed)


@pytest.mark.parametrize("path", ["", "/rows/1", "/columns", "/annotated", "/undo"])
def test_strangers_see_no_import(path):
    imported = read(TABLE, by=make.person())

    assert signed_in(make.person()).get(f"/imports/{imported.pk}{path}").status_code == 404
    assert Client().get(f"/imports/{imported.pk}{path}").status_code == 302


def test_a_file_that_cannot_be_read_is_told_on_the_page():
    client = signed_in(make.secretariat())

    empty = client.post("/imports", {"files": SimpleUploadedFile("a.csv", b""), "type": "initiative"})
    strange = post(client, "/imports", files=sent("MZ\x90 program", "a.csv"), type="initiative")

    assert (empty.status_code, "This file is empty" in empty.content.decode()) == (422, True)
    assert "This kind of file is not understood" in strange
    assert client.post("/imports", {"type": "initiative"}).status_code == 422


def test_a_row_that_looks_like_a_record_can_be_decided():
    lead = make.record().identifier
    make.record("initiative", lead=lead, title={"en": "Laboratory for the detection of GMOs"}, starts="2009")
    by = make.secretariat()
    table = f"Project title;Countries;Start;Lead agency\nLaboratory for detection of GMOs;Kenya;2009;{lead}\n"
    imported = read(table, by=by)
    client = signed_in(by)
    assert "Why it looks like another" in client.get(f"/imports/{imported.pk}/rows/1").content.decode()

    seen = post(client, f"/imports/{imported.pk}/rows/1/decide", decision="new")

    assert "Noted: It is a new one." in seen
    assert "Take 1 good row in" in client.get(f"/imports/{imported.pk}").content.decode()


def test_a_file_can_be_forgotten_before_it_went_in():
    client = signed_in(make.secretariat())
    post(client, "/imports", files=sent(), type="initiative")

    seen = post(client, f"/imports/{Import.objects.get().pk}/discard")

    assert "The file is forgotten" in seen
    assert not Import.objects.exists()
