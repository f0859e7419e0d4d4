"""Files brought in by programs through `/api/v1/imports`: the verbs, rules and sentences of the pages."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kapok.core.jobs.queue import run_pending
from kapok.core.models import Entry
from kapok.exchange.models import Import, State
from kapok.exchange.tokens import verbs as tokens
from kapok.records.models import Record
from kapok.site.command import main
from tests import make
from tests.exchange.bringing import read
from tests.exchange.test_importing import TABLE

pytestmark = pytest.mark.django_db


class Program:
    """A program that brings files in with a token."""

    def __init__(self, person: Any, *scopes: str) -> None:
        self.person = person
        _token, secret = tokens.make_token(person, by=person, name="Ours", scopes=scopes or ("import",), days=30)
        self.headers = {"authorization": f"Bearer {secret}"}

    def send(self, *tables: str, key: str = "", language: str = "en", **options: str) -> Any:
        files = [SimpleUploadedFile(f"table{at}.csv", one.encode()) for at, one in enumerate(tables, 1)]
        given = self.headers | ({"idempotency-key": key} if key else {}) | {"accept-language": language}
        return Client().post("/api/v1/imports", {"files": files, **options}, headers=given)

    def act(self, address: str, language: str = "en") -> Any:
        return Client().post(f"/api/v1/imports/{address}", headers=self.headers | {"accept-language": language})

    def get(self, address: Any, language: str = "en") -> Any:
        return Client().get(f"/api/v1/imports/{address}", headers=self.headers | {"accept-language": language})


@pytest.fixture
def officer():
    return Program(make.secretariat())


def brought(program: Program, *tables: str, **options: str) -> int:
    """The number of an import that was sent and read."""
    answer = program.send(*tables, **options)
    assert answer.status_code == 202, answer.content
    run_pending()
    return int(answer.json()["id"])


def test_files_are_kept_at_once_and_read_by_a_job(officer):
    answer = officer.send(TABLE, type="initiative", source="Tables of a donor", drafts="true")

    said = answer.json()
    assert (answer.status_code, answer["Location"]) == (202, f"/api/v1/imports/{said['id']}")
    assert (said["state"], said["busy"], said["counts"]["rows"]) == ("waiting", True, 0)
    assert (said["source"], said["body"], said["type"]) == ("Tables of a donor", None, "initiative")
    kept = Import.objects.get()
    assert (kept.by, kept.options) == (officer.person, {"language": "en", "drafts": True})

    run_pending()

    now = officer.get(said["id"]).json()
    assert (now["state"], now["busy"]) == ("read", False)
    assert not Record.objects.exists()


def test_counts_are_those_of_the_command_and_problems_are_sentences_in_the_language_asked_for(officer, tmp_path, capfd):
    pk = brought(officer, TABLE)
    table = tmp_path / "table1.csv"
    table.write_text(TABLE)
    assert main(["import", str(table), "--dry-run", "--json"]) == 0
    printed = json.loads(capfd.readouterr().out.splitlines()[-1])

    said, french = officer.get(pk).json(), officer.get(pk, "fr").json()

    assert said["counts"].keys() == printed.keys()
    unlike = {"seconds", "import"}
    assert {k: v for k, v in said["counts"].items() if k not in unlike} == {
        k: v for k, v in printed.items() if k not in unlike
    }
    assert said["counts"]["import"] == pk
    first = said["problems"][0]
    assert (first["weight"], first["rows"], first["first"]) == ("refused", 1, 3)
    assert first["detail"] == "There is no title in this row. Without one nobody could find the record."
    assert french["problems"][0]["detail"] != first["detail"]


def test_rows_are_told_by_what_they_mean_page_by_page(officer):
    pk = brought(officer, TABLE)

    everything = officer.get(f"{pk}/rows").json()
    refused = officer.get(f"{pk}/rows?outcome=refused").json()
    unknown = officer.get(f"{pk}/rows?outcome=organisations").json()
    beyond = officer.get(f"{pk}/rows?page=2").json()
    wrong = officer.get(f"{pk}/rows?outcome=strange")

    assert [one["outcome"] for one in everything["rows"]] == ["new", "new", "refused"]
    assert (refused["total"], refused["rows"][0]["line"]) == (1, 4)
    assert refused["rows"][0]["problems"][0]["detail"].startswith("There is no title in this row.")
    assert {one["title"] for one in unknown["rows"]} == {"Global Fund for Tests", "Institute of Seeds"}
    assert (beyond["total"], beyond["page"], beyond["rows"]) == (3, 2, [])
    assert wrong.status_code == 422


def test_one_row_and_three_cost_the_same_number_of_questions(officer):
    asked = {}
    for count in (1, 3):
        rows = "".join(f"P-{at};Title {at};Kenya\n" for at in range(count))
        pk = brought(officer, f"Project code;Project title;Countries\n{rows}")
        officer.get(f"{pk}/rows")
        with CaptureQueriesContext(connection) as questions:
            assert len(officer.get(f"{pk}/rows").json()["rows"]) == count
        asked[count] = len(questions)

    assert asked[1] == asked[3]


def test_good_rows_go_in_and_are_taken_back(officer):
    pk = brought(officer, TABLE)

    going = officer.act(f"{pk}/apply")
    run_pending()
    went, rows = officer.get(pk).json(), officer.get(f"{pk}/rows").json()["rows"]
    identifiers = set(Record.objects.filter(format="initiative").values_list("identifier", flat=True))
    taking = officer.act(f"{pk}/undo")
    run_pending()

    assert (going.status_code, going.json()["state"], going["Location"]) == (202, "applying", f"/api/v1/imports/{pk}")
    assert went["state"] == "applied"
    assert {one["went_into"] for one in rows} == {*identifiers, None}
    assert (taking.status_code, taking.json()["state"]) == (202, "undoing")
    assert officer.get(pk).json()["state"] == "undone"
    assert [one.verb for one in Entry.objects.filter(thing=f"import:{pk}").order_by("pk")][:2] == [
        "exchange.bring",
        "exchange.apply",
    ]


def test_what_cannot_be_done_now_is_refused_in_the_sentences_of_the_page(officer):
    busy = officer.send(TABLE).json()["id"]
    early = officer.act(f"{busy}/apply")
    run_pending()
    nothing = officer.act(f"{busy}/undo")

    assert (early.status_code, nothing.status_code) == (403, 403)
    assert early["Content-Type"] == "application/problem+json"
    assert early.json()["detail"] == "Wait until what is going on with this import has ended, or stop it."
    assert nothing.json()["detail"] == "Nothing of this import went in, so there is nothing to undo."
    assert not Record.objects.exists()


def test_an_import_is_asked_to_stop(officer):
    pk = officer.send(TABLE).json()["id"]

    answer = officer.act(f"{pk}/stop")

    assert answer.status_code == 202
    assert Import.objects.get(pk=pk).stop


def test_a_token_without_the_scope_opens_nothing(officer):
    pk = brought(officer, TABLE)
    other = Program(officer.person, "drafts", "publish")
    before = Import.objects.count()

    answers = [
        other.send(TABLE),
        other.get(pk),
        other.get(f"{pk}/rows"),
        *(other.act(f"{pk}/{name}") for name in ("apply", "undo", "stop")),
    ]

    assert [one.status_code for one in answers] == [403] * 6
    assert all("import (Import files)" in one.json()["detail"] for one in answers)
    assert Import.objects.count() == before
    assert Import.objects.get().state == State.READ


def test_the_import_of_another_person_is_not_there(officer):
    pk = brought(officer, TABLE)
    stranger = Program(make.editor())

    answers = [
        stranger.get(pk),
        stranger.get(f"{pk}/rows"),
        *(stranger.act(f"{pk}/{name}") for name in ("apply", "undo", "stop")),
    ]

    assert [one.status_code for one in answers] == [404] * 5
    assert answers[0].json()["detail"] == "There is no such import, or it is not open to you."
    assert not Import.objects.get().stop


def test_an_editor_brings_files_in_for_their_own_body_only():
    editor = make.editor()
    own, other = editor.designations_now()[0].body, make.body()
    program = Program(editor)

    allowed = program.send(TABLE, body=own.code)
    refused = program.send(TABLE, body=other.code)
    nobody = program.send(TABLE, body="NOBODY")

    assert (allowed.status_code, allowed.json()["body"]) == (202, own.code)
    assert (refused.status_code, nobody.status_code) == (403, 403)
    assert "Choose a body that you edit for" in refused.json()["detail"]
    assert nobody.json()["detail"] == "There is no body with the code “NOBODY”."
    assert Import.objects.count() == 1


def test_a_wrong_file_is_told_in_words(officer):
    empty = officer.send("")
    none = officer.send()
    strange = officer.send(TABLE, type="strange")
    pk = brought(officer, "%PDF-1.7 no table at all")

    said = officer.get(pk).json()

    assert (empty.status_code, empty.json()["detail"]) == (403, "This file is empty.")
    assert (none.status_code, none.json()["errors"][0]["field"]) == (422, "file.files")
    assert (strange.status_code, strange.json()["detail"]) == (403, "There is no such format.")
    assert (said["state"], said["counts"]["rows"], said["notes"][0]["weight"]) == ("unreadable", 0, "refused")
    assert said["notes"][0]["detail"].startswith("This kind of file is not understood.")
    assert (
        officer.act(f"{pk}/apply").json()["detail"] == "Only an import that was read and has not been undone can go in."
    )
    assert Import.objects.count() == 1


def test_a_key_brings_files_in_once_and_stands_for_all_of_them(officer):
    first = officer.send(TABLE, "Title\nAnother\n", key="a-1")
    again = officer.send(TABLE, "Title\nAnother\n", key="a-1")
    other = officer.send("Title\nChanged\n", "Title\nAnother\n", key="a-1")

    assert (again.content, again["Location"], again["Idempotency-Replayed"]) == (
        first.content,
        first["Location"],
        "true",
    )
    assert other.status_code == 409
    assert Import.objects.count() == 1


def test_the_description_tells_all_of_it():
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    ours = {path: one for path, one in paths.items() if path.startswith("/api/v1/imports")}

    sent = ours["/api/v1/imports"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]

    assert sorted(path.removeprefix("/api/v1/imports") for path in ours) == [
        "",
        "/{pk}",
        "/{pk}/apply",
        "/{pk}/rows",
        "/{pk}/stop",
        "/{pk}/undo",
    ]
    assert {"files", "type", "body", "source", "language", "whole", "drafts"} == set(sent["properties"])
    assert all("summary" in act and "description" in act for one in ours.values() for act in one.values())


def test_an_import_read_for_nobody_is_seen_by_the_secretariat_alone(officer):
    imported = read(TABLE)

    assert officer.get(imported.pk).json()["counts"]["rows"] == 3
    assert Program(make.person()).get(imported.pk).status_code == 404
