"""Terms of a vocabulary as people write them: several in one cell, in any language, by the codes of other lists."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from django.utils.translation import gettext_noop
from rapidfuzz import fuzz, process

from kapok import vocab
from kapok.exchange.importing.said import Notes
from kapok.vocab.finding import fold, spellings

GUESSED = gettext_noop("“%(value)s” was read as “%(read)s”.")
OWN_WORDS = gettext_noop("“%(value)s” is not in the list; it was kept in its own words under “Other”.")
NOT_THERE = gettext_noop("“%(value)s” is not in the list of “%(label)s”. Write one of its terms.")
PERHAPS = gettext_noop("“%(value)s” is not in the list of “%(label)s”. Did you mean “%(read)s”?")
SURE, LIKELY = 92, 75
LONGEST = 5
NOTHING_IS_SAID = (
    "-;--;–;—;.;?;x;n/a;na;n.a.;none;nil;null;tbd;unknown;unspecified;not specified;néant;neant;sans objet;s/o;so;"
    "aucun;aucune;à déterminer;non disponible;n/d;nd;ninguno;ninguna;no aplica;por definir;sin datos;sin información;"
    "нет;н/д;нд;нет данных;无;暂无;未定;不详;不适用;لا يوجد;لا شيء;غير متوفر;غير محدد"
)
NOTHING = frozenset(NOTHING_IS_SAID.split(";"))
SIGNS = re.compile(r"\s*[;|\n]\s*")
JOINTS = re.compile(r"\s+(?:and|et|y|e|и|و|&)\s+|\s*[/、،，]\s*")


def is_nothing(text: str) -> bool:
    """Does a cell say that there is nothing to say?"""
    return text.strip().casefold() in NOTHING


@cache
def known(vocabulary: str) -> dict[str, str]:
    """Every folded spelling with its term."""
    found: dict[str, str] = {}
    for term in vocab.vocabulary(vocabulary).terms:
        for _rank, written in spellings(term):
            if len(written) > 3:
                found.setdefault(fold(written), term.id)
    return found


@lru_cache(maxsize=50_000)
def one(vocabulary: str, text: str) -> tuple[str, int]:
    """The term of one text with how sure it is: 100 when it is so called, less when it is only like it."""
    found = vocab.find(vocabulary, text)
    if found:
        return found.id, 100
    folded = fold(text)
    if len(folded) < LONGEST:
        return "", 0
    names = known(vocabulary)
    like = process.extractOne(folded, list(names), scorer=fuzz.ratio, score_cutoff=LIKELY)
    return (names[like[0]], int(like[1])) if like else ("", 0)


@lru_cache(maxsize=50_000)
def is_called(vocabulary: str, text: str) -> bool:
    """Is a term called exactly so?"""
    return vocab.find(vocabulary, text) is not None


@lru_cache(maxsize=50_000)
def pieces(vocabulary: str, text: str) -> tuple[str, ...]:
    """The texts of a cell that each name one term: a name with commas in it stays whole."""
    if is_called(vocabulary, text):
        return (text,)
    parts = [part for part in SIGNS.split(text) if part]
    if len(parts) > 1:
        return tuple(piece for part in parts for piece in pieces(vocabulary, part))
    if "," in text:
        return tuple(rejoined(vocabulary, [part.strip() for part in text.split(",") if part.strip()]))
    joints = [part for part in JOINTS.split(text) if part]
    if len(joints) > 1 and all(one(vocabulary, part)[1] >= SURE for part in joints):
        return tuple(joints)
    return (text,)


def rejoined(vocabulary: str, parts: list[str]) -> Iterator[str]:
    """Pieces between commas; neighbours that make one name together are put together again."""
    at = 0
    while at < len(parts):
        for size in range(min(4, len(parts) - at), 1, -1):
            together = ", ".join(parts[at : at + size])
            if is_called(vocabulary, together):
                yield together
                at += size
                break
        else:
            yield parts[at]
            at += 1


def has_other(vocabulary: str) -> bool:
    """Does the list end in “Other”?"""
    other = vocab.term(vocabulary, "other")
    return bool(other and other.asks_words)


def understand(vocabulary: str, text: str, notes: Notes, path: str, *, single: bool = False) -> list[str]:
    """The terms of a cell; what is guessed, kept in its own words or left out is told."""
    found: list[str] = []
    for piece in (text,) if single else pieces(vocabulary, text):
        value = term(vocabulary, piece, notes, path)
        if value and value not in found:
            found.append(value)
    return found


def term(vocabulary: str, text: str, notes: Notes, path: str) -> str:
    """One term, or nothing."""
    head, colon, words = text.partition(":")
    if colon and head == "other" and has_other(vocabulary):
        return f"other:{words.strip()[:300]}"
    value, sure = one(vocabulary, text)
    if sure == 100:
        return value
    read = vocab.label(vocabulary, value, "en") if value else ""
    if sure >= SURE:
        notes.remark(GUESSED, path, text, read=read)
        return value
    if has_other(vocabulary):
        notes.remark(OWN_WORDS, path, text)
        return f"other:{text[:300]}"
    if value:
        notes.drop(PERHAPS, path, text, label=path, read=read)
    else:
        notes.drop(NOT_THERE, path, text, label=path)
    return ""


@cache
def by_code(vocabulary: str) -> dict[str, list[str]]:
    """The terms by what other lists call them: `dac:41010`, `iati:ActivityScope/1`, `bch:gender/7CC8…`."""
    found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for each in vocab.vocabulary(vocabulary).terms:
        for one_map in each.maps:
            found[f"{one_map.scheme}:{one_map.code}".casefold()].append((one_map.kind != "exact", each.id))
    return {code: [each for _worse, each in sorted(hits, key=lambda hit: hit[0])] for code, hits in found.items()}


def of_code(vocabulary: str, code: str) -> str:
    """The term that another list calls so, the exact one first; nothing where it has none."""
    return next(iter(by_code(vocabulary).get(code.casefold(), ())), "")


def of_bch(vocabulary: str, identifier: str) -> str:
    """The term of an identifier of the clearing-house, in whichever of its lists it stands."""
    wanted = f"/{identifier}".casefold()
    for code, found in by_code(vocabulary).items():
        if code.startswith("bch:") and code.endswith(wanted):
            return found[0]
    return ""
