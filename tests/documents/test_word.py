"""Word files say what the document says, count by themselves, and read from the right in Arabic."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from kapok.core.languages import LANGUAGES
from kapok.documents import Annex, Footnote, Heading, Paragraph, Picture, Table, to_docx
from kapok.documents.blocks import plain
from kapok.documents.labels import NUMERALS
from kapok.documents.numbering import placed
from tests.documents.samples import SYMBOL, WORDS, sample


def opened(document):
    return docx.Document(io.BytesIO(to_docx(document)))


def part(document, name):
    with zipfile.ZipFile(io.BytesIO(to_docx(document))) as file:
        return etree.fromstring(file.read(name))


def text_of(root):
    return "".join(root.itertext(qn("w:t")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_taken_back_is_the_text_given(language):
    document = sample(language)
    word = opened(document)
    given = [plain(block.text) for block in document.blocks if hasattr(block, "text")]
    found = [one.text for one in word.paragraphs]

    rest = iter(found)
    assert all(text in rest for text in given)
    assert document.title in found
    cells = [[cell.text for cell in row.cells] for row in word.tables[1].rows]
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert cells == [list(table.head), *table.rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_footnotes_are_footnotes(language):
    document = sample(language)
    notes = part(document, "word/footnotes.xml")
    calls = part(document, "word/document.xml").findall(f".//{qn('w:footnoteReference')}")

    assert [text_of(one).strip() for one in notes.findall(qn("w:footnote"))[2:]] == [
        WORDS[language][4],
        WORDS[language][5],
    ]
    assert [call.get(qn("w:id")) for call in calls] == ["1", "2"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_counts_as_the_page_does(language):
    document = sample(language, annexes=2)
    given = [one.label for one in placed(document) if one.label]

    assert counted(document, language) == given
    assert len(given) == 18


def counted(document, language):
    """The numbers Word will show, worked out from the lists in the file as Word does."""
    root, lists = part(document, "word/document.xml"), part(document, "word/numbering.xml")
    levels = {
        one.get(qn("w:abstractNumId")): [
            (level.find(qn("w:numFmt")).get(qn("w:val")), level.find(qn("w:lvlText")).get(qn("w:val")))
            for level in one.findall(qn("w:lvl"))
        ]
        for one in lists.findall(qn("w:abstractNum"))
    }
    which = {
        one.get(qn("w:numId")): one.find(qn("w:abstractNumId")).get(qn("w:val")) for one in lists.findall(qn("w:num"))
    }
    numerals = NUMERALS[language]
    counts = {one.word: one.count for one in (*NUMERALS["en"].headings, *numerals.headings, *numerals.paragraphs)}
    state, found = {}, []
    for mark in root.iter(qn("w:numPr")):
        level, number = int(mark.find(qn("w:ilvl")).get(qn("w:val"))), mark.find(qn("w:numId")).get(qn("w:val"))
        kind, shape = levels[which[number]][level]
        if kind == "bullet":
            continue
        held = state.setdefault(number, [0, 0, 0])
        held[level] += 1
        held[level + 1 :] = [0] * (2 - level)
        found.append(shape.replace(f"%{level + 1}", counts[kind](held[level])))
    return found


def test_one_annex_has_no_number():
    document = replace(sample("en"), blocks=[Annex("Draft decision")])

    assert [one.label for one in placed(document)] == ["Annex"]
    assert [one.label for one in placed(replace(document, blocks=[Annex("A"), Annex("B")]))] == ["Annex I", "Annex II"]


def test_arabic_reads_from_the_right_everywhere():
    root = part(sample("ar"), "word/document.xml")
    body = root.find(qn("w:body"))

    assert body.find(qn("w:sectPr")).find(qn("w:bidi")) is not None
    assert [one for one in root.iter(qn("w:p")) if one.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is None] == []
    assert all(one.find(f"{qn('w:tblPr')}/{qn('w:bidiVisual')}") is not None for one in root.iter(qn("w:tbl")))
    for run in root.iter(qn("w:r")):
        right = run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None
        words = text_of(run)
        assert right or not any("\u0600" <= letter <= "\u06ff" for letter in words)
        assert not right or not any("A" <= letter <= "z" for letter in words)


def test_other_languages_read_from_the_left():
    root = part(sample("fr"), "word/document.xml")

    assert root.find(f".//{qn('w:bidi')}") is None
    assert root.find(f".//{qn('w:rtl')}") is None


def test_the_file_says_its_language_symbol_and_pages():
    word = opened(sample("fr"))

    assert word.core_properties.language == "fr-FR"
    assert word.core_properties.title == WORDS["fr"][0]
    assert word.core_properties.subject == SYMBOL
    assert word.sections[0].header.paragraphs[0].text == SYMBOL
    assert "PAGE" in word.sections[0].header._element.xml
    assert word.sections[0].different_first_page_header_footer
    assert word.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "fr-FR"


def test_heads_of_tables_are_repeated_and_rows_stay_whole():
    table = opened(sample("en", rows=60)).tables[1]
    heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]

    assert heads == [True] + [False] * 60
    assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)


def test_a_picture_says_what_it_shows():
    document = sample("en")
    picture = next(block for block in document.blocks if isinstance(block, Picture))

    assert part(document, "word/document.xml").find(f".//{qn('wp:docPr')}").get("descr") == picture.alt


@pytest.mark.parametrize(
    "words", ["<w:p/>", "]]>", "\x00\x0b\x1f", "\ud800", "{{7*7}}", "{PAGE}", "a\nb", "&#0;", "=cmd()", "\u202e"]
)
def test_hostile_words_stay_words(words):
    document = replace(
        sample("en"),
        title=words,
        blocks=[Heading(words), Paragraph([words, Footnote(words)]), Table([words], [[words]], words, words)],
    )
    kept = "".join(letter for letter in words if letter == "\n" or (letter >= " " and letter != "\ud800"))

    assert [one.text for one in opened(document).paragraphs][-4:-2] == [kept, kept]
    assert opened(document).tables[1].rows[0].cells[0].text == kept


def test_a_wrong_symbol_is_refused():
    with pytest.raises(ValueError, match="is no symbol"):
        replace(sample("en"), symbol="something")
