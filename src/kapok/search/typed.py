"""What a reader typed, taken apart without a grammar that could refuse it: words, phrases, exclusions, identifiers."""

import re
from dataclasses import dataclass

from kapok.search.analysis import HAN_SPLIT, STOP, fold, is_han, words

LONGEST = 400
MOST = 24
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』＂", '"') | dict.fromkeys("−–—－", "-"))
PIECE = re.compile(r'(?P<no>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
IDENTIFIER = re.compile(r"[A-Za-z]{2,6}-\d{1,9}")


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing asked for: folded words, together as a phrase or alone; wanted or not."""

    words: tuple[str, ...]
    phrase: bool = False
    wanted: bool = True
    identifier: str = ""


def clean(text: str) -> str:
    """At most as much as makes sense, without broken characters."""
    return text[:LONGEST].encode("utf-8", "ignore").decode()


def split(word: str) -> list[str]:
    """Chinese runs apart from words in letters."""
    return [part for part in HAN_SPLIT.split(word) if part]


def take_apart(text: str) -> list[Piece]:
    """The pieces of what was typed. Words too common to ask for are left out while others remain."""
    pieces: list[Piece] = []
    for match in PIECE.finditer(clean(text).translate(QUOTES)):
        wanted = match["no"] is None
        said = match["phrase"] if match["phrase"] is not None else match["word"]
        if IDENTIFIER.fullmatch(said):
            pieces.append(Piece(tuple(words(said)), True, wanted, fold(said)))
            continue
        parts = tuple(part for word in words(said) for part in split(word))
        if not parts:
            continue
        if match["phrase"] is not None or (len(parts) > 1 and any(part.isdigit() for part in parts)):
            pieces.append(Piece(parts, True, wanted))
        else:
            pieces.extend(Piece((part,), False, wanted) for part in parts)
    telling = [piece for piece in pieces if piece.phrase or piece.words[0] not in STOP]
    return (telling if any(piece.wanted for piece in telling) else pieces)[:MOST]


def is_correctable(word: str) -> bool:
    """Long enough to tell a slip from another word, and spelled in letters."""
    return len(word) >= 4 and word.isalpha() and not is_han(word)
