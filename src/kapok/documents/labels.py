"""How sections, paragraphs and their parts are numbered in each language: as words, and as Word calls it."""

from collections.abc import Callable
from dataclasses import dataclass

ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
CHINESE = "〇一二三四五六七八九"


def decimal(number: int) -> str:
    """1, 2, 3."""
    return str(number)


def roman(number: int) -> str:
    """I, II, III."""
    found = ""
    steps = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
    for value, letters in (*steps, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            found, number = found + letters, number - value
    return found


def small_roman(number: int) -> str:
    """i, ii, iii."""
    return roman(number).lower()


def of_letters(letters: str) -> Callable[[int], str]:
    """a, b, … z, aa, bb, as Word goes on."""
    return lambda number: letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)


def chinese(number: int) -> str:
    """一, 二, … 十, 十一, … up to 99."""
    tens, ones = divmod(number, 10)
    if not tens:
        return CHINESE[ones]
    return ("" if tens == 1 else CHINESE[tens]) + "十" + (CHINESE[ones] if ones else "")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A way to count: what Word calls it, our own counting, and what stands around the number."""

    word: str
    count: Callable[[int], str]
    before: str = ""
    after: str = "."

    def label(self, number: int) -> str:
        """The number as it stands before its text."""
        return f"{self.before}{self.count(number)}{self.after}"


DECIMAL = Numeral("decimal", decimal)
ROMAN = Numeral("upperRoman", roman)
CAPITAL = Numeral("upperLetter", of_letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
LETTER = Numeral("lowerLetter", of_letters("abcdefghijklmnopqrstuvwxyz"), "(", ")")
SMALL = Numeral("lowerRoman", small_roman, "(", ")")
OPEN_LETTER = Numeral("lowerLetter", of_letters("abcdefghijklmnopqrstuvwxyz"), "", ")")
OPEN_SMALL = Numeral("lowerRoman", small_roman, "", ")")


@dataclass(frozen=True, slots=True)
class Numerals:
    """Headings of three levels, then paragraphs and two levels of their parts."""

    headings: tuple[Numeral, Numeral, Numeral] = (ROMAN, CAPITAL, DECIMAL)
    paragraphs: tuple[Numeral, Numeral, Numeral] = (DECIMAL, LETTER, SMALL)


_OPEN = Numerals(paragraphs=(DECIMAL, OPEN_LETTER, OPEN_SMALL))
_ABJAD = of_letters(ABJAD)
_DASHED = Numeral("decimal", decimal, "", " -")
NUMERALS: dict[str, Numerals] = {
    "ar": Numerals(
        (Numeral("upperRoman", roman, "", " -"), Numeral("arabicAbjad", _ABJAD, "", " -"), _DASHED),
        (_DASHED, Numeral("arabicAbjad", _ABJAD, "(", ")"), Numeral("decimal", decimal, "(", ")")),
    ),
    "en": Numerals(),
    "es": _OPEN,
    "fr": _OPEN,
    "ru": Numerals(paragraphs=(DECIMAL, Numeral("russianLower", of_letters(RUSSIAN), "", ")"), OPEN_SMALL)),
    "zh": Numerals((Numeral("chineseCountingThousand", chinese, "", "、"), CAPITAL, DECIMAL), (DECIMAL, LETTER, SMALL)),
}
