"""Records that may be the same: their titles, countries, organisations, days and amounts compared."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from django.utils.translation import gettext_noop
from rapidfuzz import fuzz

from kapok.formats.format import Format
from kapok.formats.kinds import first_day
from kapok.vocab.finding import fold

TITLE = gettext_noop("The titles are alike (%(score)s of 100).")
COUNTRIES = gettext_noop("The countries are the same: %(names)s.")
ORGANISATIONS = gettext_noop("An organisation is the same: %(names)s.")
PERIOD = gettext_noop("Both start in %(year)s.")
AMOUNT = gettext_noop("The amount is the same: %(amount)s.")
LEAST_TITLE, LEAST = 85, 85
CANDIDATES = 24
COMMON = 400
Reason = dict[str, Any]


@dataclass(slots=True)
class Traits:
    """What is compared of one record."""

    identifier: str
    titles: tuple[str, ...]
    countries: frozenset[str]
    organisations: frozenset[str]
    starts: str
    amounts: frozenset[str]
    schemes: frozenset[str]


def traits(form: type[Format], values: Mapping[str, Any], identifier: str = "") -> Traits:
    """The traits of some values."""
    titles = tuple(fold(one) for one in form.title_of(values).values() if one)
    listed = values.get("countries") or ([values["country"]] if values.get("country") else [])
    return Traits(
        identifier,
        titles,
        frozenset(one.get("id", "") if isinstance(one, dict) else one for one in listed),
        frozenset(one.get("organisation", "") for one in values.get("organisations", ())),
        str(first_day(values.get("starts")) or "")[:4],
        frozenset(str(one.get("amount")) for one in values.get("budget", ()) if one.get("amount")),
        frozenset(one.get("scheme", "").casefold() for one in values.get("identifiers", ())),
    )


class Words:
    """Finds titles by the rarer of their words."""

    def __init__(self) -> None:
        self.words: dict[str, list[str]] = defaultdict(list)
        self.exact: dict[str, list[str]] = defaultdict(list)

    def add(self, one: Traits) -> None:
        """Know one more."""
        for title in one.titles:
            self.exact[title].append(one.identifier)
            for word in set(title.split()):
                self.words[word].append(one.identifier)

    def candidates(self, title: str) -> list[str]:
        """Those that share the rarest words."""
        counts: dict[str, float] = defaultdict(float)
        for identifier in self.exact.get(title, ())[:CANDIDATES]:
            counts[identifier] += 100
        rare = sorted((len(self.words[word]), word) for word in set(title.split()) if word in self.words)
        for number, word in rare[:8]:
            if number > COMMON:
                break
            for identifier in self.words[word]:
                counts[identifier] += 1 / (1 + number)
        return nlargest(CANDIDATES, counts, key=counts.__getitem__)


class Alike:
    """Finds what looks like a record among many.

    They lie apart by who gave them identifiers: two that have one each from the same source are never the same, so
    that the rows of one source are not compared with each other.
    """

    def __init__(self, known: Iterable[Traits]) -> None:
        self.known: dict[str, Traits] = {}
        self.apart: dict[frozenset[str], Words] = defaultdict(Words)
        for one in known:
            self.add(one)

    def add(self, one: Traits) -> None:
        """Know one more."""
        self.known[one.identifier] = one
        self.apart[one.schemes].add(one)

    def best(self, one: Traits) -> tuple[str, int, list[Reason]]:
        """The likeliest record with its score and reasons; nothing when none is like enough."""
        found: tuple[str, int, list[Reason]] = ("", 0, [])
        for words in (words for schemes, words in self.apart.items() if not schemes & one.schemes):
            for title in one.titles:
                for identifier in words.candidates(title):
                    score, reasons = compare(one, self.known[identifier])
                    if score > found[1]:
                        found = identifier, score, reasons
        return found


def compare(one: Traits, other: Traits) -> tuple[int, list[Reason]]:
    """How alike two are, from 0 to 100, and why. An identifier each, given by the same source, sets them apart."""
    if one.schemes & other.schemes:
        return 0, []
    title = max((fuzz.ratio(left, right) for left in one.titles for right in other.titles), default=0.0)
    if title < LEAST_TITLE:
        return 0, []
    weighed = [(title, 5)]
    reasons: list[Reason] = [{"say": TITLE, "with": {"score": int(title)}}]
    for mine, theirs, weight, sentence in (
        (one.countries, other.countries, 3, COUNTRIES),
        (one.organisations, other.organisations, 1, ORGANISATIONS),
    ):
        if mine and theirs:
            both = mine & theirs
            weighed.append((100 * len(both) / len(mine | theirs), weight))
            if both:
                reasons.append({"say": sentence, "with": {"names": sorted(both)[:5]}})
    if one.starts and other.starts:
        apart = abs(int(one.starts) - int(other.starts))
        weighed.append((max(0, 100 - 40 * apart), 1))
        if not apart:
            reasons.append({"say": PERIOD, "with": {"year": one.starts}})
    if one.amounts and other.amounts:
        same = one.amounts & other.amounts
        weighed.append((100 if same else 0, 1))
        if same:
            reasons.append({"say": AMOUNT, "with": {"amount": sorted(same)[0]}})
    score = int(sum(value * weight for value, weight in weighed) / sum(weight for _value, weight in weighed))
    return (score, reasons) if score >= LEAST else (0, [])
