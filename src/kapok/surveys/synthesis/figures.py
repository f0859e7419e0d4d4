"""A figure is a reference: `143.yes.percent.africa` names a question, an answer, a measure and a group.

What it says is worked out when it is asked, from the answers of a snapshot or those of today.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from kapok.surveys.synthesis.bank import Bank
from kapok.surveys.synthesis.counting import Cell, Counted, Group, Tally, count
from kapok.surveys.synthesis.grouping import BESIDE, REGIONS

MEASURES = ("count", "percent", "share")
BASES = ("reported", "asked", "respondents", "silent", "ticks")
LISTS = ("groups", "answers", "shares", "shares-most", "shares-least")
EVERY = "every"


class Unclear(ValueError):
    """A reference that names nothing; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference taken apart."""

    question: str
    option: str = ""
    measure: str = "count"
    group: str = ""

    def __str__(self) -> str:
        return ".".join(part for part in (self.question, self.option, self.measure, self.group) if part)


def parse(text: str) -> Ref:
    """Take a reference apart. Raises `Unclear` with a sentence."""
    question, *rest = text.strip().split(".")
    if question == "reports" and not rest:
        return Ref("reports", measure="reported")
    if rest and rest[0] in BASES + LISTS:
        return Ref(question, "", rest[0], rest[1] if len(rest) > 1 else "")
    if not question or not rest or len(rest) > 3:
        raise Unclear(
            _("“%(text)s” is no figure. Write question, answer and measure: 143.yes.percent") % {"text": text}
        )
    measure = rest[1] if len(rest) > 1 else "count"
    if measure not in (*MEASURES, "groups"):
        raise Unclear(
            _("“%(text)s”: %(measure)s is no measure. Possible are: %(list)s.")
            % {"text": text, "measure": measure, "list": ", ".join((*MEASURES, "groups"))}
        )
    return Ref(question, rest[0], measure, rest[2] if len(rest) > 2 else "")


@dataclass(frozen=True)
class Figures:
    """All figures of one bank; each question is counted once, when first asked for."""

    bank: Bank
    held: dict[str, Counted] = field(default_factory=dict)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups a text may name: all that the bank knows."""
        return tuple(Group(key, bits, overlaps=key not in REGIONS) for key, bits in self.bank.groups.items())

    def counted(self, question: str) -> Counted:
        """One question, counted by every known group."""
        if question not in self.bank.questions:
            raise Unclear(_("There is no Question %(key)s in this questionnaire.") % {"key": question})
        if question not in self.held:
            self.held[question] = count(self.bank, question, self.groups)
        return self.held[question]

    def tally(self, ref: Ref) -> Tally:
        """The option a reference names."""
        counted = self.counted(ref.question)
        found = next((tally for tally in counted.options if tally.key == ref.option), None)
        if found is None:
            raise Unclear(
                _("Question %(key)s has no answer “%(option)s”. Its answers are: %(list)s.")
                % {"key": ref.question, "option": ref.option, "list": ", ".join(t.key for t in counted.options)}
            )
        return found

    def value(self, ref: Ref) -> int | None:
        """What a reference says; nothing where there is no base."""
        if ref.question == "reports":
            return self.bank.parties.bit_count()
        if ref.measure in BASES:
            counted = self.counted(ref.question)
            base = counted.groups[self.group(ref)] if ref.group else counted.base
            return int(getattr(base, ref.measure))
        cell = self.cell(ref)
        return {"count": cell.count, "percent": cell.percent, "share": cell.share}[ref.measure]

    def cell(self, ref: Ref) -> Cell:
        """The figure with its base."""
        if ref.option == EVERY:
            return self.counted(ref.question).every
        tally = self.tally(ref)
        return tally.by[self.group(ref)] if ref.group else tally.all

    def group(self, ref: Ref) -> str:
        """The group a reference names."""
        if ref.group not in self.bank.groups:
            known = ", ".join(self.bank.groups)
            raise Unclear(_("“%(group)s” is no group. Groups are: %(list)s.") % {"group": ref.group, "list": known})
        return ref.group

    def by_group(self, ref: Ref) -> Iterator[Ref]:
        """The percentage of each region, then of the lists beside them, as far as somebody of them answered."""
        for key in (*REGIONS, *BESIDE):
            if key in self.bank.groups and self.tally(ref).by[key].base.respondents:
                yield Ref(ref.question, ref.option, "percent", key)

    def by_share(self, ref: Ref) -> list[Ref]:
        """The options by their share of all ticks, the largest first; `most` have half of the largest or more."""
        tallies = sorted(self.counted(ref.question).options, key=lambda tally: -tally.all.count)
        largest = (tallies[0].all.share or 0) if tallies else 0
        kept = {
            "shares": tallies,
            "shares-most": [tally for tally in tallies if 2 * (tally.all.share or 0) >= largest],
            "shares-least": [tally for tally in tallies if 2 * (tally.all.share or 0) < largest],
        }[ref.measure]
        return [Ref(ref.question, tally.key, "share") for tally in kept]

    def by_answer(self, ref: Ref) -> list[Ref]:
        """Every answer in the order of the questionnaire, as a percentage of those who answered."""
        return [Ref(ref.question, tally.key, "percent") for tally in self.counted(ref.question).options]
