"""Words as the index knows them: folded, then stemmed by language; Chinese in pairs of characters.

Folding makes equal what people type unequally: capitals, accents, Arabic letter forms, vowel marks, digits.
All languages share one space of stems, so that a search in any language is one short list of terms.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain, islice

import tantivy

WORD = re.compile(r"[^\W_]+")
HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
HAN_RUN = re.compile(f"[{HAN}]+")
HAN_SPLIT = re.compile(f"([{HAN}]+)")
# Marks that carry no difference for a searcher; the breve stays where it makes й of и.
SIGNS = "\u0300-\u0305\u0307-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\ufeff"
MARKS = re.compile(f"[{SIGNS}]|(?<!и)\u0306")
A_MARK = f"[{SIGNS}\u0306]"
# Where letters stand whose folded form is another: Latin, Greek, Cyrillic, Arabic, compatible forms of all of them.
LETTER_BLOCKS = ((0x41, 0x250), (0x370, 0x530), (0x600, 0x700), (0x1E00, 0x2000), (0xF900, 0xFB00), (0xFB50, 0xFFF0))
LETTERS = str.maketrans("ىیکةٱ" + "٠١٢٣٤٥٦٧٨٩" + "۰۱۲۳۴۵۶۷۸۹", "ييكها" + "0123456789" * 2)
WRITTEN = re.compile(r"[\w\u0610-\u061a\u064b-\u065f\u0670]+")  # a word before folding, its vowel marks included
ARABIC = re.compile("[\u0600-\u06ff]")
BREAK = "¶"  # stands between texts, so that no phrase reaches from one into the next

# Words too common to ask for; a phrase in quotes keeps them.
STOP = frozenset(
    WORD.findall(
        """
        a an and are as at be by for from in into is it its of on or that the their this to was were will with
        au aux avec ce ces dans de des du elle en est et il la le les leur leurs ne ou par pas pour qu que qui sa se
        ses son sont sur un une d l s n c j t
        al como con del el ella es esta este las los mas no o para pero por sin su sus una uno y
        в во и или из к ко на о об от по при с со за для не что это как до его их а
        في من على الي عن مع هذا هذه ان او ثم التي الذي و ما لا
        """
    )
)

_ENGLISH = re.compile(r"is(e|es|ed|er|ers|ing|ation|ations|ational)$")
_ENGLISH_WORDS = {"programme": "program", "programmes": "program", "centre": "center", "centres": "center"}
_FRENCH = re.compile(r"ees?$")
_SPANISH = re.compile(r"([cs])ion$")
_SPANISH_SCIENCE = re.compile(r"logia(s?)$")
_ARABIC_BEFORE = ("وال", "بال", "كال", "فال", "لل", "ال")
_ARABIC_AFTER = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def fold(text: str) -> str:
    """Small letters without accents, marks, or variants of one letter."""
    if text.isascii():
        return text.lower()
    text = MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    text = unicodedata.normalize("NFC", text)
    return text.translate(LETTERS) if ARABIC.search(text) else text


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    """For each folded letter all letters that fold to it."""
    found: dict[str, str] = {}
    for letter in map(chr, chain.from_iterable(range(first, last) for first, last in LETTER_BLOCKS)):
        folded = fold(letter)
        if len(folded) == 1:
            found[folded] = found.get(folded, folded) + letter
    return found


def as_written(folded: str, more: Iterable[str] = ()) -> str:
    """An expression that finds a folded text, and one of some to go on with, as people write them.

    Accents and marks are found whatever the folded text lost of them.
    """
    letters = [any_form(one) for one in folded]
    rest = [as_written(one) for one in more]
    return f"{A_MARK}*".join([*letters, f"(?:{'|'.join(rest)})"] if any(rest) else letters)


def any_form(letters: str) -> str:
    """An expression that finds each of some folded letters as people write them."""
    return f"[{re.escape(''.join(_variants().get(one, one) for one in letters))}]"


def words(text: str) -> list[str]:
    """The folded words of a text, unstemmed; Chinese still in whole runs."""
    return WORD.findall(fold(text))


def _snowball(language: str) -> Callable[[str], str]:
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer(language)).build()
    return lambda word: analyzer.analyze(word)[0]


_stem_en, _stem_fr, _stem_es, _stem_ru = (_snowball(name) for name in ("english", "french", "spanish", "russian"))


def _english(word: str) -> str:
    word = _ENGLISH_WORDS.get(word, word)
    return _stem_en(_ENGLISH.sub(r"iz\1", word) if len(word) > 5 else word)


def _french(word: str) -> str:
    return _stem_fr(_FRENCH.sub("e", word))


def _spanish(word: str) -> str:
    stemmed = _stem_es(_SPANISH_SCIENCE.sub(r"logía\1", _SPANISH.sub(r"\1ión", word)))
    return stemmed if stemmed.isascii() else fold(stemmed)


def _arabic(word: str) -> str:
    """Take off the article with its particles, and the endings of number and gender."""
    if word.startswith("و") and len(word) > 4 and not word.startswith("وال"):
        word = word[1:]
    for before in _ARABIC_BEFORE:
        if word.startswith(before) and len(word) - len(before) >= 3:
            word = word[len(before) :]
            break
    for after in _ARABIC_AFTER:
        if word.endswith(after) and len(word) - len(after) >= 3:
            word = word[: -len(after)]
    return word


_LATIN: dict[str, Callable[[str], str]] = {"en": _english, "fr": _french, "es": _spanish}


def is_han(word: str) -> bool:
    """Written in characters that have no spaces between words."""
    return HAN_RUN.match(word) is not None


def is_arabic(word: str) -> bool:
    """Written in Arabic letters."""
    return "\u0600" <= word[0] <= "\u06ff"


@lru_cache(maxsize=400_000)
def stem(word: str, language: str = "") -> str:
    """The stem of one folded word. The script decides first, then the language of the text."""
    if word.isascii():
        return word if word[0].isdigit() else _LATIN.get(language, _english)(word)
    if "\u0400" <= word[0] <= "\u052f":
        return _stem_ru(word)
    if is_arabic(word):
        return _arabic(word)
    return _LATIN.get(language, _english)(word)


def pairs(run: str) -> list[str]:
    """Chinese in overlapping pairs, and the last character alone, so that one character is found as a prefix."""
    return [run[at : at + 2] for at in range(len(run) - 1)] + [run[-1]]


def open_ended(row: list[str]) -> list[str]:
    """A row of stems without the single character that ends a Chinese run, so that it is found within longer runs."""
    return row[:-1] if len(row) > 1 and len(row[-1]) == 1 and is_han(row[-1]) else row


def tokens(text: str, language: str = "") -> list[str]:
    """The stems of a text in their order, as they stand in the index."""
    return stemmed(words(text), language)


def has_han(said: list[str]) -> bool:
    """Is any of these words written in characters that have no spaces between words?"""
    together = "".join(said)
    return not together.isascii() and HAN_RUN.search(together) is not None


def stemmed(said: list[str], language: str) -> list[str]:
    """The stems of folded words; runs of Chinese become pairs."""
    # One look at all words together: most texts hold no Chinese, and need no look at each.
    if not has_han(said):
        return [stem(word, language) for word in said]
    found: list[str] = []
    for word in said:
        if word.isascii() or HAN_RUN.search(word) is None:
            found.append(stem(word, language))
        else:
            for part in filter(None, HAN_SPLIT.split(word)):
                found.extend(pairs(part) if is_han(part) else [stem(part, language)])
    return found


def stems(word: str) -> tuple[str, ...]:
    """Every stem under which a word may stand, whatever the language of the text it is in."""
    if not word.isascii() and ("\u0400" <= word[0] <= "\u06ff"):
        return (stem(word),)
    return tuple(dict.fromkeys((*(stem(word, language) for language in _LATIN), word)))


@lru_cache(maxsize=20_000)
def parts(written: str, language: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and stem of what one written word holds: itself, or the pairs of a Chinese run.

    Folding may change the length of a text, so each word is folded alone.
    """
    if HAN_RUN.search(written) is None:
        return tuple((0, len(written), stem(word, language)) for word in words(written))
    found: list[tuple[int, int, str]] = []
    at = 0
    for part in filter(None, HAN_SPLIT.split(written)):
        if is_han(part):
            found.extend((at + i, at + min(i + 2, len(part)), pair) for i, pair in enumerate(pairs(part)))
        else:
            found.extend((at, at + len(part), stem(word, language)) for word in words(part))
        at += len(part)
    return tuple(found)


def spans(text: str, language: str, first: int, most: int) -> list[tuple[int, int, str]]:
    """Start, end and stem of so many words of a text as written, from a place on, for marking what was found."""
    return [
        (match.start() + start, match.start() + end, found)
        for match in islice(WRITTEN.finditer(text, first), most)
        for start, end, found in parts(match[0], language)
    ]
