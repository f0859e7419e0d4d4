"""What each kind of field accepts, and the sentence it answers with when it does not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapok.formats import kinds
from kapok.formats.problems import Problems


def clean(kind: kinds.Kind, raw: Any, *, final: bool = True) -> tuple[Any, list[str]]:
    """The kept value and the sentences."""
    problems = Problems()
    value = kind.clean(raw, problems, "field", final=final)
    return value, [str(problem.sentence) for problem in problems]


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        (kinds.Line("L"), "  two   words ", "two words"),
        (kinds.Line("L"), "safe\u202etxt.exe", "safetxt.exe"),
        (kinds.Words("W"), "a\r\nb", "a\nb"),
        (kinds.Lines("L"), "one\n\ntwo\none", ["one", "two"]),
        (kinds.Text("T"), {"fr": "eau", "en": "water", "es": " "}, {"en": "water", "fr": "eau"}),
        (kinds.Day("D"), "2026-3-1", "2026-03-01"),
        (kinds.Day("D", partial=True), "2026-3", "2026-03"),
        (kinds.Day("D", partial=True), "1997", "1997"),
        (kinds.Number("N"), "1 234", 1234),
        (kinds.Number("N"), 0, 0),
        (kinds.Amount("A"), "1 234.50", "1234.50"),
        (kinds.Amount("A", signed=True), "-3", "-3"),
        (kinds.YesNo("Y"), "no", False),
        (kinds.YesNo("Y"), True, True),
        (kinds.Link("L"), "www.example.org/a", "https://www.example.org/a"),
        (kinds.Mail("M"), "office@example.org", "office@example.org"),
        (kinds.Choice("C", "theme"), "a", "a"),
        (kinds.Choice("C", "theme"), "Risk management", "d"),
        (kinds.Choice("C", "theme"), "other:Seed banks", "other:Seed banks"),
        (kinds.Choice("C", "country"), "Côte d’Ivoire", "CIV"),
        (kinds.Terms("T", "theme"), "a; c", ["a", "c"]),
        (kinds.Terms("T", "theme"), ["a", "a"], ["a"]),
        (kinds.Shares("S", "theme"), ["a"], [{"id": "a"}]),
        (
            kinds.Shares("S", "country"),
            "KEN=25%; UGA=75%",
            [{"id": "KEN", "share": "0.25"}, {"id": "UGA", "share": "0.75"}],
        ),
    ],
)
def test_what_is_right_is_kept_in_one_form(kind, raw, kept):
    assert clean(kind, raw) == (kept, [])


@pytest.mark.parametrize(
    ("kind", "raw", "sentence"),
    [
        (kinds.Line("Name", required=True), "  ", "Answer “Name”: it is required."),
        (kinds.Line("L", most=3), "four", "This has 4 characters; at most 3 are allowed."),
        (kinds.Line("L"), {"a": 1}, "Write this as text."),
        (kinds.Text("T", words=2), {"en": "one two three"}, "This has 3 words; at most 2 are allowed."),
        (kinds.Text("T"), {"tlh": "nuqneH"}, "“tlh” is not one of the six languages."),
        (kinds.Text("T"), "plain", "Give the text by language, such as {“en”: “…”}."),
        (kinds.Day("D"), "2026-02", "Write the date as year, month and day: 2026-03-31."),
        (kinds.Day("D"), "2026-02-30", "There is no such day in the calendar."),
        (kinds.Day("D", partial=True), "soon", "Write a date as 2026-03-31, a month as 2026-03, or a year as 2026."),
        (kinds.Day("D", partial=True), "0999", "Give a year between 1900 and 2200."),
        (kinds.Number("N", least=1, most=9), "10", "Give a whole number from 1 to 9."),
        (kinds.Number("N"), True, "Give a whole number from 0 to 1000000000."),
        (kinds.Amount("A"), "1,5", "Write the number with digits and a point for decimals: 1234.50."),
        (kinds.Amount("A"), "NaN", "Write the number with digits and a point for decimals: 1234.50."),
        (kinds.Amount("A"), "-1", "Give an amount of zero or more."),
        (kinds.Amount("A"), "1.234", "Give at most 2 decimals."),
        (kinds.YesNo("Y"), "perhaps", "Answer yes or no."),
        (kinds.Link("L"), "javascript:alert(1)", "Give a whole web address, beginning with https:// or http://."),
        (kinds.Link("L"), "http://[", "Give a whole web address, beginning with https:// or http://."),
        (kinds.Mail("M"), "office", "Give an e-mail address such as office@example.org."),
        (kinds.Choice("C", "theme"), "zzz", "“zzz” is not in the list. Choose one of the terms offered."),
        (kinds.Choice("C", "theme"), "other", "You chose “Other”: say in a few words what you mean."),
        (kinds.Terms("T", "theme", most=1), ["a", "b"], "Choose at most 1."),
        (kinds.Shares("S", "theme"), "a=50%; b", "Give a share for each, or for none (then all are equal)."),
        (kinds.Shares("S", "theme"), "a=50%; b=40%", "The shares make 90 %; they must make exactly 100 %."),
        (kinds.Shares("S", "theme"), "a=x", "Give each share as a percentage between 0 and 100."),
        (kinds.Files("F"), "x", "Give a list of files."),
    ],
)
def test_what_is_wrong_gets_a_sentence(kind, raw, sentence):
    assert sentence in clean(kind, raw)[1]


def test_a_draft_may_be_incomplete_but_not_wrong():
    kind = kinds.Day("D", required=True)

    assert clean(kind, "", final=False) == (None, [])
    assert clean(kind, "tomorrow", final=False)[1] != []


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
EVERY_KIND = (
    kinds.Line("L"),
    kinds.Words("W"),
    kinds.Lines("L"),
    kinds.Text("T"),
    kinds.Day("D", partial=True),
    kinds.Number("N"),
    kinds.Amount("A"),
    kinds.YesNo("Y"),
    kinds.Link("L"),
    kinds.Mail("M"),
    kinds.Choice("C", "theme"),
    kinds.Terms("T", "audience"),
    kinds.Shares("S", "theme"),
    kinds.Files("F"),
)


@given(raw=anything, kind=st.sampled_from(EVERY_KIND))
def test_any_input_is_accepted_or_refused_in_words_and_what_is_kept_stays(raw, kind):
    value, said = clean(kind, raw)

    assert all(said)
    if not said:
        assert clean(kind, value) == (value, [])


@given(
    shares=st.lists(st.integers(1, 97), min_size=2, max_size=12),
)
def test_given_shares_make_the_whole_or_are_refused(shares):
    ids = "abcdefghijkl"
    raw = [{"id": ids[number], "share": f"0.{share:02d}"} for number, share in enumerate(shares)]

    value, said = clean(kinds.Shares("S", "theme"), raw)

    assert (sum(shares) == 100) == (said == [])
    assert len(value) == len(shares)
