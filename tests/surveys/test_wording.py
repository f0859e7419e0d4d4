"""Sentences with figures: real plurals, checked placeholders, and figures that say what has changed."""

import pytest

from kapok.core.languages import TAGS
from kapok.core.rules import Refused
from kapok.surveys import verbs
from kapok.surveys.models import Wording
from kapok.surveys.synthesis import texts
from kapok.surveys.synthesis.bank import Asked, Given, build
from kapok.surveys.synthesis.figures import Figures, Unclear
from kapok.surveys.synthesis.reading import figures_of
from kapok.surveys.synthesis.wording import Language, against, check, fitting, forms, plain, write
from tests import make
from tests.surveys.banks import DAY

PARTY = {
    "en": "{1.yes} {1.yes|Party|Parties}",
    "ru": "{1.yes} {1.yes|Сторона|Стороны|Сторон}",
    "ar": "{1.yes} {1.yes|صفر|واحد|اثنان|قليل|كثير|غيره}",
    "zh": "{1.yes}个缔约方",
}


def figures(yes: int) -> Figures:
    """A bank in which so many said yes."""
    countries = [f"C{number:02}" for number in range(30)]
    given = [Given(country, "1", ("yes" if place < yes else "no",)) for place, country in enumerate(countries)]
    return Figures(build("nr9", "1", DAY, [Asked("1", ("yes", "no"))], countries, given, {}))


def language(tag: str) -> Language:
    return Language(tag, lambda key: key, lambda question, option: option, {})


@pytest.mark.parametrize(
    ("tag", "number", "said"),
    [
        ("en", 1, "1 Party"),
        ("en", 21, "21 Parties"),
        ("ru", 1, "1 Сторона"),
        ("ru", 3, "3 Стороны"),
        ("ru", 11, "11 Сторон"),
        ("ru", 21, "21 Сторона"),
        ("ar", 0, "0 صفر"),
        ("ar", 1, "1 واحد"),
        ("ar", 2, "2 اثنان"),
        ("ar", 3, "3 قليل"),
        ("ar", 11, "11 كثير"),
        ("zh", 5, "5个缔约方"),
    ],
)
def test_words_fit_the_number_in_each_language(tag, number, said):
    assert plain(write(PARTY[tag], figures(number), language(tag))) == said


def test_each_language_has_its_own_number_of_forms():
    assert {tag: len(forms(tag)) for tag in TAGS} == {"ar": 6, "en": 2, "es": 2, "fr": 2, "ru": 3, "zh": 1}
    assert fitting("ar", 100, list("abcdef")) == "f"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{1.perhaps}", "has no answer"),
        ("{7.yes}", "no Question 7"),
        ("{1.yes.mean}", "is no measure"),
        ("{1.yes.percent.moon}", "is no group"),
        ("{1.yes|Party}", "must give 2 forms"),
        ("{1.yes", "stands alone"),
        ("1.yes}", "stands alone"),
        ("{}", "is no figure"),
        ("{this}", "is no figure"),
        ("{label}", "is no figure"),
    ],
)
def test_a_wrong_placeholder_is_refused_in_words(text, why):
    with pytest.raises(Unclear, match=why):
        check(text, "en", figures(3))


def test_a_figure_knows_what_it_has_become():
    said = against(write("{1.yes} Parties ({1.yes.percent}%)", figures(3), language("en")), figures(4))

    assert [(one.text, one.now, one.changed) for one in said if one.ref] == [("3", 4, True), ("10", 13, True)]
    assert not [one for one in against(said, figures(3)) if one.changed]


@pytest.mark.parametrize("tag", TAGS)
def test_every_sentence_that_comes_with_kapok_is_right_in_every_language(nr2, tag):
    held, speaker = figures_of(nr2), texts.Speaker(nr2, tag, day=DAY)

    for code, text in texts.built_in()[tag].items():
        texts.check_text(code, tag, text, held)
    for code in (*texts.PARAGRAPHS, *texts.FRAME):
        written = plain(speaker.say(code, held))
        assert written
        assert not set(written) & set("{}|")


def test_paragraph_6_reads_as_it_was_published(nr2):
    said = plain(texts.Speaker(nr2, "en").say("activities", figures_of(nr2)))

    assert said == (
        "In their second national reports, 119 Parties (83% of the respondents to Question 143) reported that, during "
        "the current reporting period, they have undertaken activities for the development and/or strengthening of "
        "human resources and institutional capacities in biosafety. This includes 84% of the respondents in Africa, "
        "80% in Asia and the Pacific, 79% in Central and Eastern Europe, 90% in Latin America and the Caribbean, "
        "84% in Western Europe and others, 79% among least developed countries (LDCs) and 73% among small island "
        "developing States (SIDS)."
    )


@pytest.mark.parametrize(
    ("code", "figures"),
    [
        ("support-received", "89 62 135 78 63 37 95 11 74 82 136 39 37 23"),
        ("support-given", "41 29 137 14 26 21 52 53 8 14"),
        ("assessments", "68 48 145 51 43 63 62 16 38 41 39 27 148 31 29 32 29 11 28 27"),
        ("capacities", "63 45 84 95 67 81 70 50 83 35 24 34 52"),
        ("needs", "114 147 61 43 56 9 11"),
        ("elements", "144 12 12 12 11 9 8 7 6 5 4 18 2 4 4 3 2 2"),
    ],
)
def test_the_other_paragraphs_give_the_published_figures(nr2, code, figures):
    said = plain(texts.Speaker(nr2, "en").say(code, figures_of(nr2)))

    assert "".join(each if each.isdigit() else " " for each in said).split() == figures.split()


def test_any_other_question_has_its_sentence_too(nr2):
    speaker, held = texts.Speaker(nr2, "en"), figures_of(nr2)

    assert plain(speaker.on("34", held)).startswith("In reply to Question 34")
    assert "37%" in plain(speaker.on("136", held))
    assert plain(speaker.silent("81", held)) == "2 of the 143 Parties asked gave no answer to this question."
    assert speaker.silent("143", held) == []


class TestReword:
    def test_an_officer_words_a_sentence_anew_and_the_old_one_is_kept(self, nr2):
        officer = make.secretariat()
        for text in ("{143.yes} Parties were active.", "{143.yes} were active."):
            verbs.reword(Wording(code="activities", language="en"), by=officer, text=text, of=nr2)

        assert plain(texts.Speaker(nr2, "en").say("activities", figures_of(nr2))) == "119 were active."
        assert list(Wording.objects.values_list("number", flat=True)) == [2, 1]

    @pytest.mark.parametrize(
        ("code", "text", "why"),
        [
            ("activities", "{143.maybe} Parties", "has no answer"),
            ("activities", " ", "empty"),
            ("item", "{figure}%", "must name"),
            ("africa", "in {143.yes}", "no brackets"),
            ("elsewhere", "words", "no sentence of this name"),
        ],
    )
    def test_a_wrong_one_is_refused_in_words(self, nr2, code, text, why):
        with pytest.raises(Refused, match=why):
            verbs.reword(Wording(code=code, language="en"), by=make.secretariat(), text=text, of=nr2)

        assert not Wording.objects.exists()

    def test_only_the_secretariat_words(self, nr2):
        with pytest.raises(Refused, match="Secretariat"):
            verbs.reword(Wording(code="activities", language="en"), by=make.person(), text="Nothing.", of=nr2)
