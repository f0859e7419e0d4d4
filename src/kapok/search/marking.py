"""Marking what was found: titles and snippets as segments of plain text, for the page to escape and emphasise."""

import re
from collections.abc import Iterable, Mapping

from kapok.core.languages import best
from kapok.search.analysis import HAN, fold, is_arabic, is_han, spans, stem
from kapok.search.concepts import Concepts
from kapok.search.questions import Segments

SNIPPET = 240
BEFORE = 60
SENTENCE = 60
REST = re.compile(f"(?:(?![{HAN}])[^\\W_])*")  # of a word in letters; it matches everywhere


def pattern(stems: set[str]) -> re.Pattern[str] | None:
    """How words with one of the stems may begin in a folded text; Arabic ones may have an article before it."""
    ways = {one if is_han(one) or is_arabic(one) else one[:3] for one in stems}
    return re.compile("|".join(map(re.escape, sorted(ways, key=len, reverse=True)))) if ways else None


def words_in(text: str, language: str, stems: set[str], may_be: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where words with one of the stems stand. Few words are looked at closely: this is done for each result."""
    folded = fold(text)
    if len(folded) != len(text):  # marks were taken off, and places moved
        return [(start, end) for start, end, one in spans(text, language) if one in stems]
    places = []
    for match in may_be.finditer(folded):
        start, end = match.span()
        if not is_han(match[0]):
            first = start
            while start and folded[start - 1].isalnum() and not is_han(folded[start - 1]):
                start -= 1
            if start < first and not is_arabic(match[0]):
                continue
            end = REST.match(folded, end).end()  # type: ignore[union-attr]
            word = folded[start:end]
            if word not in stems and stem(word, language) not in stems:
                continue
        places.append((start, end))
    return places


def found_in(
    text: str, language: str, stems: set[str], may_be: re.Pattern[str] | None, concepts: Concepts, named: set[str]
) -> list[tuple[int, int]]:
    """Where the words asked for stand in a text, in order and without overlaps."""
    places = words_in(text, language, stems, may_be) if may_be else []
    if named:
        placed = spans(text, language)
        row = [one for _, _, one in placed]
        for start, end, ids in concepts.find(row):
            if named.intersection(ids):
                places.append((placed[start][0], placed[end - 1][1]))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def segments(text: str, places: list[tuple[int, int]], start: int = 0, end: int | None = None) -> Segments:
    """A stretch of text cut at the places, each piece with whether it was found."""
    end = len(text) if end is None else end
    made: list[tuple[str, bool]] = []
    at = start
    for first, last in places:
        if last <= start or first >= end:
            continue
        first, last = max(first, start), min(last, end)
        if first > at:
            made.append((text[at:first], False))
        made.append((text[first:last], True))
        at = last
    if at < end:
        made.append((text[at:end], False))
    return tuple(made)


class Marker:
    """Marks the results of one question in the best language for its reader."""

    def __init__(self, concepts: Concepts, language: str, stems: set[str], named: set[str]) -> None:
        self.concepts, self.language, self.stems, self.named = concepts, language, stems, named
        self._may_be = pattern(stems)
        self._may_name = pattern(concepts.firsts(named))

    def title(self, titles: Mapping[str, str]) -> tuple[Segments, str]:
        """The title, marked, and its language."""
        text, language = best(titles, self.language)
        return segments(text, self._places(text, language)), language

    def snippet(self, texts: Mapping[str, str], titles: Mapping[str, str], shown: str) -> Segments:
        """The words found within the answer that holds them: in the reader's language, else in any other.

        A sentence goes before a term, and the title, which stands above, is not said again; one in another
        language than the one shown counts as text, when only there the words stand.
        """
        preferred = best(texts, self.language)[1]
        known = {" ".join(title.split()) for title in titles.values()}
        for language in dict.fromkeys((preferred, *texts)) if self.stems or self.named else ():
            if found := self._first(texts.get(language, ""), language, known):
                return _around(*found)
        for language, title in titles.items():
            if language != shown and (places := self._places(title, language)):
                return _around(title, places)
        return _around(beginning((texts.get(preferred, ""), *texts.values()), known), [])

    def _first(self, text: str, language: str, known: set[str]) -> tuple[str, list[tuple[int, int]]] | None:
        """The first sentence that holds a word asked for, else the first term, with the places of the words."""
        term = None
        for line in text.split("\n"):
            if (places := self._places(line, language)) and tidy(line) not in known:
                if len(line) >= SENTENCE:
                    return line, places
                term = term or (line, places)
        return term

    def _places(self, text: str, language: str) -> list[tuple[int, int]]:
        if not text or not (self.stems or self.named):
            return []
        # To find a name every word is stemmed: only where one may begin.
        named = self.named if self._may_name and self._may_name.search(fold(text)) else set()
        return found_in(text, language, self.stems, self._may_be, self.concepts, named)


def beginning(texts: Iterable[str], known: set[str]) -> str:
    """What the first text with other lines than the titles says."""
    for text in texts:
        if lines := [line for line in map(tidy, text.split("\n")) if line and line not in known]:
            return " ".join(lines)
    return ""


def tidy(line: str) -> str:
    """A line with single spaces."""
    return " ".join(line.split())


def _around(text: str, places: list[tuple[int, int]]) -> Segments:
    start = max(0, places[0][0] - BEFORE) if places else 0
    if start:
        start = text.find(" ", start, start + BEFORE) + 1 or start
    end = min(len(text), start + SNIPPET)
    if end < len(text):
        space = text.rfind(" ", start + SNIPPET // 2, end)
        end = space if space > 0 else end
    made = segments(text, places, start, end)
    if start:
        made = (("… ", False), *made)
    if end < len(text):
        made = (*made, (" …", False))
    return made
