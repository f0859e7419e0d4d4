"""The analyzer, the Parties behind a figure, the words, the snapshots: for visitors and for the Secretariat."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest

from kapok.site import command
from kapok.surveys import verbs
from kapok.surveys.models import SavedView, Snapshot, Wording
from kapok.surveys.synthesis.reading import figures_of
from tests import make
from tests.surveys import sample
from tests.surveys.test_snapshots import AUTUMN, report

PAGE = "/en/reports/nr2/analyse"


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_question_is_shown_with_table_sentence_chart_and_source(nr2, client):
    page = read(client, PAGE)

    assert "Capacity-building activities undertaken this period" in page
    assert ">119</a> Parties" in page
    assert "<svg" in page
    assert "Synthetic answers" in page
    assert figures_of(nr2).bank.digest[:12] in page


def test_the_address_holds_the_question(nr2, client):
    page = read(client, f"{PAGE}?question=144&by=ldc&show=share")

    assert '<option value="144" selected>' in page
    assert '<option value="ldc" selected>' in page
    assert "question=144&amp;by=ldc&amp;show=share" in page
    assert "Asked of 119 of the 143 Parties" in page


def test_the_number_of_questions_to_the_database_does_not_grow_with_reports(nr2, client, django_assert_max_num_queries):
    read(client, PAGE)

    with django_assert_max_num_queries(40):
        read(client, f"{PAGE}?question=145&with=nr3")


@pytest.mark.parametrize("by", ["party", "none", "eit", "question&other=145", "africa,ldc"])
def test_one_counts_by_many_things(nr2, client, by):
    assert "Answers by group" in read(client, f"{PAGE}?by={by}")


def test_what_cannot_be_counted_is_said_on_the_page_beside_the_form(nr2, client):
    answer = client.get(f"{PAGE}?question=999")

    assert answer.status_code == 422
    assert "There is no Question 999" in answer.content.decode()
    assert '<select id="question"' in answer.content.decode()


def test_overlapping_groups_are_marked(nr2, client):
    page = read(client, PAGE)

    assert page.count("not to be added") == 2
    assert "never added to the others" in page


def test_each_figure_opens_its_parties(nr2, client):
    page = read(client, "/en/reports/nr2/parties?question=143&option=yes&group=weog")

    assert "16 Parties of the 19 that answered" in page
    assert page.count('href="/en/countries/') == 16


def test_parties_are_not_named_where_answers_are_not_public(nr2, client):
    nr2.answers_public = False
    nr2.save()

    page = read(client, "/en/reports/nr2/parties?question=143&option=yes&group=weog")

    assert 'href="/en/countries/' not in page
    assert "seen by the Secretariat only" in page
    client.force_login(make.secretariat())
    assert 'href="/en/countries/' in read(client, "/en/reports/nr2/parties?question=143&option=yes&group=weog")


@pytest.mark.parametrize("wrong", ["option=perhaps", "option=yes&group=moon", "option=yes&by=continent", ""])
def test_a_figure_that_is_none_is_not_there(nr2, client, wrong):
    assert client.get(f"/en/reports/nr2/parties?question=143&{wrong}").status_code == 404


def test_own_words_are_read_and_not_counted(nr2, client):
    held = report(nr2, "KEN", AUTUMN)
    version = held.versions.get()
    version.values = {"150": {"text": {"en": "Two laboratories were equipped."}}}
    version.save()

    assert "Two laboratories were equipped." in read(client, f"{PAGE}?question=150")


def test_a_cycle_without_answers_says_so(nr2, client):
    assert "Nobody has answered this questionnaire yet." in read(client, "/en/reports/nr4/analyse")


def test_an_unknown_cycle_is_not_there(nr2, client):
    assert client.get("/en/reports/nr9/analyse").status_code == 404


def test_files_hold_the_same_figures(nr2, client):
    lines = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}.csv?question=143").content.decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}.xlsx?question=143").content))
    picture = client.get(f"{PAGE}.svg?question=143")

    africa = next(line for line in lines if (line["answer"], line["group"]) == ("yes", "africa"))
    assert (africa["count"], africa["respondents"], africa["percent"], africa["synthetic"]) == ("41", "49", "84", "yes")
    sheet = book.worksheets[0]
    assert len(list(sheet.rows)) == len(lines) + 1
    assert sheet["G3"].value == 41
    assert ElementTree.fromstring(picture.content).tag.endswith("svg")
    assert client.get(f"{PAGE}.doc?question=143").status_code == 404


class TestCycles:
    """The same question in two cycles: set beside each other, or a sentence why not."""

    def test_paired_changes_are_counted(self, reports, client):
        question = reports["nr3"].questions.get(previous="145")
        for country, then, now in (("KEN", "no", "yes"), ("PER", "yes", "yes"), ("VNM", "yes", "no")):
            report(reports["nr2"], country, AUTUMN, q145=then)
            report(reports["nr3"], country, AUTUMN, **{f"q{question.key}": now})

        page = read(client, f"{PAGE}?question=145&with=nr3")

        assert "3 Parties answered in both cycles; 1 gave the same answer." in page
        assert "1 Party: from “no” to “yes”" in page
        assert "1 Party: from “yes” to “no”" in page

    def test_what_cannot_be_compared_says_why(self, reports, client):
        report(reports["nr2"], "KEN", AUTUMN, q143="yes")

        assert "The answers on offer have changed between the two cycles" in read(client, f"{PAGE}?question=143")


class TestViews:
    def test_a_view_is_kept_under_a_name_and_forgotten(self, nr2, client):
        client.force_login(make.person())
        client.post("/en/reports/nr2/keep", {"name": "Strategies", "query": "question=148&by=ldc"})

        assert "Strategies" in read(client, PAGE)
        kept = SavedView.objects.get()
        assert kept.address.endswith("/reports/nr2/analyse?question=148&by=ldc")
        client.post(f"/en/reports/views/{kept.pk}/forget")
        assert not SavedView.objects.exists()

    def test_a_view_without_a_name_is_refused_in_words(self, nr2, client):
        client.force_login(make.person())

        answer = client.post("/en/reports/nr2/keep", {"name": "", "query": "question=148"}, follow=True)

        assert "Give the view a name." in answer.content.decode()

    def test_visitors_keep_nothing(self, nr2, client):
        assert "login" in client.post("/en/reports/nr2/keep", {"name": "x"})["Location"]
        assert not SavedView.objects.exists()

    def test_views_of_others_are_not_there(self, nr2, client):
        kept = SavedView.objects.create(person=make.person(), questionnaire=nr2, name="Theirs", query="")
        client.force_login(make.person())

        assert client.post(f"/en/reports/views/{kept.pk}/forget").status_code == 404
        assert SavedView.objects.exists()


class TestWords:
    def test_each_figure_of_the_text_is_a_link(self, nr2, client):
        page = read(client, "/en/reports/nr2/words")

        assert "option=yes&amp;group=africa" in page
        assert client.get("/en/reports/nr2/parties?question=143&option=yes&group=africa").status_code == 200
        assert "Freeze these figures" not in page

    def test_published_figures_are_those_of_the_second_reports_only(self, nr2, client):
        assert client.get("/en/reports/nr3/published").status_code == 404

    def test_an_officer_words_a_sentence_anew(self, nr2, client):
        client.force_login(make.secretariat())
        address = "/en/reports/nr2/words/activities"
        assert "In their second national reports" in read(client, address)

        answer = client.post(f"{address}?language=en", {"text": "{143.maybe} Parties"})
        assert answer.status_code == 422
        assert "has no answer" in answer.content.decode()
        client.post(f"{address}?language=en", {"text": "{143.yes} Parties were active."})

        assert Wording.objects.get().text == "{143.yes} Parties were active."
        assert ">119</a> Parties were active." in read(client, "/en/reports/nr2/words")

    def test_the_french_sentence_is_worded_on_an_english_page(self, nr2, client):
        client.force_login(make.secretariat())

        page = read(client, "/en/reports/nr2/words/activities?language=fr")

        assert 'action="?language=fr"' in page
        assert re.search(r'<textarea[^>]* lang="fr" dir="ltr"', page)
        assert '<a href="?language=fr" aria-current="page"' in page

    def test_nobody_else_does(self, nr2, client):
        client.force_login(make.person())

        assert client.get("/en/reports/nr2/words/activities").status_code == 403
        assert client.post("/en/reports/nr2/words/activities", {"text": "No."}).status_code == 403
        assert not Wording.objects.exists()


class TestSnapshots:
    def test_from_freezing_to_signing(self, nr2, client):
        client.force_login(make.secretariat())
        client.post("/en/reports/nr2/freeze", {"name": "For the sixth meeting"})
        frozen = Snapshot.objects.get()
        address = f"/en/reports/snapshots/{frozen.short}"
        version = next(v for r in nr2.responses.all() for v in r.versions.all() if v.values["143"]["options"] == ["no"])
        version.values["143"] = {"options": ["yes"]}
        version.save()
        version.response.number = 2
        version.response.save()
        version.number = 2
        version.save()

        page = read(client, address)
        assert "figures would be others with the answers of today" in page
        assert "now 120" in page
        stale = client.post(f"{address}/sign", {"seen": "0" * 64})
        assert stale.status_code == 409
        assert "changed since you opened this page" in stale.content.decode()
        client.post(f"{address}/sign", {"seen": figures_of(nr2, data="synthetic").bank.digest})

        client.logout()
        assert "For the sixth meeting" in read(client, address)
        assert ">119</a> Parties" in read(client, f"{PAGE}?snapshot={frozen.short}")
        assert ">120</a> Parties" in read(client, PAGE)

    def test_visitors_see_no_snapshot_that_nobody_signed(self, nr2, client):
        frozen = verbs.freeze(nr2, by=make.secretariat(), name="Not yet")

        assert client.get(f"/en/reports/snapshots/{frozen.short}").status_code == 404
        assert client.get("/en/reports/snapshots/guess").status_code == 404

    def test_a_member_freezes_nothing(self, nr2, client):
        client.force_login(make.person())

        assert client.post("/en/reports/nr2/freeze", {"name": "Mine"}).status_code == 403
        assert not Snapshot.objects.exists()


def test_the_published_figures_stand_beside_ours_with_reasons(nr2, client):
    page = read(client, "/en/reports/nr2/published")

    assert page.count("<tr>") == 78
    assert "37% of the Parties asked" in page
    assert "The document names Question 56." in page
    assert "Parties that filed needs and priorities" in page


class TestMasthead:
    """Symbol, agenda item and distribution: given by the Secretariat, checked, and put into the document."""

    ADDRESS = "/reports/nr2/synthesis.docx"
    GIVEN = {"symbol": "UNEP/CBD/BS/COP-MOP/6/7", "agenda_item": "9", "distribution": "general"}

    @pytest.mark.parametrize(
        ("language", "item", "kind"),
        [
            ("en", "Item 9 of the provisional agenda", "GENERAL"),
            ("fr", "Point 9 de l’ordre du jour provisoire", "GÉNÉRALE"),
        ],
    )
    def test_the_secretariat_gives_it_in_the_language_of_the_page(self, nr2, client, language, item, kind):
        client.force_login(make.secretariat())

        plain = words_of(client.get(f"/{language}{self.ADDRESS}"))
        made = words_of(client.get(f"/{language}{self.ADDRESS}", self.GIVEN))

        assert [one in made for one in ("UNEP/CBD/BS/COP-MOP/6/7", item, kind)] == [True] * 3
        assert item not in plain
        assert item not in words_of(client.get(f"/{language}{self.ADDRESS}"))

    def test_words_stand_as_they_are(self, nr2, client):
        client.force_login(make.secretariat())

        assert "Item 9*, second part" in words_of(
            client.get(f"/en{self.ADDRESS}", {"agenda_item": "Item 9*, second part"})
        )

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"symbol": "six"}, "is no symbol of a document"),
            ({"distribution": "everybody"}, "general, limited or restricted"),
            ({"agenda_item": "9" * 201}, "in at most 200 letters"),
        ],
    )
    def test_what_cannot_stand_there_is_said_beside_the_form(self, nr2, client, wrong, why):
        client.force_login(make.secretariat())
        frozen = verbs.freeze(nr2, by=make.secretariat(), name="Not yet")

        for more in ({}, {"snapshot": frozen.short}):
            answer = client.get(f"/en{self.ADDRESS}", wrong | more)
            assert answer.status_code == 422
            assert why in answer.content.decode()
            assert next(iter(wrong.values())) in answer.content.decode()

    def test_nobody_else_names_a_document(self, nr2, client):
        assert client.get(f"/en{self.ADDRESS}", self.GIVEN).status_code == 403
        assert "With symbol and agenda item" not in read(client, "/en/reports/nr2/words")
        client.force_login(make.secretariat())
        assert "With symbol and agenda item" in read(client, "/en/reports/nr2/words")

    def test_the_command_gives_it(self, nr2, tmp_path, capsys):
        path = tmp_path / "synthesis.docx"
        order = ["document", "synthesis", "nr2", "--language", "en", "--out", str(path)]

        assert command.main([*order, "--symbol", "six"]) == 2
        assert "is no symbol of a document" in capsys.readouterr().err
        given = ["--symbol", "UNEP/CBD/BS/COP-MOP/6/7", "--agenda-item", "9", "--distribution", "general"]
        assert command.main([*order, *given]) == 0
        made = words_in(path.read_bytes())
        assert [one in made for one in ("UNEP/CBD/BS/COP-MOP/6/7", "Item 9 of the provisional agenda", "GENERAL")] == [
            True
        ] * 3


def words_of(answer):
    """The words of a Word document that was answered."""
    assert answer.status_code == 200
    return words_in(answer.content)


def words_in(content):
    """All that stands in the body and the heads of a Word document."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [name for name in package.namelist() if re.fullmatch(r"word/(document|header\d*)\.xml", name)]
        return "".join("".join(ElementTree.fromstring(package.read(name)).itertext()) for name in parts)


class TestWays:
    """From the questionnaires to what was answered."""

    WAYS = ("analyse", "words", "published")

    @pytest.mark.parametrize("address", ["/en/reports", "/en/reports/nr2"])
    def test_they_lead_to_the_analyzer_the_words_and_the_published_figures(self, nr2, client, address):
        page = read(client, address)

        assert [f'href="/en/reports/nr2/{way}"' in page for way in self.WAYS] == [True] * 3

    def test_where_nobody_answered_there_is_nothing_to_count(self, reports, client):
        for address in ("/en/reports", "/en/reports/nr2"):
            page = read(client, address)
            assert [f"/reports/nr2/{way}" in page for way in self.WAYS] == [False] * 3

    def test_other_questionnaires_than_reports_are_counted_for_who_sees_their_answers(self, db, client):
        held = sample.small()
        held.purpose, held.answers_public = "needs", False
        held.save()
        report(held, "KEN", AUTUMN)

        assert "/reports/small/analyse" not in read(client, "/en/reports")
        client.force_login(make.secretariat())
        assert "/reports/small/analyse" in read(client, "/en/reports")

    def test_codes_are_not_shown_to_people(self, reports, client):
        assert ">nr5<" not in read(client, "/en/reports")
