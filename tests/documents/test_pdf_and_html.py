"""PDF and page say what the document says, in every script; a face that is missing is said, never drawn as a box."""

import io
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from lxml import html

from kapok.core.languages import LANGUAGES, direction
from kapok.core.rules import Refused
from kapok.documents import Heading, Paragraph, Picture, Table, to_html, to_pdf
from kapok.documents.blocks import inlines
from tests.documents.samples import WORDS, sample


def letters(text):
    """The letters of a text, each with how often it stands there."""
    return Counter(letter for letter in text if letter.isalpha())


def given(document):
    """Every word of the body, with the notes."""
    found = []
    for block in document.blocks:
        if isinstance(block, Table):
            found += [block.caption, *block.head, *(cell for row in block.rows for cell in row), block.note]
        elif isinstance(block, Picture):
            found.append(block.caption)
        elif hasattr(block, "text"):
            found += [one if isinstance(one, str) else one.text for one in inlines(block.text)]
        else:
            found.append(block.title)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_taken_back_from_a_pdf_is_the_text_given(language):
    document = sample(language)
    reader = pypdf.PdfReader(io.BytesIO(to_pdf(document)))
    text = "\n".join(page.extract_text() for page in reader.pages)
    empty = replace(document, blocks=[])
    around = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(to_pdf(empty))).pages)

    missing = letters("".join(given(document))) - (letters(text) - letters(around))
    assert missing == Counter()
    if direction(language) == "ltr":
        bare = re.sub(r"\s", "", text)
        assert [one for one in given(document) if re.sub(r"\s", "", one) not in bare] == []


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_a_pdf_is_tagged_and_says_its_language_and_title(language):
    reader = pypdf.PdfReader(io.BytesIO(to_pdf(sample(language))))
    root: Any = reader.trailer["/Root"]

    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == WORDS[language][0]
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()


def test_a_pdf_without_a_face_for_its_letters_is_refused_in_words():
    document = replace(sample("en"), blocks=[Paragraph("Rare: \U000e0041\U0001fbff")])

    with pytest.raises(Refused, match="No font on this server can show"):
        to_pdf(document)


@pytest.mark.parametrize("words", ["#panic()", "$x$", '"]; #read("/etc/passwd")', "</h1>", "`a`", "@cite", "= a"])
def test_words_are_never_source(words):
    document = replace(sample("en"), title=words, blocks=[Paragraph(words)])
    text = pypdf.PdfReader(io.BytesIO(to_pdf(document))).pages[0].extract_text()

    assert "".join(words.split()) in "".join(text.split())
    assert html.fromstring(to_html(document)).find(".//h1").text == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_every_word_and_leads_to_the_notes_and_back(language):
    document = sample(language)
    root = html.fromstring(to_html(document))
    text = " ".join(root.text_content().split())

    assert (root.get("lang"), root.get("dir")) == (language, direction(language))
    assert [one for one in given(document) if " ".join(one.split()) not in text] == []
    for link in root.iter("a"):
        assert root.find(f".//*[@id='{link.get('href', '')[1:]}']") is not None
    assert root.find(".//img").get("alt")
    assert not root.xpath("//*[@style] | //script | //style")


def test_headings_skip_no_step_for_those_who_hear_them():
    document = replace(sample("en"), blocks=[Heading("A", 3), Heading("B", 2), Heading("C", 3), Heading("D", 1)])

    assert [one.tag for one in html.fromstring(to_html(document)).xpath("//h1 | //h2 | //h3 | //h4")] == [
        "h1", "h2", "h3", "h4", "h2",
    ]  # fmt: skip
    assert to_pdf(document).startswith(b"%PDF")
