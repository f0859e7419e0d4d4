"""The answers of one cycle, held as sets: each option of each question is the set of countries that ticked it.

A set is one whole number, a bit for each country, so that counting a group is one `&` and one count of bits.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any

Bits = int
Needs = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as counting knows it: its options in order, and after which answers it is asked.

    `needs`: in every group one of the tests must hold; a test is a question with the options that open this one.
    """

    key: str
    options: tuple[str, ...] = ()
    multiple: bool = False
    needs: Needs = ()


@dataclass(frozen=True)
class Bank:
    """Who answered what in one cycle. `ticks` has a set for each option; `answered` a set for each question."""

    cycle: str
    version: str
    as_of: date
    countries: tuple[str, ...]
    questions: Mapping[str, Asked]
    ticks: Mapping[str, tuple[Bits, ...]]
    answered: Mapping[str, Bits]
    groups: Mapping[str, Bits] = field(default_factory=dict)
    synthetic: bool = False

    @cached_property
    def everyone(self) -> Bits:
        """All that reported."""
        return (1 << len(self.countries)) - 1

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Which bit belongs to which country."""
        return {country: place for place, country in enumerate(self.countries)}

    @property
    def parties(self) -> Bits:
        """Those who were Parties on the day of the report; all, where the bank knows of no Parties."""
        return self.groups.get("cpb-parties", self.everyone)

    def bits(self, countries: Iterable[str]) -> Bits:
        """The set of these countries, as far as they reported."""
        return sum(1 << self.places[country] for country in set(countries) if country in self.places)

    def names(self, bits: Bits) -> list[str]:
        """The countries of a set, in order."""
        return [self.countries[place] for place in places_of(bits)]

    def option(self, question: str, option: str) -> Bits:
        """Those who ticked an option."""
        return self.ticks[question][self.questions[question].options.index(option)]

    def base(self, question: str) -> Bits:
        """Those who were asked: everybody, or only those who gave the answers the question comes after."""
        asked = self.everyone
        for tests in self.questions[question].needs:
            asked &= reduce(or_, (self.chose(other, options) for other, options in tests), 0)
        return asked

    def chose(self, question: str, options: Iterable[str]) -> Bits:
        """Those who were asked a question and ticked one of these options."""
        asked = self.questions.get(question)
        if asked is None:
            return 0
        chosen = reduce(or_, (self.option(question, option) for option in options if option in asked.options), 0)
        return chosen & self.base(question)

    @cached_property
    def content(self) -> dict[str, Any]:
        """All that counting rests on, as plain data in one steady order."""
        return {
            "cycle": self.cycle,
            "version": self.version,
            "as_of": self.as_of.isoformat(),
            "countries": list(self.countries),
            "groups": {key: f"{bits:x}" for key, bits in sorted(self.groups.items())},
            "synthetic": self.synthetic,
            "questions": [
                {
                    "key": asked.key,
                    "options": list(asked.options),
                    "multiple": asked.multiple,
                    "needs": [[[other, list(options)] for other, options in tests] for tests in asked.needs],
                    "ticks": [f"{bits:x}" for bits in self.ticks[asked.key]],
                    "answered": f"{self.answered[asked.key]:x}",
                }
                for asked in self.questions.values()
            ],
        }

    @cached_property
    def digest(self) -> str:
        """The hash of the content: two banks with the same hash give the same figures for ever."""
        said = json.dumps(self.content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(said.encode()).hexdigest()


def places_of(bits: Bits) -> Iterator[int]:
    """The numbers of the bits that are set, from the lowest."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it was given: options ticked, or only words or a number."""

    country: str
    question: str
    options: tuple[str, ...] = ()
    words: bool = False


def build(
    cycle: str,
    version: str,
    as_of: date,
    questions: Iterable[Asked],
    reported: Iterable[str],
    given: Iterable[Given],
    groups: Mapping[str, Iterable[str]],
    synthetic: bool = False,
) -> Bank:
    """Sort answers into sets. An option that the questionnaire does not have is not an answer."""
    countries = tuple(sorted(set(reported)))
    bit = {country: 1 << place for place, country in enumerate(countries)}
    known = {asked.key: asked for asked in questions}
    ticks = {key: dict.fromkeys(asked.options, 0) for key, asked in known.items()}
    answered = dict.fromkeys(known, 0)
    for one in given:
        sets, mine = ticks.get(one.question), bit.get(one.country)
        if sets is None or mine is None:
            continue
        chosen = [option for option in one.options if option in sets]
        for option in chosen:
            sets[option] |= mine
        if chosen or (one.words and not sets):
            answered[one.question] |= mine
    within = {key: sum(bit[country] for country in set(members) if country in bit) for key, members in groups.items()}
    sets_of = {key: tuple(sets.values()) for key, sets in ticks.items()}
    return Bank(cycle, version, as_of, countries, known, sets_of, answered, within, synthetic)


def from_content(content: Mapping[str, Any]) -> Bank:
    """The bank that a snapshot froze."""
    questions = {
        each["key"]: Asked(each["key"], tuple(each["options"]), each["multiple"], needs_of(each["needs"]))
        for each in content["questions"]
    }
    return Bank(
        content["cycle"],
        content["version"],
        date.fromisoformat(content["as_of"]),
        tuple(content["countries"]),
        questions,
        {each["key"]: tuple(int(bits, 16) for bits in each["ticks"]) for each in content["questions"]},
        {each["key"]: int(each["answered"], 16) for each in content["questions"]},
        {key: int(bits, 16) for key, bits in content["groups"].items()},
        content["synthetic"],
    )


def needs_of(stored: Iterable[Iterable[Any]]) -> Needs:
    """The tests of a condition from lists, as JSON gives them."""
    return tuple(tuple((other, tuple(options)) for other, options in tests) for tests in stored)
