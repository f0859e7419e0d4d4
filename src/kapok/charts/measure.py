"""How wide words are, roughly, and where they break; how an axis is divided."""

import math
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache


@lru_cache(maxsize=8192)
def width(words: str, size: float) -> float:
    """About how many pixels a text takes: wide enough for the sans-serif faces of all six languages."""
    return sum(_em(letter) for letter in words) * size


def _em(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in "ijlftI.,:;'|!()[] ":
        return 0.34
    return 0.72 if letter.isupper() or letter in "mwMW%@" else 0.57


def wrapped(words: str, most: float, size: float) -> list[str]:
    """The text in lines that fit; a word that is too long for a line is cut into pieces, never shortened."""
    lines: list[str] = []
    line = ""
    for word in _words(words):
        if line and width(line + word, size) > most:
            lines.append(line.strip())
            line = ""
        for piece in _pieces(word, most, size):
            if line and width(line + piece, size) > most:
                lines.append(line.strip())
                line = ""
            line += piece
    return [*lines, line.strip()] if line.strip() else lines or [""]


def _words(text: str) -> list[str]:
    """Where a text may break: after a space, and between characters of scripts that write none."""
    found: list[str] = []
    last = " "
    for letter in text:
        if (found and last != " " and not _is_wide(letter) and not _is_wide(last)) or (letter == " " and found):
            found[-1] += letter
        else:
            found.append(letter)
        last = letter
    return found


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF" and not unicodedata.category(letter).startswith("P")


def _pieces(word: str, most: float, size: float) -> list[str]:
    """A word in pieces that each fit on a line."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size) > most:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def ticks(values: Sequence[Decimal | int | float], most: int = 5) -> list[float]:
    """Round numbers from at most the smallest (or zero) to at least the largest."""
    low, high = min(0.0, *map(float, values), 0.0), max(0.0, *map(float, values), 0.0)
    if low == high:
        return [0.0, 1.0]
    step = _round_step((high - low) / (most - 1))
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(at * step, 10) for at in range(first, last + 1)]


def _round_step(raw: float) -> float:
    """The next step of 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(raw))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= raw * 0.999999)
