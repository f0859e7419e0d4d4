"""What a finished needs assessment says about each need, for whoever makes records of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kapok.surveys.answering.conditions import asked
from kapok.surveys.answering.values import Values
from kapok.surveys.models import Response
from kapok.surveys.queries import answers_in_force
from kapok.surveys.questionnaires import needs
from kapok.surveys.questionnaires.sheet import sheet_of


@dataclass(frozen=True, slots=True)
class Proposal:
    """One need: its theme and its answers, in the words of the common format."""

    theme: str
    values: dict[str, Any]


def proposals(response: Response) -> Iterator[Proposal]:
    """The needs of an assessment, in their order; “not a need” is an answer and proposes nothing."""
    values = answers_in_force(response)
    now = asked(sheet_of(response.questionnaire), values)
    found = []
    for theme in needs.themes():
        if f"theme-{theme.id}-system-now" in now:
            found.append(Proposal(theme.id, of_theme(theme.id, values)))
    yield from sorted(found, key=lambda one: one.values.get("rank") or 999)


def chosen(values: Values, key: str) -> list[str]:
    """The options chosen in a question."""
    return list((values.get(key) or {}).get("options") or ())


def of_theme(theme: str, values: Values) -> dict[str, Any]:
    """The answers on one theme as the format of needs asks them; the level with the widest gap stands for all."""
    section = f"theme-{theme}"
    gaps = []
    for level in needs.LEVELS:
        now, wanted = (chosen(values, f"{section}-{level}-{name}") for name in ("now", "wanted"))
        if now and wanted:
            gaps.append((int(wanted[0]) - int(now[0]), level, now[0], wanted[0]))
    # The first of several equal gaps: law before bodies before people.
    widest = max(gaps, key=lambda gap: gap[0], default=None)
    rank = (values.get(f"{needs.ORDER}-{theme}") or {}).get("number")
    made: dict[str, Any] = {
        "theme": theme,
        "rank": int(float(rank)) if rank else None,
        "horizon": next(iter(chosen(values, f"{section}-horizon")), None),
        "audience": chosen(values, f"{section}-audience"),
        "help": chosen(values, f"{section}-help"),
        "consulted": chosen(values, f"{needs.ABOUT}-consulted"),
        "exists": (values.get(f"{section}-exists") or {}).get("text") or {},
        "why": (values.get(f"{section}-why") or {}).get("text") or {},
    }
    if widest:
        made |= {"level": widest[1], "now": widest[2], "wanted": widest[3]}
    return {name: value for name, value in made.items() if value not in (None, [], {})}
