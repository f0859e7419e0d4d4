"""Texts are shortened at a word, within a number of characters, and keep every letter whole."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapok.core.shortening import shorten


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("Manual on sampling", 18, "Manual on sampling"),
        ("Manual on sampling", 17, "Manual on…"),
        ("Manual on sampling", 10, "Manual on…"),
        ("Laboratories, seeds and more", 15, "Laboratories…"),
        ("https://example.org/a/very/long/address", 20, "https://example.org…"),
        ("A laboratoryforeverything", 12, "A laborator…"),
        ("生物安全能力建设项目报告", 7, "生物安全能力…"),
        ("", 5, ""),
        ("ab", 1, "…"),
        ("ab", 0, ""),
    ],
)
def test_a_text_is_cut_at_a_word_and_the_dots_count(text, most, short):
    assert shorten(text, most) == short


@pytest.mark.parametrize("most", range(1, 12))
def test_marks_stay_with_their_letter(most):
    arabic, accents, family = "مُخْتَبَرَاتٌ", "e\u0301" * 8, "👩\u200d👧\u200d👦" * 3

    for text, whole in ((arabic, None), (accents, "e\u0301"), (family, "👩\u200d👧\u200d👦")):
        short = shorten(text, most).removesuffix("…")
        assert text.startswith(short)
        rest = text[len(short) :]
        assert not unicodedata.category(rest[0]).startswith("M")
        assert whole is None or len(short) % len(whole) == 0


@given(text=st.text(), most=st.integers(0, 60))
def test_it_is_never_longer_than_asked_and_never_another_text(text, most):
    short = shorten(text, most)

    assert len(short) <= most or not most
    assert short == text if len(text) <= most else text.startswith(short.removesuffix("…"))
