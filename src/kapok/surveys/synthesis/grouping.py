"""By what one counts: regions, lists of countries, Party status, or the answers to another question."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kapok import vocab
from kapok.core.languages import current
from kapok.surveys.synthesis.bank import Bank
from kapok.surveys.synthesis.counting import Group

REGIONS = tuple(vocab.REGIONS.values())
# Lists that cut across the regions; the first two stand beside the regions as in the reports to the Parties.
ACROSS = ("ldc", "sids", "eit")
BESIDE = ("ldc", "sids")
STATUS = ("cpb-parties", "cbd-parties")
KNOWN = (*REGIONS, *ACROSS, *STATUS)
OTHERS = "not-"


class Unknown(ValueError):
    """Nothing can be counted by this; the text says what can."""


@dataclass(frozen=True, slots=True)
class By:
    """By what one counts, in the words of an address: `region`, `ldc`, `party`, `question:145`, `africa,ldc`."""

    groups: tuple[Group, ...]
    question: str = ""
    all_reports: bool = False

    @property
    def adds_up(self) -> bool:
        """Every respondent is in exactly one group."""
        return not any(group.overlaps for group in self.groups)


def by(bank: Bank, asked: str) -> By:
    """The groups to count by. Raises `Unknown` with a sentence."""
    if asked in ("", "none"):
        return By(())
    if asked == "region":
        regions = [Group(key, bank.groups[key]) for key in REGIONS]
        return By((*regions, *(Group(key, bank.groups[key], overlaps=True) for key in BESIDE)))
    if asked == "party":
        return By(both(bank, "cpb-parties"), all_reports=True)
    if asked in ACROSS:
        return By(both(bank, asked))
    if asked.startswith("question:"):
        return by_question(bank, asked.removeprefix("question:"))
    wanted = tuple(dict.fromkeys(asked.split(",")))
    if all(key in bank.groups for key in wanted):
        return By(tuple(Group(key, bank.groups[key], overlaps(bank, key, wanted)) for key in wanted))
    raise Unknown(
        _("Nothing can be counted by “%(asked)s”. Possible are: %(list)s.")
        % {"asked": asked, "list": ", ".join(("region", "party", *ACROSS, "question:143", *KNOWN))}
    )


def both(bank: Bank, key: str) -> tuple[Group, Group]:
    """A list of countries, and all others."""
    inside = bank.groups[key]
    return Group(key, inside), Group(OTHERS + key, bank.everyone & ~inside)


def overlaps(bank: Bank, key: str, wanted: Sequence[str]) -> bool:
    """Shares members with another of the wanted groups."""
    return any(bank.groups[key] & bank.groups[other] for other in wanted if other != key)


def by_question(bank: Bank, key: str) -> By:
    """Those who gave each answer to another question."""
    if key not in bank.questions or not bank.questions[key].options:
        raise Unknown(_("Question %(key)s has no options to count by.") % {"key": key})
    asked = bank.base(key)
    sets = [bits & asked for bits in bank.ticks[key]]
    shared = sum(bits.bit_count() for bits in sets) > (bank.answered[key] & asked).bit_count()
    named = zip(bank.questions[key].options, sets, strict=True)
    return By(tuple(Group(option, bits, shared) for option, bits in named), question=key)


def label(key: str, language: str | None = None) -> str:
    """What a group of countries is called on a page."""
    if key.startswith(OTHERS):
        name = vocab.group_label(key.removeprefix(OTHERS), language or current())
        return _("Others (not: %(group)s)") % {"group": name}
    return vocab.group_label(key, language or current())
