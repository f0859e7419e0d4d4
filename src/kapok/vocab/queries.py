"""Asking about terms: what they are called, what may be chosen, what stands above and below.

A value is stored as the id of its term; a value in one's own words is stored as `other:the words`.
"""

import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache

from kapok.core import languages
from kapok.vocab import loading
from kapok.vocab.groups import TESTS, groups_of, members, region_of
from kapok.vocab.terms import Choice, Term, Vocabulary

__all__ = [
    "ancestors",
    "choices",
    "codes",
    "countries",
    "descendants",
    "group_label",
    "groups_of",
    "is_valid",
    "label",
    "members",
    "note",
    "region_of",
    "sort_key",
    "split_value",
    "synonyms",
    "term",
    "vocabulary",
]

# The vocabularies offered in the alphabetical order of the reader's language.
BY_NAME = frozenset({"country", "place", "language", "currency"})
# Characters outside the part of the standard that is ordered by sound, and a common one of the same sound.
SOUNDS_LIKE = str.maketrans({"斐": "非", "瑙": "脑"})


def codes() -> tuple[str, ...]:
    """The codes of every vocabulary, in order."""
    return tuple(sorted(loading.index()))


def vocabulary(code: str) -> Vocabulary:
    """One vocabulary; KeyError when there is none of this code."""
    return loading.load(code)


def split_value(value: str) -> tuple[str, str]:
    """The id of a stored value, and the words given with `other`."""
    term_id, _, words = value.partition(":")
    return term_id, words.strip()


def term(code: str, term_id: str) -> Term | None:
    """The term of an id or a stored value, or None."""
    return vocabulary(code).by_id.get(split_value(term_id)[0])


def label(code: str, value: str, language: str | None = None) -> str:
    """What to show for a stored value: the label, or the words given with `other`; an unknown value as it is."""
    words = split_value(value)[1]
    if words:
        return words
    found = term(code, value)
    return found.label(language) if found else value


def note(code: str, value: str, language: str | None = None) -> str:
    """The meaning written out, where a term has one."""
    found = term(code, value)
    return languages.words(found.note, language) if found else ""


def is_valid(code: str, value: str, as_of: date | None = None) -> bool:
    """Whether a value may be stored: a known id, held on that day when one is given; words only with `other`."""
    term_id, words = split_value(value)
    found = vocabulary(code).by_id.get(term_id)
    if found is None or (":" in value and not (found.asks_words and words)):
        return False
    return as_of is None or found.holds(as_of)


def choices(code: str, language: str | None = None, as_of: date | None = None) -> Sequence[Choice]:
    """What a select offers on a day: in order, each term followed by its finer ones; countries by name."""
    return choices_on(code, language or languages.current(), as_of or date.today())


@lru_cache(maxsize=2048)
def choices_on(code: str, language: str, as_of: date) -> tuple[Choice, ...]:
    """What a select offers in one language on one day."""
    list_ = vocabulary(code)
    found = [
        Choice(each.id, each.label(language), list_.depth(each), each.asks_words)
        for each in list_.terms
        if each.holds(as_of)
    ]
    if code in BY_NAME:
        found.sort(key=lambda choice: (choice.asks_words, *order_by_name(code, choice, language)))
    return tuple(found)


def order_by_name(code: str, choice: Choice, language: str) -> tuple[int, str]:
    """Where a choice stands in a list by name; groups come before countries, in their own order."""
    if code == "place" and choice.id in TESTS:
        return list(TESTS).index(choice.id) - len(TESTS), ""
    return 0, sort_key(choice.label, language)


def countries(language: str | None = None) -> Sequence[Choice]:
    """The countries in the alphabetical order of the language."""
    return choices("country", language)


@lru_cache(maxsize=10_000)
def ancestors(code: str, term_id: str) -> tuple[str, ...]:
    """The ids above a term, the nearest first."""
    found: list[str] = []
    above = term(code, term_id)
    while above is not None and above.broader:
        found.append(above.broader)
        above = term(code, above.broader)
    return tuple(found)


def descendants(code: str, term_id: str) -> list[str]:
    """The ids below a term, in the order of the vocabulary."""
    found: list[str] = []
    start = term(code, term_id)
    for finer in start.narrower if start else ():
        found += [finer, *descendants(code, finer)]
    return found


def synonyms(code: str, term_id: str) -> tuple[str, ...]:
    """Every other way a term is written: its labels in all languages, and what people call it."""
    found = term(code, term_id)
    return tuple(dict.fromkeys([*found.labels.values(), *found.synonyms])) if found else ()


def group_label(group: str, language: str | None = None) -> str:
    """The name of a group of countries."""
    return label("group", group, language)


@cache
def sort_key(text: str, language: str) -> str:
    """A key that sorts as readers of the language expect: accents aside, Arabic without its article,

    Chinese by sound (the national standard encodes the common characters in that order).
    """
    if language == "zh":
        return text.translate(SOUNDS_LIKE).encode("gb18030").decode("latin-1")
    if language == "ar" and text.startswith("ال"):
        text = text[2:]
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ñ", "n\uffff").replace("й", "и\uffff"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
