"""A national report from the first answer to the signed synthesis: the focal point, the Secretariat, and a reader."""

import io
import re

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from kapok.core.rules import SYSTEM
from kapok.surveys import verbs
from kapok.surveys.models import Response, Snapshot
from kapok.surveys.offline import excel
from kapok.surveys.queries import answers_in_force, questionnaire
from kapok.surveys.questionnaires import loading
from kapok.surveys.synthesis import reading
from tests import make
from tests.surveys import sample
from tests.surveys.test_answering_browser import seat

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


def typed(content: bytes, answers: dict[str, str]) -> bytes:
    """The Word form after somebody typed into its fields."""
    document = docx.Document(io.BytesIO(content))
    for field in document.element.body.iter(qn("w:sdt")):
        tag = field.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        if tag is not None and tag.get(qn("w:val")) in answers:
            # Word takes this mark away when somebody types.
            for mark in list(field.iter(qn("w:showingPlcHdr"))):
                mark.getparent().remove(mark)
            first, *rest = field.find(qn("w:sdtContent")).iter(qn("w:t"))
            first.text = answers[tag.get(qn("w:val"))]
            for other in rest:
                other.text = ""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def written(content: bytes, answers: dict[str, str]) -> bytes:
    """The workbook after somebody wrote into its rows."""
    book = load_workbook(io.BytesIO(content))
    for row in book[excel.ANSWERS].iter_rows(min_row=2):
        if str(row[0].value) in answers:
            row[2].value = answers[str(row[0].value)]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring(page: Page, name: str, content: bytes, button: str) -> None:
    """Bring a form back on the page of the response."""
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "application/zip", "buffer": content})
    page.get_by_role("button", name=button, exact=True).click()


def test_a_focal_point_answers_by_web_by_word_in_arabic_and_by_workbook(plain_page, live_server):
    focal = make.focal_point("KEN")
    sample.small()
    page = seat(plain_page, live_server, focal)
    page.goto("/en/reports/small")
    page.get_by_role("button", name="Start the response of Kenya").click()
    response = Response.objects.get()
    one = f"/responses/{response.pk}"

    page.get_by_role("link", name="Law").click()
    page.get_by_label("yes").check()
    page.get_by_role("button", name="Save and close").click()

    page.goto(f"/ar{one}/offline")
    form = page.request.get(f"{live_server}/ar{one}/form.docx").body()
    bring(page, "form.docx", typed(form, {"3": "قانون جديد", "4": "اثنا عشر"}), "قراءة النموذج")
    expect(page.get_by_role("main")).to_contain_text("اثنا عشر")

    page.goto(f"/en{one}/offline")
    book = page.request.get(f"{live_server}/en{one}/form.xlsx").body()
    bring(page, "form.xlsx", written(book, {"2=law": "x", "4": "12", "5": "some day"}), "Read the form")
    expect(page.get_by_role("main")).to_contain_text("some day")

    page.goto(f"/en{one}/check")
    page.get_by_label("Submit the response although questions are not answered").check()
    page.get_by_role("button", name="Submit the response").click()

    assert answers_in_force(Response.objects.get()) == {
        "1": {"options": ["yes"]},
        "2": {"options": ["law"]},
        "3": {"text": {"ar": "قانون جديد"}},
        "4": {"number": "12"},
    }


@pytest.fixture
def second_reports():
    """The second national reports with the answers built again from the figures of 2012."""
    reading.forget()
    loading.ensure()
    of = questionnaire("nr2")
    verbs.reconstruct(of, by=SYSTEM)
    return of


def test_an_officer_words_freezes_and_signs_a_synthesis(second_reports, plain_page, live_server):
    page = seat(plain_page, live_server, make.secretariat())
    page.goto("/en/reports")
    page.get_by_role("link", name=re.compile("^The synthesis in words")).first.click()
    page.get_by_role("link", name=re.compile("Word it anew.*Support given")).click()
    page.get_by_label("Sentence").fill("{137.yes} {137.yes|Party has|Parties have} helped others.")
    page.get_by_role("button", name="Save the sentence").click()

    page.goto("/en/reports/nr2/words")
    expect(page.get_by_role("main")).to_contain_text("41 Parties have helped others.")
    page.get_by_label("Name of the snapshot").fill("For the sixth meeting")
    page.get_by_role("button", name="Freeze these figures").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("For the sixth meeting")
    page.get_by_role("button", name="Sign this synthesis").click()

    frozen = Snapshot.objects.get()
    assert frozen.signed_at
    made = page.request.get(f"{live_server}/ar/reports/nr2/synthesis.docx?snapshot={frozen.short}")
    assert "143" in "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(made.body())).paragraphs)


def test_a_reader_asks_the_analyzer_and_finds_the_parties(second_reports, plain_page):
    plain_page.goto("/en/reports")
    plain_page.get_by_role("link", name=re.compile("^What the Parties answered")).first.click()
    plain_page.locator(".filters > summary").click()
    plain_page.get_by_label("Question", exact=True).select_option("135")
    plain_page.get_by_role("button", name="Show").click()

    expect(plain_page).to_have_url(re.compile("question=135"))
    expect(plain_page.get_by_role("main")).to_contain_text("89 Parties (62% of the respondents")
    plain_page.get_by_role("row", name=re.compile("^Central and Eastern Europe")).get_by_role("link").first.click()

    expect(plain_page.get_by_role("main")).to_contain_text("7 Parties of the 19 that answered this question")
    assert plain_page.locator(".names li").count() == 7
