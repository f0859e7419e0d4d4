"""Understanding a term as people write it: any language, any accents, any order of the words."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from kapok.vocab.loading import load
from kapok.vocab.terms import Term

ARABIC = str.maketrans({"ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ـ": ""})
SHORT = {"st": "saint", "ste": "sainte", "rep": "republic", "dem": "democratic", "fed": "federated"}


def one_of(words: str, between: str | None = None) -> frozenset[str]:
    """The words written here, as a set."""
    return frozenset(words.split(between))


SMALL = one_of("and the of de del della da do dos du des d l la las le les los el y et e и و")
FORMAL = one_of(
    "republic kingdom islamic commonwealth sultanate principality state federal democratic republique royaume "
    "islamique republica reino islamica республика королевство федеративная جمهوريه الجمهوريه مملكه"
)
# Written like the name of a country and naming another, or two: better asked than guessed.
DOUBTFUL = one_of("china republic,chine republique,china republica,korea,coree,corea,корея,كوريا", ",")
INITIALS = re.compile(r"\b(?:\w\.){2,}")
WORD = re.compile(r"\w+")


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """The text without case, accents, variant letters, dots and signs, so that spellings can be compared."""
    if "." in text:
        text = INITIALS.sub(lambda found: found[0].replace(".", ""), text)
    plain = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ").translate(ARABIC)
    if not plain.isascii():
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(SHORT.get(word, word) for word in WORD.findall(plain))


def bag(folded: str) -> str:
    """The words that matter in alphabetical order: `Congo, Democratic Republic of the` equals its inversion."""
    return " ".join(sorted(set(folded.split()) - SMALL)) or folded


def informal(folded: str) -> str:
    """The words that matter, without those of a formal name: `Republic of Kenya` is `kenya`."""
    key = bag(folded)
    return "" if key in DOUBTFUL else " ".join(word for word in key.split() if word not in FORMAL)


def spellings(term: Term) -> Iterator[tuple[int, str]]:
    """Every way a term is written, each with its rank: the id, then labels, then synonyms."""
    yield 0, term.id
    for label in term.labels.values():
        yield 1, label
    for synonym in term.synonyms:
        yield 2, synonym
    if "m49" in term.facts:
        yield 0, term.facts["m49"]


@cache
def keys(code: str, key: Callable[[str], str]) -> dict[str, list[str]]:
    """The ids of the terms behind each folded spelling, the likeliest first."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for order, term in enumerate(load(code).terms):
        for rank, written in spellings(term):
            if made := key(fold(written)):
                found.setdefault(made, []).append((rank, order, term.id))
    return {made: list(dict.fromkeys(hit[2] for hit in sorted(hits))) for made, hits in found.items()}


@cache
def by_iso2() -> dict[str, str]:
    """Countries by their two letters, which only count in capitals: `no` in a table is seldom Norway."""
    return {term.facts["iso2"]: term.id for term in load("country").terms}


def find(code: str, written: str, language: str | None = None) -> Term | None:
    """The term somebody means, or None. Where a spelling fits several, the one so called in `language` wins."""
    vocabulary, written = load(code), written.strip()
    if written in vocabulary.by_id:
        return vocabulary.by_id[written]
    if code == "country" and written in by_iso2():
        return vocabulary.by_id[by_iso2()[written]]
    folded = fold(written)
    tries: tuple[Callable[[str], str], ...] = (str, bag, informal) if code == "country" else (str, bag)
    for key in tries:
        wanted = key(folded)
        hits = keys(code, key).get(wanted, []) if wanted else []
        for hit in hits:
            if language and key(fold(vocabulary.by_id[hit].labels.get(language, ""))) == wanted:
                return vocabulary.by_id[hit]
        if hits:
            return vocabulary.by_id[hits[0]]
    return None
