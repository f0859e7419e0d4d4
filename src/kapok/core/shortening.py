"""Long texts made short where there is little room."""

import unicodedata

ELLIPSIS = "…"
JOINER = "\u200d"
# What should not stand before the three dots.
LOOSE = " \t\r\n.,;:،؛、。,;:([{«“‘–—-/"


def shorten(text: str, most: int) -> str:
    """The text in at most so many characters (code points), three dots included, which take the place of one.

    It ends after a whole word where one ends in the second half of the room; a word without such an end, and Chinese,
    is cut between two letters, never between a letter and the marks that belong to it.
    """
    if len(text) <= most:
        return text
    if most < 1:
        return ""
    room = most - 1
    return text[: word_end(text, room) or letter_end(text, room)].rstrip(LOOSE) + ELLIPSIS


def word_end(text: str, room: int) -> int:
    """Where the last word ends that fits, if that wastes little room; else 0."""
    return next((at for at in range(room, room - room // 2 - 1, -1) if at and text[at].isspace()), 0)


def letter_end(text: str, room: int) -> int:
    """Where the last letter ends that fits with all its marks; 0 when not even one does."""
    return next((at for at in range(room, 0, -1) if not belongs(text, at)), 0)


def belongs(text: str, at: int) -> bool:
    """Does the character there belong to the letter before it?"""
    return text[at] == JOINER or text[at - 1] == JOINER or unicodedata.category(text[at]).startswith("M")
