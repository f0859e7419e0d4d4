"""Answers of many countries from one file: looked at first, then in force as versions."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kapok.core.rules import SYSTEM, Refused
from kapok.surveys import verbs
from kapok.surveys.models import Response
from kapok.surveys.offline.bulk import plan, rows_of
from kapok.surveys.queries import answers_in_force, being_written
from tests import make
from tests.surveys import sample

pytestmark = pytest.mark.django_db
CSV = "country,question,option,text\nKEN,1,yes,\nKenya,Q2,law;laboratory,\nPER,small-1,false,\nPER,3,,Words\n"


def planned(text=CSV, name="answers.csv"):
    return plan(sample.small(), rows_of(text.encode(), name))


def test_a_file_is_read_in_any_of_its_shapes():
    as_json = json.dumps(
        [
            {"country": "KEN", "question": "1", "option": "yes"},
            {"country": "KEN", "question": "2", "option": ["law", "laboratory"]},
        ]
    )

    assert planned().values["KEN"] == planned(as_json, "a.json").values["KEN"]
    assert planned(CSV.replace(",", "\t"), "a.csv").values == planned().values
    assert planned().values == {
        "KEN": {"1": {"options": ["yes"]}, "2": {"options": ["law", "laboratory"]}},
        "PER": {"1": {"options": ["no"]}, "3": {"text": {"en": "Words"}}},
    }


def test_each_wrong_row_is_told_with_its_number():
    found = planned("country,question,option\nAtlantis,1,yes\nKEN,99,yes\nKEN,1,perhaps\nPER,1,yes\n")

    assert [(one.row, one.column, one.said) for one in found.problems] == [
        (2, "country", "Atlantis"),
        (3, "question", "99"),
        (4, "option", "perhaps"),
    ]
    assert found.values == {"PER": {"1": {"options": ["yes"]}}}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\xff\xfe\x00", "a.csv"),
        (b"", "a.csv"),
        (b"x,y\n1,2\n", "a.csv"),
        (b"{", "a.json"),
        (b"no", "a.xlsx"),
        (b"", "a.exe"),
    ],
)
def test_files_that_make_no_sense_are_refused_in_words(content, name):
    with pytest.raises(Refused):
        rows_of(content, name)


def test_answers_come_into_force_as_versions():
    make.government("KEN")
    found = planned()

    assert verbs.bring_in(found.questionnaire, by=SYSTEM, plan=found) == 2

    kenya = Response.objects.get(country="KEN")
    assert (kenya.state, kenya.number, kenya.body.code) == ("submitted", 1, "KEN")
    assert answers_in_force(kenya)["2"] == {"options": ["law", "laboratory"]}
    again = planned()
    assert (again.new, again.changed, again.same) == ([], [], ["KEN", "PER"])
    changed = planned("country,question,option\nKEN,1,no\n")
    assert changed.changed == ["KEN"]
    verbs.bring_in(changed.questionnaire, by=SYSTEM, plan=changed)
    kenya.refresh_from_db()
    assert (kenya.number, answers_in_force(kenya)["1"]) == (2, {"options": ["no"]})
    assert answers_in_force(kenya)["2"] == {"options": ["law", "laboratory"]}


def test_what_a_government_is_writing_stays():
    focal = make.focal_point("KEN")
    response = make.response(by=focal)
    law = response.parts.get(section__key="law")
    verbs.save(law, by=focal, values={"3": {"text": {"en": "In the making"}}}, revision=1)

    found = planned("country,question,option\nKEN,1,yes\n")
    verbs.bring_in(found.questionnaire, by=SYSTEM, plan=found)

    response.refresh_from_db()
    assert (response.state, response.number) == ("reopened", 1)
    assert being_written(response.parts.all()) == {"3": {"text": {"en": "In the making"}}}


def test_the_page_shows_first_and_changes_when_told_to():
    sample.small()
    web = Client()
    web.force_login(make.secretariat())

    def send(**more):
        return web.post("/en/reports/small/answers", {"file": SimpleUploadedFile("a.csv", CSV.encode()), **more})

    looked = send().content.decode()
    assert "4 answers were read" in looked
    assert "Kenya" in looked
    assert not Response.objects.exists()
    send(do="go")
    assert Response.objects.count() == 2
    web.force_login(make.focal_point("KEN"))
    assert send().status_code == 403
