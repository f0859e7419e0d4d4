"""Marking what was found: titles and snippets as segments of plain text, for the page to escape and emphasise."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby, islice

from kapok.core.languages import best
from kapok.search.analysis import A_MARK, HAN, any_form, as_written, is_arabic, is_han, parts, spans
from kapok.search.concepts import Concepts
from kapok.search.questions import Segments

SNIPPET = 240
BEFORE = 60
SENTENCE = 60
LETTER = re.compile(f"(?![{HAN}])(?:[^\\W_]|{A_MARK})")
REST = re.compile(f"(?:{LETTER.pattern})*")  # of a word; it matches everywhere
Places = list[tuple[int, int]]


@lru_cache(maxsize=500)
def pattern(stems: frozenset[str]) -> re.Pattern[str] | None:
    """How words with one of the stems may begin as people write them; Arabic ones may have an article before it.

    Stems differ from their words in the last two letters at most, and not in the first three.
    """
    begins = sorted({one if is_han(one) or is_arabic(one) else one[: max(3, len(one) - 2)] for one in stems})
    if not begins:
        return None
    ways = [one for at, one in enumerate(begins) if not any(map(one.startswith, begins[:at]))]
    # All first letters together, then what follows each: most places of a text are passed by at one look.
    by_first = {first: [one[1:] for one in some] for first, some in groupby(ways, lambda one: one[0])}
    follow = [
        f"(?<={any_form(first)}){A_MARK}*(?:{'|'.join(map(as_written, rest))})" for first, rest in by_first.items()
    ]
    return re.compile(f"{any_form(''.join(by_first))}(?:{'|'.join(follow)})")


def words_in(text: str, language: str, stems: set[str], may_be: re.Pattern[str]) -> Places:
    """Where words with one of the stems stand. Few words are looked at closely: this is done for each result."""
    places = []
    for start, end in _begun(text, may_be):
        if not is_han(text[start]):
            end = REST.match(text, end).end()  # type: ignore[union-attr]
            if all(found not in stems for _, _, found in parts(text[start:end], language)):
                continue
        places.append((start, end))
    return places


def names_in(
    text: str, language: str, named: set[str], may_name: re.Pattern[str], concepts: Concepts, reach: Mapping[str, int]
) -> Places:
    """Where names of the concepts stand; a longer name of another one that begins there, within reach, wins."""
    places = []
    for start, _end in _begun(text, may_name):
        begins = spans(text, language, start, 1)
        far = reach.get(begins[0][2], 0) if begins else 0
        placed = spans(text, language, start, far) if far > 1 else begins[:far]
        for first, last, ids in islice(concepts.find([one for _, _, one in placed]), 1):
            if first == 0 and named.intersection(ids):
                places.append((start, placed[last - 1][1]))
    return places


def _begun(text: str, begin: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where words begin like this: from where to where."""
    for match in begin.finditer(text):
        start, end = match.span()
        if not is_han(match[0]):
            while start and LETTER.match(text, start - 1):
                start -= 1
            if start < match.start() and not is_arabic(match[0]):
                continue
        yield start, end


def merged(places: Places) -> Places:
    """In order and without overlaps."""
    made: Places = []
    for start, end in sorted(places):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def segments(text: str, places: Places, start: int = 0, end: int | None = None) -> Segments:
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
        firsts = concepts.firsts(named)
        self._may_be, self._may_name = pattern(frozenset(stems)), pattern(frozenset(firsts))
        self._may_begin = pattern(frozenset(stems | firsts))
        self._reach = concepts.reach(named)

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

    def _first(self, text: str, language: str, known: set[str]) -> tuple[str, Places] | None:
        """The first sentence that holds a word asked for, else the first term, with the places of the words."""
        term = None
        for line in self._lines(text):
            if (places := self._places(line, language)) and tidy(line) not in known:
                if len(line) >= SENTENCE:
                    return line, places
                term = term or (line, places)
        return term

    def _lines(self, text: str) -> Iterator[str]:
        """The lines in which a word asked for may begin."""
        end = 0
        while self._may_begin and (found := self._may_begin.search(text, end)):
            start, end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.start())
            yield text[start:end] if end >= 0 else text[start:]
            if end < 0:
                return

    def _places(self, text: str, language: str) -> Places:
        places = words_in(text, language, self.stems, self._may_be) if self._may_be else []
        if self._may_name:
            places += names_in(text, language, self.named, self._may_name, self.concepts, self._reach)
        return merged(places)


def beginning(texts: Iterable[str], known: set[str]) -> str:
    """What the first text with other lines than the titles says."""
    for text in texts:
        if lines := [line for line in map(tidy, text.split("\n")) if line and line not in known]:
            return " ".join(lines)
    return ""


def tidy(line: str) -> str:
    """A line with single spaces."""
    return " ".join(line.split())


def _around(text: str, places: Places) -> Segments:
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
