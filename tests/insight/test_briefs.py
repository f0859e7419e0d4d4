"""Gaps and crowds from two counts, and a brief that fits one page of paper."""

import io
from dataclasses import replace
from datetime import date

import docx
import pypdf
import pytest
from django.utils import translation

from kapok.documents import to_docx, to_pdf
from kapok.insight.briefs import Brief, Figure, Gap, Line, Section, crowded, document, gaps


def test_a_gap_is_a_need_without_support():
    needs, support = {"a": 2, "b": 5, "c": 1, "d": 0}, {"a": 1, "e": 7}

    assert gaps(needs, support) == [Gap("b", 5, 0), Gap("c", 1, 0)]
    assert gaps({}, support) == []


def test_three_at_once_are_many():
    assert crowded({"a": 1}, {"a": 3, "b": 2, "c": 9}) == [Gap("c", 0, 9), Gap("a", 1, 3)]


def brief():
    """A brief as full as one gets."""
    long = "Strengthening of laboratories for the detection of living modified organisms in the subregion"
    lines = [Line(f"{long} {at}", "INI-000001 · 2012", at) for at in range(1, 7)]
    return Brief(
        name="Kenya",
        title="Kenya in brief",
        facts=["Party to the Cartagena Protocol (since 24 April 2004)", "Africa"],
        figures=[Figure(1234, f"Figure {at}") for at in range(6)],
        sections=[
            Section("What it needs", lines, more=3),
            *(Section(f"Section {at}", lines[:4], more=at) for at in range(4)),
            *(Section(f"Short {at}", [Line("Risk assessment", "3")] * 4, more=at) for at in range(4)),
            Section("Empty", [], "Nothing just now."),
            Section("Left out", []),
        ],
        day=date(2012, 6, 30),
        address="https://kapok.example/en/countries/KEN/brief",
        back="/countries/KEN",
    )


def test_the_fullest_brief_fits_one_page():
    pdf = pypdf.PdfReader(io.BytesIO(to_pdf(document(brief()))))

    assert len(pdf.pages) == 1
    assert "As registered in Kapok on 30 June 2012" in " ".join(pdf.pages[0].extract_text().split())


def test_the_two_columns_of_a_brief_begin_with_a_section_and_are_about_as_long():
    ends = {False: 9999.0, True: 9999.0}
    page = pypdf.PdfReader(io.BytesIO(to_pdf(document(replace(brief(), sections=brief().sections[:4]))))).pages[0]

    def meet(text, page_, line, _font, _size):
        if text.strip():
            across = line[4] * page_[0] + line[5] * page_[2] + page_[4]
            up = line[4] * page_[1] + line[5] * page_[3] + page_[5]
            right = across > float(page.mediabox.width) / 2
            ends[right] = min(ends[right], up)

    page.extract_text(visitor_text=meet)

    assert max(ends.values()) < 9999
    assert abs(ends[False] - ends[True]) < 200


@pytest.mark.parametrize("tag", ["ar", "fr", "zh-hans"])
def test_a_brief_is_in_the_language_of_the_reader(tag):
    with translation.override(tag):
        word = docx.Document(io.BytesIO(to_docx(document(brief()))))
    text = [one.text for one in word.paragraphs]

    assert "1. Strengthening of laboratories" in " ".join(text)
    assert not any(one.startswith("As registered in Kapok") for one in text)
    assert "Left out" not in text
    assert "Nothing just now." in text
    assert word.tables[0].rows[1].cells[0].text == ("1\u202f234" if tag == "fr" else "1,234")
