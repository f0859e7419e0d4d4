"""Counting: how many gave each answer, among all who answered that question, and within each group of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kapok.surveys.synthesis.bank import Bank, Bits
from kapok.surveys.synthesis.rounding import percent


@dataclass(frozen=True, slots=True)
class Group:
    """Some of those who reported. `overlaps`: it may share members with another group, so the two are never added."""

    key: str
    bits: Bits
    overlaps: bool = False


@dataclass(frozen=True, slots=True)
class Base:
    """Among whom one counts: reported, were asked, answered; and how many ticks their answers hold."""

    reported: int
    asked: int
    respondents: int
    ticks: int

    @property
    def silent(self) -> int:
        """Were asked and gave no answer."""
        return self.asked - self.respondents


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure with what it is a share of."""

    count: int
    base: Base

    @property
    def percent(self) -> int | None:
        """Of those in the group who answered this question."""
        return percent(self.count, self.base.respondents)

    @property
    def share(self) -> int | None:
        """Of all ticks given in the group, where several could be given."""
        return percent(self.count, self.base.ticks)


@dataclass(frozen=True, slots=True)
class Tally:
    """One option: the set that chose it, its figure over all, and its figure in each group."""

    key: str
    bits: Bits
    all: Cell
    by: Mapping[str, Cell]

    def of_row(self, group: str) -> int | None:
        """Which share of all who chose the option belongs to the group."""
        return percent(self.by[group].count, self.all.count)

    def of_total(self, group: str) -> int | None:
        """Which share of all respondents are those in the group who chose it."""
        return percent(self.by[group].count, self.all.base.respondents)


@dataclass(frozen=True, slots=True)
class Counted:
    """One question, counted."""

    question: str
    multiple: bool
    asked: Bits
    answered: Bits
    base: Base
    groups: Mapping[str, Base]
    options: tuple[Tally, ...]
    every: Cell

    def option(self, key: str) -> Tally:
        """The tally of one option."""
        return next(tally for tally in self.options if tally.key == key)


def count(bank: Bank, question: str, groups: Iterable[Group] = (), within: Bits | None = None) -> Counted:
    """Count one question among the Parties (or within another set), in all and by groups.

    Only those who were asked count, and a percentage is always of those who answered this very question.
    """
    asked = bank.questions[question]
    inside = bank.parties if within is None else within
    questioned = bank.base(question) & inside
    answered = bank.answered[question] & questioned
    sets = [bits & answered for bits in bank.ticks[question]]
    held = tuple(groups)
    base = base_of(inside, questioned, answered, sets)
    bases = {
        group.key: base_of(group.bits & inside, questioned & group.bits, answered & group.bits, sets, group.bits)
        for group in held
    }
    options = tuple(
        Tally(
            key,
            bits,
            Cell(bits.bit_count(), base),
            {group.key: Cell((bits & group.bits).bit_count(), bases[group.key]) for group in held},
        )
        for key, bits in zip(asked.options, sets, strict=True)
    )
    several = asked.multiple or base.ticks > base.respondents
    return Counted(question, several, questioned, answered, base, bases, options, Cell(all_of(sets), base))


def base_of(reported: Bits, asked: Bits, answered: Bits, sets: Iterable[Bits], inside: Bits = -1) -> Base:
    """Among whom a group counts."""
    ticks = sum((bits & inside).bit_count() for bits in sets)
    return Base(reported.bit_count(), asked.bit_count(), answered.bit_count(), ticks)


def all_of(sets: list[Bits]) -> int:
    """How many ticked every option there is."""
    if not sets:
        return 0
    common = sets[0]
    for bits in sets[1:]:
        common &= bits
    return common.bit_count()


def count_all(bank: Bank, groups: Iterable[Group], within: Bits | None = None) -> dict[str, Counted]:
    """Every question of the cycle in one call."""
    held = tuple(groups)
    return {key: count(bank, key, held, within) for key in bank.questions}
