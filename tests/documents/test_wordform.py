"""Word forms: what is written comes back, in every language, whatever happened to the document meanwhile."""

import io
import re
import zipfile

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapok.core.rules import Refused
from kapok.documents.wordform import KINDS, Ask, Group, WordForm, read, write
from kapok.documents.wordform.marks import LONGEST_TAG

OPTIONS = (("a", "First"), ("b", "Second & “third”"), ("c", "First"))
LONG = "results/1/indicators/1/periods/1/" + "x" * LONGEST_TAG
ASKS = (
    Ask("line", "Name", "line", hint="As on the door", required=True),
    Ask("text", "About", "text"),
    Ask("choice", "One", "choice", options=OPTIONS),
    Ask("choices", "Several", "choices", options=OPTIONS[:2]),
    Ask("day", "When", "day"),
    Ask("yesno", "Sure?", "yesno", beside=True),
    Ask(LONG, "Far within", "line", beside=True),
)
ANSWERS = {
    "line": "=1+1",
    "text": "One line\nand another\twith a tab",
    "choice": "b",
    "choices": ["b"],
    "day": "2026-03-31",
    "yesno": "no",
    LONG: "far",
}
HIDDEN = {"format": "initiative", "id": "INI-000001"}


def form(language: str = "en", answers: dict[str, str | list[str]] | None = None) -> bytes:
    """A form with these answers."""
    asks = [
        Ask(a.key, a.label, a.kind, a.hint, a.options, (answers or {}).get(a.key, ""), a.required, beside=a.beside)
        for a in ASKS
    ]
    return write(WordForm("A form", "Read me.", language, (Group("Part one", "A hint", asks),), HIDDEN))


def changed(content: bytes, part: str, *changes: tuple[str, str]) -> bytes:
    """The document after other hands were at one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == part:
                for pattern, better in changes:
                    assert re.search(pattern, text, re.DOTALL), pattern
                    text = re.sub(pattern, better, text, flags=re.DOTALL)
            new.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_answers_and_what_is_hidden_come_back(language):
    reading = read(form(language, ANSWERS))

    assert reading.answers == ANSWERS
    assert (reading.hidden, reading.genuine, reading.unread) == (HIDDEN, True, [])
    assert reading.asked == {ask.key for ask in ASKS}
    assert {ask.kind for ask in ASKS} == set(KINDS)


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_an_empty_form_answers_nothing(language):
    reading = read(form(language))

    assert (reading.answers, reading.unread) == ({}, [])
    assert reading.asked == {ask.key for ask in ASKS}


def test_the_same_form_makes_the_same_bytes():
    assert form("ar", ANSWERS) == form("ar", ANSWERS)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=80))
def test_any_text_comes_back(text):
    reading = read(write(WordForm("F", "", "fr", (Group("", "", (Ask("k", "K", "text", value=text),)),), HIDDEN)))

    assert reading.answers.get("k", "") == (text if text.strip() else "")


def test_other_programs_open_it_and_find_the_language():
    document = docx.Document(io.BytesIO(form("ar", ANSWERS)))

    assert document.core_properties.title == "A form"
    assert document.core_properties.language == "ar-SA"
    assert [paragraph.text for paragraph in document.paragraphs][:2] == ["A form", "Read me."]


def test_arabic_runs_from_right_to_left():
    with zipfile.ZipFile(io.BytesIO(form("ar", ANSWERS))) as packed:
        text, styles = packed.read("word/document.xml").decode(), packed.read("word/styles.xml").decode()

    runs = re.findall(r"<w:r><w:rPr>.*?</w:rPr>", text)
    assert [run for run in runs if "<w:t" in run and "<w:rtl/>" not in run] == []
    assert "<w:sectPr><w:pgSz" in text
    assert text.rstrip().endswith("<w:bidi/></w:sectPr></w:body></w:document>")
    assert text.count("<w:bidiVisual/>") == text.count("<w:tbl>")
    assert styles.count("<w:bidi/>") == styles.count('w:type="paragraph"')


def test_a_choice_in_own_words_is_listed():
    content = changed(
        form("en", ANSWERS), "word/document.xml", (r"Second &amp; “third”</w:t>(?=.*yesno)", "None of these</w:t>")
    )

    reading = read(content)

    assert "choice" not in reading.answers
    assert [(one.place, one.text) for one in reading.unread] == [("choice", "None of these")]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("2026-04-01", "2026-04-01"), ("٢٠٢٦-٠٣-٣١", "2026-03-31"), ("31 March 2026", "2026-03-31"), ("soon", "soon")],
)
def test_a_day_is_read_as_written(written, read_as):
    content = changed(form("en", ANSWERS), "word/document.xml", (">2026-03-31</w:t>", f">{written}</w:t>"))

    assert read(content).answers["day"] == read_as


def test_a_box_is_ticked_by_its_sign_or_its_mark():
    sign = changed(form("en"), "word/document.xml", ("☐", "☒"))
    mark = changed(form("en"), "word/document.xml", ('checked w14:val="0"', 'checked w14:val="1"'), ("☐", ""))

    assert read(sign).answers["choices"] == ["a", "b"]
    assert read(mark).answers["choices"] == ["a", "b"]


def test_what_was_struck_out_is_not_read():
    better = (
        r"<w:del><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del><w:ins><w:r><w:t>far</w:t></w:r></w:ins>"
    )
    content = changed(
        form("en", ANSWERS), "word/document.xml", (r"<w:r><w:rPr>[^/]*/></w:rPr><w:t[^>]*>far</w:t></w:r>", better)
    )

    assert read(content).answers[LONG] == "far"


def test_the_hidden_part_is_found_where_other_programs_keep_it():
    dropped = changed(form("en", ANSWERS), "customXml/item1.xml", ("urn:kapok:wordform:1", "urn:other"))

    reading = read(dropped)

    assert (reading.hidden, reading.genuine, reading.answers[LONG]) == (HIDDEN, True, "far")


def test_a_changed_hidden_part_is_not_genuine():
    forged = changed(form("en", ANSWERS), "customXml/item1.xml", ("INI-000001", "INI-000002"))

    reading = read(forged)

    assert (reading.hidden["id"], reading.genuine) == ("INI-000002", False)
    assert reading.answers == ANSWERS


def test_a_document_without_fields_says_so():
    out = io.BytesIO()
    docx.Document().save(out)

    reading = read(out.getvalue())

    assert (reading.answers, reading.genuine) == ({}, False)
    assert "No field" in str(reading.unread[0].why)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"<html>", form("en")[:900]])
def test_what_is_no_document_is_refused_in_a_sentence(content):
    with pytest.raises(Refused, match=r"no Word document|too large|damaged"):
        read(content)


def test_entities_and_bombs_are_refused():
    bomb = changed(form("en"), "word/document.xml", (r"^<\?xml[^>]*>", '<!DOCTYPE x [<!ENTITY a "b">]>'))
    with pytest.raises(Refused, match="document type"):
        read(bomb)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * 250_000_000)
    with pytest.raises(Refused, match="too large"):
        read(out.getvalue())
