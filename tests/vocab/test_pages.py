"""The pages and files of the vocabularies, as visitors see them."""

import csv
import io
import json

import pytest
from django.test import Client
from rdflib import Graph

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_list_leads_to_every_vocabulary(visitor):
    html = page(visitor, "/vocabularies")

    for code in ("theme", "country", "group", "capacity-step"):
        assert f'href="/vocabularies/{code}"' in html
        assert f'href="/vocabularies/{code}.ttl"' in html


def test_page_shows_the_terms_in_the_language_of_its_address(visitor):
    assert "Risk management" in page(visitor, "/vocabularies/theme")
    assert "إدارة المخاطر" in page(visitor, "/ar/vocabularies/theme")
    assert "风险管理" not in page(visitor, "/ar/vocabularies/theme")


def test_page_shows_all_six_languages_when_asked(visitor):
    html = page(visitor, "/vocabularies/theme?languages=all")

    for word in ("Risk management", "إدارة المخاطر", "风险管理", "Регулирование рисков"):
        assert word in html
    assert 'lang="ar" dir="rtl"' in html


def test_page_writes_meanings_out(visitor):
    assert "no person and no means" in page(visitor, "/vocabularies/capacity-step")


@pytest.mark.parametrize(("as_of", "parties"), [("2005-09-11", 121), ("2012-06-30", 163)])
def test_groups_as_of_a_day(visitor, as_of, parties):
    assert f"{parties} countries" in page(visitor, f"/vocabularies/group?as_of={as_of}")


def test_a_day_that_does_not_exist_is_today(visitor):
    assert "173 countries" in page(visitor, "/vocabularies/group?as_of=2012-02-31")


def test_files_of_a_vocabulary(visitor):
    as_json = visitor.get("/fr/vocabularies/group.json?as_of=2012-06-30")
    as_csv = visitor.get("/vocabularies/group.csv")
    as_skos = visitor.get("/vocabularies/group.ttl")

    assert as_json["Content-Type"] == "application/json"
    terms = {term["id"]: term for term in json.loads(as_json.content)["terms"]}
    assert terms["ldc"]["label"] == "Pays les moins avancés"
    assert len(terms["cpb-parties"]["members"]) == 163
    assert as_csv["Content-Type"] == "text/csv; charset=utf-8"
    assert len(list(csv.DictReader(io.StringIO(as_csv.content.decode("utf-8-sig"))))) == 10
    assert as_skos["Content-Type"] == "text/turtle; charset=utf-8"
    assert len(Graph().parse(data=as_skos.content.decode(), format="turtle")) > 500


def test_a_vocabulary_there_is_not(visitor):
    answer = visitor.get("/vocabularies/colour")

    assert answer.status_code == 404
    assert "There is no vocabulary of this name" in answer.content.decode()


def test_a_file_there_is_not(visitor):
    answer = visitor.get("/vocabularies/theme.exe")

    assert answer.status_code == 404
    assert "There is no file of this kind" in answer.content.decode()


@pytest.mark.parametrize("address", ["/vocabularies", "/vocabularies/theme", "/vocabularies/theme.json"])
def test_nothing_can_be_changed_here(visitor, address):
    assert visitor.post(address).status_code == 405
