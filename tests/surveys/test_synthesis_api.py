"""The figures by API and by command: one shape, one count."""

import json

import docx
import pytest

from kapok.site.command import parser
from kapok.surveys import verbs
from tests import make

URL = "/api/v1/synthesis"


def asked(client, **given):
    return client.get(URL, {"cycle": "nr2", "question": "143"} | given)


def command(*line):
    arguments = parser().parse_args(line)
    return arguments.handler(arguments)


def test_the_answer_has_the_agreed_shape(nr2, client):
    said = asked(client, by="region").json()

    assert (said["question"], said["respondents"], said["synthetic"]) == ("143", 143, True)
    yes = said["options"][0]
    assert (yes["key"], yes["count"], yes["percent"]) == ("yes", 119, 83)
    assert yes["by"]["africa"] == {"count": 41, "respondents": 49, "percent": 84}
    assert yes["by"]["ldc"] == {"count": 31, "respondents": 39, "percent": 79}
    assert yes["by"]["sids"] == {"count": 16, "respondents": 22, "percent": 73}
    assert len(said["snapshot"]) == 64
    assert {each["key"]: each["overlaps"] for each in said["groups"]}["ldc"]


def test_a_conditional_question_is_a_share_of_those_who_were_asked(nr2, client):
    said = asked(client, question="136").json()

    assert (said["reported"], said["asked"], said["respondents"], said["ticks"]) == (143, 89, 89, 94)
    assert [(each["key"], each["count"], each["percent_of_ticks"]) for each in said["options"]] == [
        ("bilateral", 35, 37),
        ("regional", 22, 23),
        ("multilateral", 37, 39),
    ]


def test_every_number_comes_in_the_language_asked_for(nr2, client):
    said = client.get("/fr" + URL, {"cycle": "nr2", "question": "143"}).json()

    assert said["groups"][0]["label"] == "Afrique"


def test_by_another_question_and_by_any_groups(nr2, client):
    crossed = asked(client, by="question:145").json()["options"][0]["by"]

    assert sum(cell["count"] for cell in crossed.values()) == 119
    assert set(asked(client, by="africa,ldc").json()["options"][0]["by"]) == {"africa", "ldc"}


def test_the_parties_behind_a_figure_are_named_on_request(nr2, client):
    assert "parties" not in asked(client).json()["options"][0]
    assert len(asked(client, parties="true").json()["options"][0]["parties"]) == 119


def test_parties_are_not_named_where_answers_are_not_public(nr2, client):
    nr2.answers_public = False
    nr2.save()

    assert "parties" not in asked(client, parties="true").json()["options"][0]
    client.force_login(make.secretariat())
    assert len(asked(client, parties="true").json()["options"][0]["parties"]) == 119


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"question": "999"}, "no Question 999"),
        ({"by": "continent"}, "continent"),
        ({"by": "question:143"}, "by itself"),
        ({"data": "dreams"}, "reports"),
        ({"snapshot": "deadbeefdead"}, "no snapshot"),
        ({"as_of": "yesterday"}, "as_of"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(nr2, client, given, why):
    answer = asked(client, **given)

    assert answer.status_code == 422
    assert why in answer.json()["detail"]


def test_an_unknown_cycle_is_not_there(nr2, client):
    assert asked(client, cycle="nr9").status_code == 404


def test_a_frozen_snapshot_is_asked_by_its_hash(nr2, client):
    officer = make.secretariat()
    frozen = verbs.freeze(nr2, by=officer, name="Second reports")
    assert asked(client, snapshot=frozen.short).status_code == 422

    client.force_login(officer)

    assert asked(client, snapshot=frozen.short).json()["snapshot"] == frozen.digest


def test_the_command_says_the_same_as_the_api(nr2, client, capsys):
    assert command("synthesis", "nr2", "--question", "143", "--by", "region", "--json") == 0

    assert json.loads(capsys.readouterr().out) == asked(client, by="region").json()


def test_the_command_prints_the_published_figures_beside_ours(nr2, capsys):
    assert command("synthesis", "nr2") == 0

    said = capsys.readouterr().out
    assert said.count("\nF0") == 77
    assert "47 same; 18 share; 12 outside" in said


def test_the_command_prints_one_question(nr2, capsys):
    assert command("synthesis", "nr2", "--question", "144") == 0

    said = capsys.readouterr().out
    assert "SYNTHETIC" in said
    assert "119 were asked" in said
    assert "12% of ticks" in said


def test_the_whole_cycle_comes_as_json(nr2, capsys):
    command("synthesis", "nr2", "--json")

    said = json.loads(capsys.readouterr().out)
    assert len(said["published"]) == 77
    assert len(said["questions"]) == 14


def test_a_wrong_question_is_told_in_a_sentence(nr2):
    with pytest.raises(Exception, match="no Question 999"):
        command("synthesis", "nr2", "--question", "999")


def test_the_set_is_built_and_removed_by_command(reports, capsys):
    assert command("reconstruct-2012") == 0
    assert "143 SYNTHETIC" in capsys.readouterr().out

    assert command("reconstruct-2012", "--remove") == 0
    assert "143 synthetic reports are removed" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["all.docx", "all.pdf", "all.html"])
def test_the_document_is_written_by_command(nr2, tmp_path, name):
    assert command("document", "synthesis", "nr2", "--language", "fr", "--out", str(tmp_path / name)) == 0

    assert (tmp_path / name).stat().st_size > 10_000


def test_the_words_of_the_document_are_those_of_the_paragraphs(nr2, tmp_path):
    command("document", "synthesis", "nr2", "--language", "ar", "--out", str(tmp_path / "all.docx"))

    words = "\n".join(each.text for each in docx.Document(str(tmp_path / "all.docx")).paragraphs)
    assert "أفاد 119 طرفا (83 في المائة من المجيبين على السؤال 143)" in words


@pytest.mark.parametrize(
    ("more", "why"), [(["--out", "x.txt"], "ends in"), (["--out", "x.pdf", "--symbol", "7"], "symbol")]
)
def test_a_wrong_document_is_refused_in_words(nr2, more, why):
    with pytest.raises(Exception, match=why):
        command("document", "synthesis", "nr2", *more)


def test_the_document_is_taken_from_the_page(nr2, client):
    answer = client.get("/fr/reports/nr2/synthesis.docx")

    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    assert client.get("/fr/reports/nr2/synthesis.odt").status_code == 404
    assert client.get("/fr/reports/nr2/synthesis.pdf?snapshot=guess").status_code == 404
