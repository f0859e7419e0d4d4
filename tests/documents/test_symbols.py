"""Symbols are read, refused in words, and sorted as documents are laid out."""

import contextlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapok.documents import Symbol

IN_ORDER = [
    "UNEP/CBD/BS/COP-MOP/5/17",
    "UNEP/CBD/BS/COP-MOP/6/1",
    "UNEP/CBD/BS/COP-MOP/6/7",
    "UNEP/CBD/BS/COP-MOP/6/7/Corr.1",
    "UNEP/CBD/BS/COP-MOP/6/7/Rev.1",
    "UNEP/CBD/BS/COP-MOP/6/7/Add.1",
    "UNEP/CBD/BS/COP-MOP/6/7/Add.1/Corr.1",
    "UNEP/CBD/BS/COP-MOP/6/7/Add.1/Rev.2",
    "UNEP/CBD/BS/COP-MOP/6/7/Add.2",
    "UNEP/CBD/BS/COP-MOP/6/10",
    "UNEP/CBD/BS/COP-MOP/6/INF/2",
    "UNEP/CBD/BS/COP-MOP/6/INF/10",
    "UNEP/CBD/BS/COP-MOP/6/L.1",
    "UNEP/CBD/BS/COP-MOP/6/CRP.3",
    "UNEP/CBD/BS/COP-MOP/10/1",
]
WRONG = [
    "", "7", "UNEP", "UNEP/", "/UNEP/7", "UNEP//7", "unep/cbd/7", "UNEP/CBD/0", "UNEP/CBD/7/Add.0", "UNEP/CBD/7/Add.",
    "UNEP/CBD/Add.1", "UNEP/CBD/7/add.1", "UNEP/CBD/INF", "UNEP/CBD/7/Note.1", "UNEP/CBD/XYZ.1", "UNEP/CBD/7 Add.1",
    "UNEP/CBD/../7", "UNEP/CBD/7\n", "6/7", "UNEP/CBD/99999",
]  # fmt: skip


@pytest.mark.parametrize("text", [*IN_ORDER, "CBD/CP/MOP/10/5", "A/RES/70/1", "UNEP/CBD/BS/CM-CB/8/INF/1"])
def test_a_symbol_is_read_and_written_the_same(text):
    assert str(Symbol.parse(text)) == text


def test_symbols_sort_as_documents_are_laid_out():
    assert [str(one) for one in sorted(map(Symbol.parse, reversed(IN_ORDER)))] == IN_ORDER


@pytest.mark.parametrize("text", [one for one in WRONG if one.strip() == one])
def test_what_is_no_symbol_is_refused_in_words(text):
    with pytest.raises(ValueError, match="is no symbol of a document"):
        Symbol.parse(text)


def test_an_addendum_knows_its_document():
    assert str(Symbol.parse("CBD/CP/MOP/10/5/Add.1/Rev.2").base) == "CBD/CP/MOP/10/5/Add.1"
    assert Symbol.parse("CBD/CP/MOP/10/INF/5").series == "INF"


@given(st.lists(st.sampled_from(IN_ORDER), min_size=2, max_size=6))
def test_the_order_is_total(texts):
    found = sorted(map(Symbol.parse, texts))

    assert all(not second < first for first, second in pairwise(found))


@given(st.text(alphabet="UNEPCBD/.0123456789AdRevCorINFL -", max_size=40))
def test_any_text_is_read_whole_or_refused(text):
    with contextlib.suppress(ValueError):
        assert str(Symbol.parse(text)) == text.strip()
