"""Sentences on every cycle: for each kind of question, in every language, and what changes before anyone signs."""

import io

import docx
import pytest

from kapok.core.languages import TAGS
from kapok.core.rules import Refused
from kapok.surveys import verbs
from kapok.surveys.models import Snapshot, Wording
from kapok.surveys.synthesis import report as documents
from kapok.surveys.synthesis import texts
from kapok.surveys.synthesis.paragraphs import Synthesis, comparable
from kapok.surveys.synthesis.reading import figures_of
from kapok.surveys.synthesis.wording import plain
from tests import make
from tests.surveys.test_snapshots import AUTUMN, report
from tests.surveys.test_synthesis_pages import read

WORDS = "/en/reports/nr4/words"


GIVEN = {"q127": "yes", "q129": "yes", "q128": "bilateral", "q133": "yes"}


@pytest.fixture
def nr4(reports):
    """Four reports: 125 has three steps, 133 is yes or no, 130 a list, 128 takes several answers."""
    for country, said, ease in (("KEN", "yes", "easy"), ("EGY", "yes", "easy"), ("PER", "to-some-extent", "average")):
        report(reports["nr4"], country, AUTUMN, q125=said, q130=ease, **GIVEN)
    report(reports["nr4"], "VNM", AUTUMN, **{**GIVEN, "q125": "no", "q133": "no", "q128": "regional"})
    return reports["nr4"]


def said(of, question, tag="en"):
    figures = figures_of(of)
    return plain(texts.Speaker(of, tag).on(question, figures))


def test_a_question_with_steps_tells_the_yes_and_the_steps_between(nr4):
    told = said(nr4, "125")

    assert "2 Parties (50% of the respondents to the question) answered “yes”. This includes 100%" in told
    assert told.endswith("A further 1 Party (25%) answered “to some extent”.")
    assert "“no”" not in told


def test_a_question_with_a_list_tells_every_answer(nr4):
    told = said(nr4, "130")

    assert "the 3 Parties that answered said: " in told
    assert "easy (67%)" in told
    assert "average (33%)" in told


def test_a_question_with_several_answers_tells_shares(nr4):
    assert "4 Parties that answered gave 4 answers in all" in said(nr4, "128")


@pytest.mark.parametrize("tag", TAGS)
def test_every_kind_of_question_is_told_in_every_language(nr4, tag):
    for question in ("125", "128", "130", "133"):
        told = said(nr4, question, tag)
        assert "{" not in told
        assert texts.Speaker(nr4, tag).questions[question] in told


def test_only_what_another_cycle_asked_too_is_told(nr4):
    found = {question.key: question for question in comparable(nr4)}

    assert "125" in found
    assert all(question.has_options for question in found.values())
    # Its answers differ from those of the cycle before, but the fifth report asks the same.
    assert "124" in found


def test_a_chapter_is_read_at_a_time_and_each_figure_is_a_link(nr4, client):
    page = read(client, f"{WORDS}?section=art-22")

    assert ">2</a> Parties (<a" in page
    assert "question=125&amp;option=yes" in page
    assert client.get("/en/reports/nr4/parties?question=125&option=yes").status_code == 200
    assert client.get(f"{WORDS}?section=nothing").status_code == 404


def test_a_cycle_without_answers_says_so(reports, client):
    page = read(client, "/en/reports/nr5/words")

    assert "Nobody has answered this questionnaire yet." in page
    assert "DOCX" not in page
    assert client.get("/en/reports/nr5/synthesis.docx").status_code == 404


def test_a_needs_assessment_has_no_synthesis_in_words(reports, client):
    client.force_login(make.secretariat())

    assert client.get("/en/reports/needs/words").status_code == 404


def test_changed_figures_are_marked_in_every_chapter_before_anyone_signs(nr4, client):
    client.force_login(make.secretariat())
    client.post("/en/reports/nr4/freeze", {"name": "For the next meeting"})
    frozen = Snapshot.objects.get()
    report(nr4, "VNM", AUTUMN, number=2, **{**GIVEN, "q125": "yes", "q133": "no", "q128": "regional"})

    page = read(client, f"/en/reports/snapshots/{frozen.short}")

    assert "figures would be others with the answers of today" in page
    assert "now 3" in page
    assert "Sign this synthesis" in page


def test_an_officer_gives_a_question_a_sentence_of_its_own(nr4, client):
    client.force_login(make.secretariat())
    address = f"{WORDS}/nr4-q125"
    assert "{this.groups}" in read(client, address)

    client.post(f"{address}?language=en", {"text": "{125.yes} {125.yes|Party was|Parties were} helped in full."})

    assert Wording.objects.get().code == "nr4-q125"
    assert ">2</a> Parties were helped in full." in read(client, f"{WORDS}?section=art-22")
    assert said(nr4, "133").startswith("In reply to Question 133")
    assert "ont répondu" in said(nr4, "125", "fr")


def test_a_sentence_of_the_second_reports_is_none_of_another_cycle(nr4):
    wording = Wording(code="activities", language="en")

    with pytest.raises(Refused, match="no sentence of this name"):
        verbs.reword(wording, by=make.secretariat(), text="{125.yes}", of=nr4)


@pytest.mark.parametrize("sentence", [code for code in texts.TITLES if code not in texts.PARAGRAPHS])
def test_each_sentence_has_its_page(nr4, client, sentence):
    client.force_login(make.secretariat())

    assert client.get(f"{WORDS}/{sentence}").status_code == 200


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_document_holds_every_sentence_and_a_table_by_group(nr4, tag):
    figures = figures_of(nr4)
    made = documents.content(documents.document(nr4, figures, tag), "docx")

    read_back = docx.Document(io.BytesIO(made))
    text = "\n".join(paragraph.text for paragraph in read_back.paragraphs)
    told = Synthesis(nr4, texts.Speaker(nr4, tag), figures)
    for chapter in told.chapters:
        assert chapter.title[tag] in text
    assert {row.cells[0].text for row in read_back.tables[-1].rows} >= {"125", "133"}
