"""Forms taken along and brought back: Word and workbooks, in Arabic too; foreign and forged files refused in words."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from kapok.core.rules import Refused
from kapok.documents import wordform
from kapok.surveys import verbs
from kapok.surveys.models import PartAside
from kapok.surveys.offline import excel, word
from kapok.surveys.offline.receiving import reading
from kapok.surveys.offline.taking import understand
from kapok.surveys.queries import being_written
from kapok.surveys.questionnaires.sheet import sheet_of
from tests import make
from tests.surveys import sample

pytestmark = pytest.mark.django_db


def begun():
    focal = make.focal_point("KEN")
    return make.response(by=focal), focal


def filled(content: bytes, cells: dict[str, str]) -> bytes:
    """A workbook with answers written into their rows."""
    book = load_workbook(io.BytesIO(content))
    for row in book[excel.ANSWERS].iter_rows(min_row=2):
        if str(row[0].value) in cells:
            row[2].value = cells[str(row[0].value)]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_comes_back_with_labels_of_its_language():
    response, _focal = begun()
    content = filled(
        excel.write(sheet_of(response.questionnaire), "fr", {}, response),
        {"1": "oui", "2=law": "x", "2=laboratory": "X", "3": "Une loi", "4": "12", "5": "2026-01-31"},
    )

    found = understand(reading(content, "form.xlsx"), response)

    assert found.unread == []
    assert found.sections == {
        "law": {
            "1": {"options": ["yes"]},
            "2": {"options": ["law", "laboratory"]},
            "3": {"text": {"fr": "Une loi"}},
        },
        "people": {"4": {"number": "12"}, "5": {"day": "2026-01-31"}},
    }


def test_every_answer_that_is_not_understood_is_listed():
    response, _focal = begun()
    content = filled(
        excel.write(sheet_of(response.questionnaire), "en", {}, response),
        {"1": "perhaps", "4": "a dozen", "5": "soon", "3": "Fine"},
    )

    found = understand(reading(content, "form.xlsx"), response)

    assert {(one.place, one.text) for one in found.unread} == {("1", "perhaps"), ("4", "a dozen"), ("5", "soon")}
    assert found.count == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_word_form_comes_back_as_it_went(language):
    response, _focal = begun()
    values = {
        "1": {"options": ["yes"]},
        "2": {"options": ["law"]},
        "3": {"text": {language: "نص" if language == "ar" else "Words"}},
        "4": {"number": "3"},
        "5": {"day": "2026-02-01"},
    }
    content = word.write(sheet_of(response.questionnaire), language, values, response)

    found = understand(reading(content, "form.docx"), response)

    assert found.unread == []
    assert {key: value for part in found.sections.values() for key, value in part.items()} == values


@pytest.mark.parametrize(("name", "content"), [("a.docx", b"no"), ("a.xlsx", b"no"), ("a.pdf", b"%PDF"), ("a", b"")])
def test_a_wrong_file_is_refused_in_words(name, content):
    with pytest.raises(Refused) as refused:
        reading(content, name)

    assert str(refused.value).endswith(".")


def test_a_foreign_form_is_refused():
    response, _focal = begun()
    foreign = wordform.write(wordform.WordForm("Another", "", "en", (), {"what": "kapok-record"}))
    with pytest.raises(Refused, match="not a form of Kapok"):
        understand(reading(foreign, "form.docx"), response)

    other = sample.small(code="other")
    with pytest.raises(Refused, match="another questionnaire"):
        understand(reading(excel.write(sheet_of(other), "en", {}), "form.xlsx"), response)

    theirs = make.response("PER", response.questionnaire)
    content = excel.write(sheet_of(response.questionnaire), "en", {}, theirs)
    with pytest.raises(Refused, match="another government"):
        understand(reading(content, "form.xlsx"), response)


def test_a_forged_form_is_refused():
    response, _focal = begun()
    theirs = make.response("PER", response.questionnaire)
    book = load_workbook(io.BytesIO(excel.write(sheet_of(response.questionnaire), "en", {}, theirs)))
    page = book[excel.HIDDEN]
    page["A1"].value = page["A1"].value.replace(f'"response": "{theirs.pk}"', f'"response": "{response.pk}"')
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(Refused, match="hidden part"):
        understand(reading(out.getvalue(), "form.xlsx"), response)


def test_formulas_never_reach_a_workbook():
    response, _focal = begun()
    values = {"3": {"text": {"en": "=1+1"}}}

    book = load_workbook(io.BytesIO(excel.write(sheet_of(response.questionnaire), "en", values, response)))

    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}


def upload(who, response, content, name="form.xlsx"):
    client = Client()
    client.force_login(who)
    return client.post(f"/en/responses/{response.pk}/offline", {"file": SimpleUploadedFile(name, content)})


def test_a_form_is_uploaded_and_its_report_says_everything():
    response, focal = begun()
    content = filled(
        excel.write(sheet_of(response.questionnaire), "en", {}, response), {"1": "yes", "4": "7", "5": "soon"}
    )

    answer = upload(focal, response, content)

    page = answer.content.decode()
    assert "2 answers were read" in page
    assert "soon" in page
    assert being_written(response.parts.all()) == {"1": {"options": ["yes"]}, "4": {"number": "7"}}
    assert upload(focal, response, b"nonsense").status_code == 422
    assert upload(make.focal_point("PER"), response, content).status_code == 404


def test_what_somebody_else_changed_meanwhile_is_kept_aside():
    response, focal = begun()
    content = filled(excel.write(sheet_of(response.questionnaire), "en", {}, response), {"3": "From the workbook"})
    other = make.editor("KEN")
    law = response.parts.get(section__key="law")
    verbs.save(law, by=other, values={"3": {"text": {"en": "On the page"}}}, revision=1)

    page = upload(focal, response, content).content.decode()

    assert "kept aside" in page
    assert PartAside.objects.get().values["3"] == {"text": {"en": "From the workbook"}}
    assert being_written(response.parts.all())["3"] == {"text": {"en": "On the page"}}


def test_somebody_entrusted_puts_in_their_sections_only():
    response, focal = begun()
    person = make.person()
    people = response.parts.get(section__key="people")
    verbs.entrust(response, by=focal, person=person, sections=[people.section])
    content = filled(excel.write(sheet_of(response.questionnaire), "en", {}, response), {"3": "Mine", "4": "5"})

    page = upload(person, response, content).content.decode()

    assert "This section was not entrusted to you." in page
    assert being_written(response.parts.all()) == {"4": {"number": "5"}}


def test_blank_forms_are_for_everyone(client):
    sample.small()

    for kind in ("docx", "xlsx"):
        assert client.get(f"/ar/reports/small/form.{kind}").status_code == 200
    assert client.get("/en/reports/small/form.pdf").status_code == 404
