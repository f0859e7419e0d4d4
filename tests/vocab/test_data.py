"""The data files: complete in six languages, permanent, and pointing at things that exist."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from kapok.core.languages import TAGS
from kapok.vocab import queries

HERE = Path(__file__).parent
KINDS = {"exact", "broader", "narrower", "split", "merged"}
WANTED = [
    "approach",
    "audience",
    "availability",
    "award",
    "capacity-step",
    "cooperation-wanted",
    "country",
    "currency",
    "duty",
    "expert-field",
    "freshness",
    "group",
    "group-consulted",
    "help-kind",
    "horizon",
    "initiative-kind",
    "instrument",
    "joint-action",
    "language",
    "level",
    "method",
    "mode",
    "money-kind",
    "money-state",
    "need-level",
    "need-state",
    "opportunity-kind",
    "organisation-kind",
    "organisation-role",
    "organisation-standing-role",
    "participant-body",
    "place",
    "rating",
    "record-type",
    "report-kind",
    "resource-type",
    "scope",
    "sex",
    "stage",
    "status",
    "theme",
]
OPEN = [
    "approach",
    "audience",
    "award",
    "cooperation-wanted",
    "duty",
    "expert-field",
    "group-consulted",
    "help-kind",
    "initiative-kind",
    "instrument",
    "joint-action",
    "language",
    "level",
    "method",
    "mode",
    "money-kind",
    "opportunity-kind",
    "organisation-kind",
    "organisation-role",
    "organisation-standing-role",
    "participant-body",
    "report-kind",
    "resource-type",
    "scope",
    "theme",
]
CYRILLIC, ARABIC, HAN = re.compile("[а-яё]", re.I), re.compile("[\u0621-\u064a]"), re.compile("[\u4e00-\u9fff]")


def test_every_vocabulary_the_formats_name_is_there():
    assert list(queries.codes()) == sorted(WANTED)


@pytest.mark.parametrize("code", WANTED)
def test_every_term_has_a_label_of_its_own_in_six_languages(code):
    vocabulary = queries.vocabulary(code)

    assert set(vocabulary.title) == set(TAGS)
    assert all(vocabulary.title.values())
    assert vocabulary.version
    assert len(vocabulary.by_id) == len(vocabulary.terms)
    for tag in TAGS:
        labels = [term.labels[tag] for term in vocabulary.terms]
        assert all(label.strip() == label and label for label in labels)
        assert [label for label, times in Counter(map(str.casefold, labels)).items() if times > 1] == []


@pytest.mark.parametrize("code", WANTED)
def test_labels_are_written_in_the_script_of_their_language(code):
    for term in queries.vocabulary(code).terms:
        assert CYRILLIC.search(term.labels["ru"]), term
        assert ARABIC.search(term.labels["ar"]), term
        assert HAN.search(term.labels["zh"]), term
        for tag in ("en", "es", "fr"):
            assert not any(script.search(term.labels[tag]) for script in (CYRILLIC, ARABIC, HAN)), term


@pytest.mark.parametrize("code", WANTED)
def test_notes_are_written_in_all_languages_or_in_none(code):
    assert all(len(term.note) in (0, len(TAGS)) for term in queries.vocabulary(code).terms)


def test_each_step_of_capacity_has_its_meaning_written_out():
    steps = queries.vocabulary("capacity-step").terms

    assert [step.id for step in steps] == ["0", "1", "2", "3", "4"]
    assert all(set(step.note) == set(TAGS) for step in steps)


@pytest.mark.parametrize("code", WANTED)
def test_broader_and_related_terms_exist(code):
    vocabulary = queries.vocabulary(code)

    for term in vocabulary.terms:
        assert term.broader is None or term.id in vocabulary.by_id[term.broader].narrower
        assert all(term.id in vocabulary.by_id[other].related for other in term.related)


@pytest.mark.parametrize("code", OPEN)
def test_an_open_list_ends_in_other_and_asks_for_words(code):
    vocabulary = queries.vocabulary(code)
    tops = [term for term in vocabulary.terms if term.broader is None]

    assert tops[-1].id == "other"
    assert tops[-1].asks_words


def test_closed_lists_have_no_other():
    for code in set(WANTED) - set(OPEN):
        assert "other" not in queries.vocabulary(code).by_id


def test_themes_are_the_elements_of_the_action_plan_then_ours():
    tops = [term.id for term in queries.vocabulary("theme").terms if term.broader is None]

    assert tops == [*"abcdefghijklmno", "liability", "mainstreaming", "other"]


def test_approaches_are_the_eight_pairs_of_paragraph_28():
    terms = [term for term in queries.vocabulary("approach").terms if not term.asks_words]

    assert len(terms) == 16
    assert all(len(term.related) == 1 for term in terms)


def test_maps_point_at_terms_of_the_clearing_house():
    with (HERE / "bch_identifiers.csv").open(encoding="utf-8") as file:
        known = {(row["vocabulary"], row["identifier"]) for row in csv.DictReader(file)}
    shapes = {"dac": r"\d{5}|[A-H]\d\d", "sdg": r"\d{1,2}\.(\d{1,2}|[a-d])", "iati": r"[A-Z]\w+/\d+"}

    seen = Counter[str]()
    for code in WANTED:
        for each in (each for term in queries.vocabulary(code).terms for each in term.maps):
            assert each.kind in KINDS
            if each.scheme == "bch":
                assert tuple(each.code.split("/", 1)) in known, each
            else:
                assert re.fullmatch(shapes[each.scheme], each.code), each
            seen[each.scheme] += 1
    assert set(seen) == {"bch", "dac", "sdg", "iati"}


def test_a_code_that_changed_its_meaning_is_kept_apart():
    def maps(term_id: str) -> list[str]:
        return [str(each) for each in queries.vocabulary("theme").by_id[term_id].maps]

    code = "68250AA6-75F1-470D-A8E7-85ECDF703D00"
    assert f"exact bch:cpb-capacity-element-nr2/{code}" in maps("b")
    assert f"exact bch:cpb-capacity-element-nr5-needed/{code}" in maps("mainstreaming")


def test_ids_once_given_are_never_taken_back():
    with (HERE / "released_ids.csv").open(encoding="utf-8") as file:
        released = [(row["vocabulary"], row["id"]) for row in csv.DictReader(file)]

    assert len(released) > 800
    assert [(code, term_id) for code, term_id in released if queries.term(code, term_id) is None] == []
