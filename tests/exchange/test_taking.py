"""Lists and records taken along: exactly what the list shows, nothing private, nothing that runs, as it is made."""

import csv
import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kapok.exchange.exporting.envelope import COLUMNS
from kapok.exchange.exporting.shapes import SHAPES, fitting
from kapok.formats.cells import from_row, guarded, unguarded
from kapok.formats.format import formats
from kapok.records import verbs
from kapok.search import index
from kapok.search.questions import Question
from tests import make
from tests.site.pages import page, total
from tests.site.world import world

pytestmark = pytest.mark.django_db
DANGEROUS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "%0A",
    "|calc",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    " =1",
    "'=1",
)


@pytest.fixture(autouse=True)
def empty_index():
    """An index without anything from other tests."""
    index.forget()
    yield
    index.forget()


@pytest.fixture
def records():
    return world()


def body(response: Any) -> str:
    """A whole file."""
    assert response.status_code == 200, response.status_code
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8-sig")


def everything(response: Any) -> str:
    """Every text within a file, in whatever it is packed."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if not content.startswith(b"PK"):
        return content.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist())


def table(response: HttpResponse) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(io.StringIO(body(response), newline="")))


@pytest.mark.parametrize(
    "query", ["", "?type=need&country=KEN&sort=title", "?q=past", "?type=initiative&q=keny", "?q=zzz"]
)
def test_a_file_holds_exactly_what_its_list_shows(client, records, query):
    shown = total(page(client, f"/en/search{query}"))
    listed = client.get(f"/api/v1/search{query}").json()

    rows_ = table(client.get(f"/en/search.csv{query}"))
    told = json.loads(body(client.get(f"/en/search.json{query}")))

    assert len(rows_) == told["total"] == len(told["records"]) == shown == listed["total"]
    assert (
        [row["id"] for row in rows_] == [one["id"] for one in told["records"]] == [o["id"] for o in listed["results"]]
    )


@pytest.mark.parametrize("sort", ["newest", "closing", "title", "relevance"])
def test_every_order_is_kept_beyond_the_pages_of_a_list(records, monkeypatch, sort):
    monkeypatch.setattr("kapok.search.asking.STRETCH", 3)
    shown = index.ask(Question(sort=sort, per_page=100))

    found, keys = index.every(Question(sort=sort, per_page=1))

    assert (found, list(keys)) == (shown.total, [hit.key for hit in shown.hits])


def test_loosened_and_mended_words_find_the_same(client, records):
    for query in ("?q=ongoing+zebra", "?q=ongiong"):
        shown = total(page(client, f"/en/search{query}"))
        assert len(table(client.get(f"/en/search.csv{query}"))) == shown > 0


@pytest.mark.parametrize("code", sorted(formats))
def test_a_row_of_a_table_brings_its_record_back(client, code):
    record = make.record(code)
    index.drain()

    (row,) = [one for one in table(client.get(f"/en/search.csv?type={code}")) if one["id"] == record.identifier]

    cells = {name: unguarded(text) for name, text in row.items() if name not in COLUMNS}
    back, problems = formats[code].clean(from_row(formats[code], cells), final=False)
    assert not problems.errors
    assert back == formats[code].public(record.values)
    assert row == table(client.get(f"/en/records/{record.identifier}.csv"))[0]


def test_no_field_is_called_as_a_column_about_the_record():
    for form in formats.values():
        assert not COLUMNS & set(form.fields), form.code


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_what_is_private_is_in_no_file(client, as_, shape):
    canary = {"contact": [{"key": "c", "office": "Office", "mail": "canary@example.org"}], "notes": "canary-notes"}
    lead = make.record(contact=canary["contact"])
    record = make.record("initiative", lead=lead.identifier, **canary)
    make.record("expert", mail="canary@example.org")
    secret = make.draft("resource", title={"en": "canary-draft"})
    index.drain()
    assert "canary" in json.dumps(record.values)
    assert secret.pk

    for who in ("visitor", "member"):
        reader = as_(who)
        for address in (f"/en/search.{shape}", f"/en/records/{record.identifier}.{shape}"):
            answer = reader.get(address)
            if answer.status_code == 200:
                assert "canary" not in everything(answer), address


def test_a_writer_takes_drafts_along_as_the_list_shows_them(client):
    writer = make.person()
    draft = make.draft("resource", by=writer, title={"en": "Being written"})
    make.record("resource")
    index.drain()
    client.force_login(writer)

    rows_ = table(client.get("/en/search.csv?type=resource"))

    assert len(rows_) == total(page(client, "/en/search?type=resource")) == 2
    assert {(row["id"], row["stage"], row["title_en"]) for row in rows_} >= {
        (draft.identifier, "draft", "Being written")
    }
    assert len(table(Client().get("/en/search.csv?type=resource"))) == 1


@pytest.mark.parametrize("stage", ["draft", "withdrawn"])
def test_a_record_that_is_not_public_has_no_file(client, stage):
    record = make.draft("resource") if stage == "draft" else make.record("resource")
    if stage == "withdrawn":
        verbs.withdraw(record, by=make.secretariat(), reason="Superseded.")

    assert client.get(f"/en/records/{record.identifier}.csv").status_code == 404


def test_a_merged_record_is_told_by_its_survivor(client):
    kept, double = make.record("resource"), make.record("resource")
    verbs.merge(double, by=make.secretariat(), into=kept)

    assert table(client.get(f"/en/records/{double.identifier}.csv"))[0]["id"] == kept.identifier


@given(st.one_of(st.sampled_from(DANGEROUS), st.text()))
def test_no_cell_runs_and_each_comes_back(text):
    cell = guarded(text)

    assert unguarded(cell) == text
    assert not re.match(r"\s*[=+@%|＝＋－＠％｜\t\r\n\x00]", cell)
    assert not cell.startswith("-") or re.fullmatch(r"-?\d+(\.\d+)?", cell)


def test_a_dangerous_title_is_harmless_in_the_table(client):
    for text in DANGEROUS:
        make.record("resource", title={"en": text + " x"}, authors=[text + " y"])
    index.drain()

    lines = list(csv.reader(io.StringIO(body(client.get("/en/search.csv?type=resource")), newline="")))

    assert len(lines) == len(DANGEROUS) + 1
    assert not [cell for line in lines for cell in line if re.match(r"\s*[=+\-@%|＝＋－＠％｜\t\r]", cell)]


def test_a_long_list_asks_the_database_no_more_than_a_short_one(client, records, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        body(client.get("/en/search.csv"))
    with django_assert_max_num_queries(8):
        body(client.get("/en/search.json"))


def test_a_copy_that_still_holds_is_not_sent_again(client, records, django_capture_on_commit_callbacks):
    first = client.get("/en/search.csv?type=need")
    assert client.get("/en/search.csv?type=need", headers={"If-None-Match": first["ETag"]}).status_code == 304

    with django_capture_on_commit_callbacks(execute=True):
        make.record("need", rank=9)

    assert client.get("/en/search.csv?type=need", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_files_say_their_name_and_kind(client, records):
    answer = client.get("/en/search.csv?type=need")

    assert re.fullmatch(r'attachment; filename="kapok-need-\d{4}-\d\d-\d\d\.csv"', answer["Content-Disposition"])
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert client.get("/en/search.exe").status_code == 404


def test_pages_offer_the_files_of_what_they_show(client, records):
    places = {
        "/en/search?type=need&country=KEN": ("/en/search", "?type=need&country=KEN", ["need"]),
        "/en/countries/KEN": ("/en/search", "?country=KEN", []),
        f"/en/organisations/{records['lead'].identifier}": (
            "/en/search",
            f"?organisation={records['lead'].identifier}",
            [],
        ),
        f"/en/records/{records['resource'].identifier}": (
            f"/en/records/{records['resource'].identifier}",
            "",
            ["resource"],
        ),
    }
    for address, (path, question, codes) in places.items():
        links = {link.get("href") for link in page(client, address).iterfind(".//a[@download]")}
        assert links == {f"{path}.{shape.code}{question}" for shape in fitting(*codes)}, address
        for link in links:
            assert client.get(link).status_code == 200, link


def test_without_an_index_a_sentence_says_so(client, monkeypatch):
    def broken(question: Question) -> None:
        raise index.Unready(str(index.UNREADY))

    monkeypatch.setattr(index, "every", broken)

    answer = client.get("/en/search.csv")

    assert answer.status_code == 503
    assert "being built" in answer.content.decode()
