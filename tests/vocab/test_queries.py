"""Labels, choices and values, as the other rooms ask for them."""

from datetime import date

import pytest

from kapok.vocab import queries
from kapok.vocab.terms import Term, Vocabulary


def test_label_in_the_language_asked_for():
    assert queries.label("scope", "global", "fr") == "Mondiale"
    assert queries.label("country", "KEN", "ru") == "Кения"


def test_label_shows_the_words_given_with_other():
    assert queries.label("theme", "other:Biosafety of cut flowers", "es") == "Biosafety of cut flowers"
    assert queries.label("theme", "other", "es") == "Otro"


def test_label_of_an_unknown_value_is_the_value():
    assert queries.label("scope", "galactic", "en") == "galactic"


def test_an_unknown_vocabulary_is_an_error():
    with pytest.raises(KeyError):
        queries.vocabulary("colour")


@pytest.mark.parametrize(
    ("code", "value", "valid"),
    [
        ("theme", "i", True),
        ("theme", "detection", True),
        ("theme", "other:Biosafety of cut flowers", True),
        ("theme", "other", True),
        ("theme", "other:", False),
        ("theme", "other:  ", False),
        ("theme", "i:words", False),
        ("theme", "z", False),
        ("theme", "", False),
        ("status", "other:mine", False),
        ("country", "KEN", True),
        ("country", "Kenya", False),
    ],
)
def test_is_valid(code, value, valid):
    assert queries.is_valid(code, value) is valid


def test_choices_follow_each_term_with_its_finer_ones():
    choices = queries.choices("theme", "en")
    at = [choice.id for choice in choices].index("i")

    assert (choices[at].depth, choices[at + 1].id, choices[at + 1].depth) == (0, "sampling", 1)
    assert (choices[-1].id, choices[-1].asks_words) == ("other", True)


def test_choices_leave_out_what_had_ended(monkeypatch):
    terms = (
        Term("old", {"en": "Old"}, valid_until=date(2020, 1, 1)),
        Term("new", {"en": "New"}, valid_from=date(2020, 1, 1)),
    )
    monkeypatch.setattr(queries, "vocabulary", lambda code: Vocabulary(code, "1.0", {"en": "Ages"}, terms))

    assert [choice.id for choice in queries.choices("ages", "en", date(2019, 12, 31))] == ["old"]
    assert [choice.id for choice in queries.choices("ages", "en", date(2020, 1, 1))] == ["new"]
    assert queries.is_valid("ages", "old")
    assert not queries.is_valid("ages", "old", date(2020, 1, 1))


def test_above_and_below():
    assert queries.ancestors("theme", "sampling") == ("i",)
    assert queries.descendants("theme", "i")[:2] == ["sampling", "detection"]
    assert queries.ancestors("theme", "i") == ()
    assert queries.descendants("theme", "sampling") == []


def test_synonyms_hold_labels_and_what_people_write():
    found = queries.synonyms("country", "CIV")

    assert {"Côte d’Ivoire", "Ivory Coast", "Кот-д’Ивуар"} <= set(found)


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("en", ["Afghanistan", "Albania", "Algeria"], "Zimbabwe"),
        ("fr", ["Afghanistan", "Afrique du Sud", "Albanie"], "Zimbabwe"),
        ("ru", ["Австралия", "Австрия", "Азербайджан"], "Япония"),
        ("zh", ["阿尔巴尼亚", "阿尔及利亚", "阿富汗"], "中国"),
        ("ar", ["الاتحاد الأوروبي", "الاتحاد الروسي", "إثيوبيا"], "اليونان"),
    ],
)
def test_countries_in_the_order_of_the_language(language, first, last):
    labels = [choice.label for choice in queries.countries(language)]

    assert labels[:3] == first
    assert labels[-1] == last
    assert len(labels) == 198


def test_letters_with_a_mark_keep_their_place():
    russian = [choice.id for choice in queries.countries("ru")]

    assert russian.index("ZWE") < russian.index("JAM") == len(russian) - 2
    assert russian.index("IRN") < russian.index("YEM") < russian.index("KAZ")


def test_places_offer_groups_before_countries():
    choices = queries.choices("place", "en")

    assert [choice.id for choice in choices[:2]] == ["africa", "asia-pacific"]
    assert [choice.label for choice in choices[10:12]] == ["Afghanistan", "Albania"]


def test_countries_bear_the_names_the_united_nations_use():
    assert queries.label("country", "KOR", "es") == "República de Corea"
    assert queries.label("country", "COD", "en") == "Democratic Republic of the Congo"
    assert queries.label("country", "IRN", "zh") == "伊朗伊斯兰共和国"
    assert queries.label("country", "EUR", "fr") == "Union européenne"
    assert queries.label("country", "ARE", "ru") == "Объединенные Арабские Эмираты"
