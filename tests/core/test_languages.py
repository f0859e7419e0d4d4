"""Text in several languages: the reader's first, else the best there is, and always marked."""

import pytest
from django.utils import translation

from kapok.core import languages


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ({"en": "Training", "fr": "Formation"}, "fr", ("Formation", "fr")),
        ({"en": "Training", "fr": ""}, "fr", ("Training", "en")),
        ({"zh": "培训", "ru": "Обучение"}, "es", ("Обучение", "ru")),
        ({"pt": "Formação"}, "en", ("Formação", "pt")),
        ("plain", "fr", ("plain", "")),
        ({}, "fr", ("", "")),
        (None, "fr", ("", "")),
    ],
)
def test_the_best_text_comes_with_its_language(text, wanted, found):
    assert languages.best(text, wanted) == found
    assert languages.words(text, wanted) == found[0]


def test_the_readers_language_is_the_one_in_use():
    with translation.override("zh-hans"):
        assert languages.current() == "zh"
        assert languages.words({"en": "Training", "zh": "培训"}) == "培训"


@pytest.mark.parametrize(("tag", "code"), [("zh", "zh-hans"), ("ar", "ar"), ("xx", "en")])
def test_tags_for_people_and_codes_for_django(tag, code):
    assert languages.code_of(tag) == code


@pytest.mark.parametrize(("code", "tag"), [("zh-hans", "zh"), ("fr-ca", "fr"), (None, "en"), ("sw", "en")])
def test_codes_become_tags(code, tag):
    assert languages.tag_of(code) == tag


def test_direction_follows_the_language():
    assert languages.direction("ar") == "rtl"
    assert languages.direction("fa-AF") == "rtl"
    assert languages.direction("zh") == "ltr"
