"""Vocabularies as JSON, CSV and SKOS, read back again."""

import csv
import io
import json
from datetime import date

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SKOS

from kapok.vocab import exports, queries
from kapok.vocab.terms import Term, Vocabulary

BASE = "https://kapok.example/"


def test_api_payload_of_groups_answers_for_the_day():
    payload = exports.api_payload("group", date(2012, 6, 30), "fr")
    groups = {term["id"]: term for term in payload["terms"]}

    assert payload["as_of"] == "2012-06-30"
    assert set(groups) == {
        "africa",
        "asia-pacific",
        "cee",
        "grulac",
        "weog",
        "ldc",
        "sids",
        "eit",
        "cpb-parties",
        "cbd-parties",
    }
    assert groups["ldc"]["label"] == "Pays les moins avancés"
    assert len(groups["cpb-parties"]["members"]) == 163
    assert "KEN" in groups["cpb-parties"]["members"]
    assert "WSM" in groups["ldc"]["members"]
    assert "WSM" not in {each["id"]: each for each in exports.api_payload("group")["terms"]}["ldc"]["members"]


def test_api_payload_of_countries():
    payload = exports.api_payload("country", date(2012, 6, 30), "ru")
    kenya = next(term for term in payload["terms"] if term["id"] == "KEN")

    assert (kenya["label"], kenya["iso2"], kenya["m49"]) == ("Кения", "KE", "404")
    assert kenya["labels"]["zh"] == "肯尼亚"
    assert kenya["groups"] == ["africa", "cpb-parties", "cbd-parties"]
    assert kenya["source"]


def test_api_payload_of_no_vocabulary():
    with pytest.raises(KeyError):
        exports.api_payload("colour")


def test_api_payload_leaves_out_terms_of_another_time(monkeypatch):
    terms = (Term("old", {"en": "Old"}, valid_until=date(2020, 1, 1)), Term("always", {"en": "Always"}))
    monkeypatch.setattr(exports, "vocabulary", lambda code: Vocabulary(code, "1.0", {"en": "Ages"}, terms))

    assert [term["id"] for term in exports.api_payload("ages", date(2020, 1, 1))["terms"]] == ["always"]
    assert [term["id"] for term in exports.api_payload("ages")["terms"]] == ["old", "always"]


@pytest.mark.parametrize("code", queries.codes())
def test_json_holds_every_term(code):
    vocabulary = queries.vocabulary(code)

    read = json.loads(exports.to_json(vocabulary, "zh"))

    assert read["title"] == vocabulary.title["zh"]
    assert [(term["id"], term["labels"]) for term in read["terms"]] == [
        (term.id, dict(term.labels)) for term in vocabulary.terms
    ]


@pytest.mark.parametrize("code", queries.codes())
def test_csv_holds_every_term(code):
    vocabulary = queries.vocabulary(code)

    rows = list(csv.DictReader(io.StringIO(exports.to_csv(vocabulary))))

    assert [(row["id"], row["ar"], row["maps"]) for row in rows] == [
        (term.id, term.labels["ar"], "; ".join(map(str, term.maps))) for term in vocabulary.terms
    ]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.parametrize("code", queries.codes())
def test_skos_parses_and_holds_every_term(code):
    vocabulary = queries.vocabulary(code)

    graph = Graph().parse(data=exports.to_skos(vocabulary, BASE), format="turtle")

    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert concepts == {URIRef(f"{BASE}vocabularies/{code}#term-{term.id}") for term in vocabulary.terms}
    assert len(list(graph.triples((None, SKOS.prefLabel, None)))) >= 6 * len(concepts)
    assert len(list(graph.triples((None, SKOS.inScheme, None)))) == len(concepts)
    assert set(graph.objects(None, SKOS.broader)) | set(graph.objects(None, SKOS.narrower)) <= concepts


def test_skos_says_what_stands_above_and_what_matches():
    graph = Graph().parse(data=exports.to_skos(queries.vocabulary("theme"), BASE), format="turtle")
    scheme = f"{BASE}vocabularies/theme#term-"

    assert (URIRef(f"{scheme}sampling"), SKOS.broader, URIRef(f"{scheme}i")) in graph
    assert (URIRef(f"{scheme}i"), SKOS.narrower, URIRef(f"{scheme}sampling")) in graph
    assert (URIRef(f"{scheme}d"), SKOS.broadMatch, URIRef("http://metadata.un.org/sdg/15.8")) in graph


def test_skos_gives_the_members_of_a_group_on_a_day():
    graph = Graph().parse(data=exports.to_skos(queries.vocabulary("group"), BASE, date(2012, 6, 30)), format="turtle")

    members = list(graph.objects(URIRef(f"{BASE}vocabularies/group#members-cpb-parties"), SKOS.member))

    assert len(members) == 163
    assert URIRef(f"{BASE}vocabularies/country#term-KEN") in members


def test_skos_writes_awkward_text_safely():
    tags = ("ar", "en", "es", "fr", "ru", "zh")
    term = Term("odd", dict.fromkeys(tags, 'Say "no"\\\nhere'))

    text = exports.to_skos(Vocabulary("odd", "1.0", dict.fromkeys(tags, "Odd"), (term,)), BASE)

    labels = set(map(str, Graph().parse(data=text, format="turtle").objects(None, SKOS.prefLabel)))
    assert labels == {"Odd", 'Say "no"\\\nhere'}
