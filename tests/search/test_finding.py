"""Sixty questions in each language, as people type them: the right record is among the first ten."""

import csv
import random
import re
import unicodedata
from pathlib import Path

import pytest

from kapok.core.languages import TAGS
from kapok.search.analysis import STOP, fold
from tests.search.shelf import Shelf, document

TITLES = list(csv.DictReader(Path(__file__).with_name("titles.csv").read_text("utf-8").splitlines()))
ARABIC = str.maketrans("أإآةى", "اااهي")
NEEDED = 0.95


@pytest.fixture(scope="module")
def shelf():
    """Each title in each language as a record of its own, among five hundred others that share their words."""
    dice = random.Random(3)
    records = [
        document(row * 10 + at, {tag: TITLES[row][tag]}) for row in range(len(TITLES)) for at, tag in enumerate(TAGS)
    ]
    for number in range(500):
        tag = dice.choice(TAGS)
        pool = [word for title in TITLES for word in _words(title[tag], tag)]
        records.append(document(1000 + number, {tag: " ".join(dice.sample(pool, 6))}))
    return Shelf(records)


def _words(title, tag):
    if tag == "zh":
        return [title[at : at + 2] for at in range(0, len(title) - 1, 2)]
    return [word for word in re.findall(r"\w+", title) if len(word) > 2 and fold(word) not in STOP]


def _longest(title, tag, count):
    return sorted(_words(title, tag), key=len, reverse=True)[:count]


def plain(title, tag):
    """The most telling words, in another order and in capitals."""
    return " ".join(reversed(_longest(title, tag, 3))).upper()


def careless(title, tag):
    """Without accents, hamzas, the article, or the dots of ё; in Chinese three characters from the middle."""
    if tag == "zh":
        return f"{title[2:5]} {title[-4:-2]}"
    words = " ".join(_longest(title, tag, 3))
    if tag == "ar":
        return " ".join(word.removeprefix("ال") for word in words.translate(ARABIC).split())
    if tag == "ru":
        return words.replace("ё", "е")
    return "".join(char for char in unicodedata.normalize("NFD", words) if not unicodedata.combining(char))


def slipped(title, tag):
    """A letter left out of the longest word; two characters are enough of a slip in Chinese."""
    if tag == "zh":
        return f"{title[:2]} {title[-2:]}"
    first, second = _longest(title, tag, 2)
    return f"{first[:3]}{first[4:]} {second}"


@pytest.mark.parametrize("tag", TAGS)
def test_the_right_record_is_among_the_first_ten(shelf, tag):
    asked = [(row, way(TITLES[row][tag], tag)) for row in range(len(TITLES)) for way in (plain, careless, slipped)]
    at = TAGS.index(tag)

    missed = [(q, TITLES[row][tag]) for row, q in asked if row * 10 + at not in shelf.found(q, language=tag)[:10]]

    assert len(asked) == 60
    assert len(missed) <= len(asked) * (1 - NEEDED), missed
