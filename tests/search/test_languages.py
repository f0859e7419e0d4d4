"""One search over six languages: word forms, spellings, synonyms, slips."""

import pytest

from kapok.search.analysis import fold, spans, stem, tokens
from kapok.search.concepts import Concepts
from tests.search.shelf import Shelf, document

SYNONYMS = Concepts(
    {
        "lmo": [
            "LMO", "LMOs", "GMO", "GMOs", "living modified organism", "OVM", "OGM", "organisme vivant modifié",
            "organismo vivo modificado", "ЖИО", "ГМО", "живой измененный организм", "改性活生物体", "كائن حي محور",
        ],
        "country:KEN": ["Kenya", "Кения", "肯尼亚", "كينيا"],
        "country:GIN": ["Guinea", "Guinée"],
        "country:GNQ": ["Equatorial Guinea", "Guinée équatoriale"],
    }
)  # fmt: skip
RECORDS = [
    document(1, {"en": "Capacity-building for risk assessment of living modified organisms"},
             texts={"en": "Training of laboratory staff in Uganda. Reference UNEP/GEF-4711."}),
    document(2, {"fr": "Renforcement des capacités nationales d'évaluation des risques"},
             texts={"fr": "Les organismes vivants modifiés en Guinée équatoriale"}),
    document(3, {"es": "Fortalecimiento de la gestión: evaluación y biotecnología en la región andina"}),
    document(4, {"ru": "Оценка рисков и безопасность живых изменённых организмов"}),
    document(5, {"zh": "改性活生物体安全能力建设项目"}),
    document(6, {"ar": "بِناءُ القدرات في مجال السلامة الأحيائية", "en": "Programme on detection"}),
    document(7, "Customs officers and the border", texts={"": "Guinea"}, facets={"country": ("KEN",)}),
]  # fmt: skip


@pytest.fixture(scope="module")
def shelf():
    return Shelf(RECORDS, SYNONYMS)


@pytest.mark.parametrize(
    ("q", "number"),
    [
        ("capacities", 1), ("assessments risk", 1), ("laboratories", 1), ("CAPACITY", 1),
        ("capacité nationale", 2), ("evaluation risque", 2), ("ÉVALUATION", 2), ("renforcements", 2),
        ("biotecnologia", 3), ("biotecnologías", 3), ("gestion andina", 3), ("evaluaciones", 3), ("región", 3),
        ("оценки риска", 4), ("безопасности", 4), ("измененный", 4), ("ЖИВОЙ", 4),
        ("能力", 5), ("安全", 5), ("生物安全", 5), ("安全能力建设", 5), ("设", 5), ("改", 5), ("项目", 5),
        ("القدره", 6), ("قدرات", 6), ("سلامه احيائيه", 6), ("الأحيائية", 6), ("والسلامة", 6), ("بناء", 6),
        ("program detection", 6), ("officer", 7),
    ],
)  # fmt: skip
def test_forms_and_spellings_of_a_word_find_it(shelf, q, number):
    assert number in shelf.found(q)


def test_each_language_is_found_only_by_what_it_says(shelf):
    assert shelf.found("безопасность") == [4]
    assert shelf.found("detection") == [6]
    assert shelf.found("建设") == [5]


@pytest.mark.parametrize(
    "q", ["LMO", "lmos", "GMO", "OVM", "OGM", "ЖИО", "гмо", "改性活生物体", "living modified organisms"]
)
def test_one_concept_is_found_under_any_of_its_names(shelf, q):
    assert sorted(shelf.found(q)) == [1, 2, 4, 5]


@pytest.mark.parametrize("q", ["Kenya", "Кения", "肯尼亚", "كينيا"])
def test_the_name_of_a_term_finds_the_documents_that_carry_it(shelf, q):
    assert shelf.found(q) == [7]


def test_the_longest_name_wins(shelf):
    assert shelf.found("Guinea") == [7]
    assert shelf.found("Equatorial Guinea") == [2]


@pytest.mark.parametrize(
    ("typed", "searched", "number"),
    [
        ("asessment", "assessment", 1), ("labratory", "laboratory", 1), ("trainnig", "training", 1),
        ("evaluacoin", "evaluacion", 3), ("renforcemnt", "renforcement", 2), ("безопаснсть", "безопасность", 4),
        ("القدراات", "القدرات", 6), ("custms", "customs", 7),
    ],
)  # fmt: skip
def test_one_slip_is_forgiven_and_told(shelf, typed, searched, number):
    answer = shelf.ask(typed)

    assert [(one.typed, one.searched) for one in answer.corrections] == [(typed, searched)]
    assert number in shelf.found(typed)


def test_what_was_typed_is_given_back_mended(shelf):
    assert shelf.ask('Risk "asessment" -banana labratory').correction == 'Risk "assessment" -banana laboratory'
    assert shelf.ask("risk assessment").correction == ""


def test_a_slip_in_the_name_of_a_term_is_mended_and_its_right_name_left_alone(shelf):
    assert shelf.found("Keyna") == [7]
    assert shelf.ask("Kenya").corrections == ()
    assert shelf.ask("organismo").corrections == ()


def test_a_word_begun_is_completed(shelf):
    assert shelf.ask("biotec").correction == "biotecnologia"


@pytest.mark.parametrize("q", ["risk", "LMO", "改", "zzzzzzzz", "ris"])
def test_a_known_short_or_strange_word_is_not_corrected(shelf, q):
    assert shelf.ask(q).corrections == ()


