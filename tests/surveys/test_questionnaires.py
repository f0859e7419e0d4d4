"""The questionnaires that come with Kapok: whole, with keys that stay and codes that keep their meaning."""

import csv
from collections import defaultdict
from pathlib import Path

from kapok.surveys.models import Comparability, Option, Question, Questionnaire
from kapok.surveys.questionnaires import loading
from kapok.surveys.questionnaires.reading import rows

HERE = Path(__file__).parent


def options(questionnaire, key):
    return dict(questionnaire.questions.get(key=key).options.values_list("code", "key"))


def test_all_four_reports_are_there_with_every_question(reports):
    counts = {code: each.questions.count() for code, each in reports.items()}

    assert counts == {"nr2": 239, "nr3": 221, "nr4": 220, "nr5": 237}
    assert reports["nr5"].previous.code == "nr4"
    assert str(reports["nr2"].due_on) == "2011-09-30"


def test_loading_again_changes_nothing(reports):
    before = list(Option.objects.order_by("pk").values_list("pk", "key"))

    assert loading.ensure() == 0
    Questionnaire.objects.update(digest="older words")
    assert loading.ensure() == 5
    assert list(Option.objects.order_by("pk").values_list("pk", "key")) == before


def test_keys_that_were_released_stay():
    with (HERE / "released_keys.csv").open(encoding="utf-8") as file:
        released = {tuple(row.values()) for row in csv.DictReader(file)}
    held = {(row["questionnaire"], row["key"], row["permanent"], row["options"]) for row in rows("questions")}

    assert len(released) == 917
    assert released - held == set()


def test_a_code_keeps_the_meaning_of_its_cycle(reports):
    code = "68250AA6-75F1-470D-A8E7-85ECDF703D00"

    assert options(reports["nr2"], "144")[code] == "human-resources-and-training"
    assert options(reports["nr4"], "132")[code] == "mainstreaming"
    # Nothing of the older meaning is carried into the newer question.
    carried = reports["nr4"].questions.get(key="132").carries
    assert carried["human-resources-and-training"] == ""
    assert carried["risk-management"] == "risk-management"


def test_questions_asked_only_after_a_yes_say_so(reports):
    asked = {key: reports["nr2"].questions.get(key=key).condition for key in ("136", "138", "144", "147", "143")}

    assert asked["144"] == [[{"question": "143", "options": ["yes"]}]]
    assert asked["136"] == [[{"question": "135", "options": ["yes"]}]]
    assert asked["147"] == [[{"question": "146", "options": ["yes", "yes-a-few"]}]]
    assert asked["143"] == []


def test_conditions_name_questions_and_answers_that_exist(reports):
    offered = defaultdict(set)
    for row in Option.objects.values_list("question__questionnaire__code", "question__key", "key"):
        offered[row[:2]].add(row[2])
    wrong = [
        (question, test)
        for question in Question.objects.exclude(condition=[]).select_related("questionnaire")
        for group in question.condition
        for test in group
        if not set(test["options"]) <= offered[question.questionnaire.code, test["question"]]
    ]

    assert wrong == []


def test_what_is_not_comparable_says_so(reports):
    ranked = reports["nr5"].questions.get(key="124")

    assert ranked.comparability == Comparability.NO
    assert "strategy" in ranked.note
    assert reports["nr4"].questions.get(key="134").comparability == Comparability.PARTLY
