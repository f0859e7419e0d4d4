"""Under which letter a name stands in an alphabetical list, in each of the six languages."""

from bisect import bisect_right
from collections.abc import Mapping

from kapok import vocab
from kapok.core.languages import TAGS

# The first character of each letter in the Chinese national standard, which orders them by sound.
SOUNDS = "ABCDEFGHJKLMNOPQRSTWXYZ"
FIRST = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8,
    0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
)  # fmt: skip
LAST = 0xD7F9
NONE = "#"


def initials(names: Mapping[str, str]) -> list[str]:
    """`en:K`, `ar:ك` and so on; where a language has no name of its own, that of the best other one counts."""
    if not names:
        return []
    first = next(iter(names.values()))
    return [f"{tag}:{initial(names.get(tag) or first, tag)}" for tag in TAGS]


def initial(name: str, language: str) -> str:
    """The letter of one name; `#` for what begins with none."""
    key = name.strip() if language == "zh" else vocab.sort_key(name.strip(), language)
    letter = key[:1].upper()
    if not letter.isalpha():
        return NONE
    return by_sound(letter) if "\u4e00" <= letter <= "\u9fff" else letter


def by_sound(character: str) -> str:
    """The letter with which a Chinese character is spelled; rarer characters are not ordered by sound."""
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return NONE
    return SOUNDS[bisect_right(FIRST, code) - 1] if FIRST[0] <= code <= LAST else NONE