def test_phrases_and_exclusions(shelf):
    assert shelf.found('"risk assessment"') == [1]
    assert shelf.found('"assessment risk"') == []
    assert shelf.found("“laboratory staff”") == [1]
    assert shelf.found('"能力建设"') == [5]
    assert sorted(shelf.found("LMO -оценка")) == [1, 2, 5]
    assert shelf.found("LMO -Кения -capacity -evaluation -риск -安全") == []
    assert shelf.found("UNEP/GEF-4711") == [1]
    assert shelf.found("UNEP/GEF-4712") == []


def test_an_identifier_finds_its_record_first(shelf):
    assert shelf.found("INI-000005") == [5]
    assert shelf.found("ini-000006") == [6]
    assert shelf.found("INI-000999") == []


def test_when_nothing_holds_all_words_most_of_them_do(shelf):
    answer = shelf.ask("laboratory staff volcano")

    assert answer.loosened
    assert [hit.origin for hit in answer.hits] == ["record:INI-000001"]
    assert not shelf.ask("laboratory staff").loosened


@pytest.mark.parametrize(
    "q",
    ['"', '""', "-", "--", '-"', "*", "title:x", "a:b AND (", "[1 TO", "\\", "^2", "~", "()", "\x00", "\ud800", "§lmo",
     "AND", "'; DROP TABLE", "{{7*7}}", "¶", " ", "/.*/", "٪", "🌳", "x" * 5000, "a " * 3000, '"' * 99],
)  # fmt: skip
def test_whatever_is_typed_is_only_words(shelf, q):
    answer = shelf.ask(q, facets=("country",))

    assert answer.total >= len(answer.hits) >= 0
    assert shelf.suggest(q) is not None
    assert shelf.similar(q) is not None


def test_stop_words_do_not_hide_a_record(shelf):
    assert shelf.found("the assessment of the risk") == [1]
    assert shelf.found("evaluación de la biotecnología") == [3]


def test_the_readers_language_comes_first():
    both = Shelf([document(1, {"en": "Protocol"}), document(2, {"fr": "Protocol"}), document(3, {"": "Protocol"})])

    assert both.found("protocol", language="en")[0] == 1
    assert both.found("protocol", language="fr")[0] == 2


def test_a_word_in_the_title_counts_more_than_in_the_text():
    both = Shelf([document(1, "Alpha", texts={"en": "maize"}), document(2, "Maize", texts={"en": "alpha"})])

    assert both.found("maize") == [2, 1]


def test_what_was_found_is_marked_in_plain_segments(shelf):
    hit = shelf.ask("capacities laboratory").hits[0]

    assert hit.title[:2] == (("Capacity", True), ("-building for risk assessment of living modified organisms", False))
    assert ("laboratory", True) in hit.snippet
    assert "".join(text for text, _ in hit.snippet) == RECORDS[0].texts["en"]


def test_a_snippet_is_one_answer_and_never_the_title_again():
    sentence = "To train the staff of two national laboratories in sampling and in detection."
    texts = {"en": f"Training of inspectors\nTraining\n{sentence}\nFunds"}
    hit = Shelf([document(1, "Training of inspectors", texts=texts)]).ask("training").hits[0]

    assert hit.snippet == (("To ", False), ("train", True), (sentence.removeprefix("To train"), False))


def test_marks_in_arabic_chinese_and_by_synonym(shelf):
    assert ("القدرات", True) in shelf.ask("قدرة").hits[0].snippet or ("القدرات", True) in shelf.ask("قدرة").hits[
        0
    ].title
    assert ("能力", True) in shelf.ask("能力").hits[0].title
    assert ("living modified organisms", True) in shelf.ask("ЖИО -риск").hits[0].title or shelf.found("ЖИО -риск")


def test_folding_makes_equal_what_people_write_unequally():
    assert fold("Évaluation") == fold("evaluation")
    assert fold("ёж") == "еж"
    assert fold("ЖИВОЙ") == "живой"
    assert fold("أإآٱ") == "اااا"
    assert fold("مدرســـة ١٢") == "مدرسه 12"
    assert fold("ＬＭＯ") == "lmo"


def test_stems_of_both_spellings_are_one():
    assert stem("organisation", "en") == stem("organizations", "en")
    assert stem("programme", "en") == stem("programs", "en")
    assert tokens("renforcée", "fr") == tokens("renforcé", "fr")


def test_every_mark_stands_where_the_word_is_written():
    text = "Évaluation: 能力建设 LMO安全 مُحَوَّرة"
    assert [text[start:end] for start, end, _ in spans(text, "", 0, 100)] == [
        "Évaluation", "能力", "力建", "建设", "设", "LMO", "安全", "全", "مُحَوَّرة",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "title", "asked", "marked"),
    [
        ("fr", "E\u0301valuation des risques", "evaluation", "E\u0301valuation"),
        ("ar", "تَقْيِيمُ المخاطر", "تقييم", "تَقْيِيمُ"),
        ("zh", "\uf98a学与安全", "力学", "\uf98a学"),
        ("en", "ＲＩＳＫ assessment", "risk", "ＲＩＳＫ"),
        ("ru", "Обучение", "обучения", "Обучение"),
    ],
)
def test_a_word_is_marked_however_it_is_written(language, title, asked, marked):
    shelf = Shelf([document(1, {language: title})])

    hit = shelf.ask(asked, language=language).hits[0]

    assert (marked, True) in hit.title
