"""The rules by which a cell gets its state, and the numbers in them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Sentence

GAP, CROWDED, STALE, ENDING = "gap", "crowded", "stale", "ending"
COVERED, UNSTATED, EMPTY = "covered", "unstated", "empty"
# The first that fits is the state of a cell.
STATES = (GAP, CROWDED, STALE, ENDING, COVERED, UNSTATED, EMPTY)
LABELS: dict[str, Sentence] = {
    GAP: _("Gap"),
    CROWDED: _("Crowded"),
    STALE: _("Not confirmed lately"),
    ENDING: _("Ending soon"),
    COVERED: _("Covered"),
    UNSTATED: _("No need filed"),
    EMPTY: _("Empty"),
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How many alike at once are a crowd, how near an end is soon, how old a confirmation is stale."""

    crowd: int = 3
    ending_months: int = 12
    stale_months: int = 24

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Thresholds":
        """From kept numbers; what is not kept has its usual value."""
        return cls(**{one.name: int(said[one.name]) for one in fields(cls) if said.get(one.name)})

    def plain(self) -> dict[str, int]:
        """As it is kept."""
        return asdict(self)


def state_of(needs: int, active: int, ending: int, recent: int, thresholds: Thresholds) -> str:
    """The state of a cell. `ending` of the active end soon; `recent` of them were confirmed lately."""
    if needs and not active:
        return GAP
    if active >= thresholds.crowd:
        return CROWDED
    if active and not recent:
        return STALE
    if active and ending == active:
        return ENDING
    if active:
        return COVERED if needs else UNSTATED
    return EMPTY
