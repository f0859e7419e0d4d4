"""One slip forgiven: a word that no visible document holds is searched as its nearest known neighbour."""

from collections.abc import Iterator

import tantivy

from kapok.search.analysis import stems
from kapok.search.engine import SCHEMA, View
from kapok.search.facets import MUST, Clause, together
from kapok.search.questions import Correction
from kapok.search.typed import Piece, is_correctable

Query = tantivy.Query
ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
)


def neighbours(word: str) -> Iterator[str]:
    """Every word one slip away: a letter left out, doubled, swapped with its neighbour, or another in its place."""
    alphabet = next((letters for letters in ALPHABETS if word[0] in letters), "")
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in alphabet)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in alphabet)


def is_seen(view: View, limits: Clause, field: str, word: str) -> bool:
    """Does a document that the viewer may see hold the word? Hidden ones must not show by what is corrected."""
    known = view.searcher.doc_freq(field, word)
    if known > view.doubtful and limits[0] != MUST:
        return True
    if not known:
        return False
    query = together([(MUST, Query.term_query(SCHEMA, field, word)), limits])
    return bool(view.searcher.search(query, 1, count=False).hits)


def is_known(view: View, limits: Clause, word: str) -> bool:
    """Would the word find anything as it stands?"""
    return any(is_seen(view, limits, field, one) for one in stems(word) for field in ("title", "text"))


def mend(view: View, limits: Clause, word: str) -> str:
    """The best known word one slip away, else the commonest that goes on from it, else nothing."""
    doc_freq = view.searcher.doc_freq
    near = {one: number for one in set(neighbours(word)) if len(one) >= 3 and (number := doc_freq("words", one))}
    near |= {one: near.get(one, 0) for one in view.concepts.words.intersection(neighbours(word))}
    # The first letter is rarely wrong; then the commoner word wins.
    ranked = sorted(near, key=lambda one: (one[0] != word[0], -near[one], one))
    longer = [one for one, _ in view.searcher.terms_with_prefix("words", word, None, 20)]
    open_to_all = view.concepts.words
    return next((one for one in (*ranked, *longer) if one in open_to_all or is_seen(view, limits, "words", one)), "")


def corrected(view: View, limits: Clause, pieces: list[Piece]) -> tuple[list[Piece], tuple[Correction, ...]]:
    """The pieces with unknown words mended, and what was mended."""
    mended: list[Piece] = []
    made: list[Correction] = []
    for piece in pieces:
        if piece.wanted and not piece.identifier:
            better = tuple(_better(view, limits, word) for word in piece.words)
            made.extend(Correction(old, new) for old, new in zip(piece.words, better, strict=True) if old != new)
            piece = Piece(better, piece.phrase, piece.wanted)
        mended.append(piece)
    return mended, tuple(made)


def _better(view: View, limits: Clause, word: str) -> str:
    if not is_correctable(word) or word in view.concepts.words or is_known(view, limits, word):
        return word
    return mend(view, limits, word) or word
