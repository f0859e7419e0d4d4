"""A counted question as plain data: what the API, the command and the files give out."""

from typing import Any

from kapok import vocab
from kapok.core.languages import current, words
from kapok.surveys.synthesis.access import sees_parties
from kapok.surveys.synthesis.asking import Wanted, answers_counted
from kapok.surveys.synthesis.counting import Base, Cell, Counted, Group
from kapok.surveys.synthesis.grouping import label
from kapok.surveys.synthesis.published import Line
from kapok.surveys.synthesis.reading import SYNTHETIC


def payload(made: Wanted, who: Any = None, parties: bool = False) -> dict[str, Any]:
    """One question with its options, in all and by groups; with the Parties of each option, if one may see them."""
    counted, bank = made.counted, made.figures.bank
    labels = {option.key: words(option.label) for option in made.asked.options.all()}
    shown = parties and sees_parties(who, made.of)
    options = []
    for tally in counted.options:
        said: dict[str, Any] = {
            "key": tally.key,
            "label": labels.get(tally.key, tally.key),
            **cell(tally.all, counted.multiple),
        }
        said["by"] = {key: cell(one, counted.multiple, base=True) for key, one in tally.by.items()}
        options.append(said | ({"parties": bank.names(tally.bits)} if shown else {}))
    return {
        "cycle": made.of.code,
        "question": made.question,
        "label": words(made.asked.label),
        "by": made.by,
        "as_of": bank.as_of.isoformat(),
        "synthetic": answers_counted(made) == SYNTHETIC,
        **base(counted.base),
        "multiple": counted.multiple,
        **({"every_option": cell(counted.every)} if counted.multiple else {}),
        "groups": [group(one, counted, made) for one in made.groups.groups],
        "options": options,
        "snapshot": bank.digest,
    }


def base(held: Base) -> dict[str, int]:
    """Among whom was counted."""
    return {
        "reported": held.reported,
        "asked": held.asked,
        "respondents": held.respondents,
        "not_answered": held.silent,
        "ticks": held.ticks,
    }


def cell(held: Cell, multiple: bool = False, base: bool = False) -> dict[str, int | None]:
    """One figure."""
    said: dict[str, int | None] = {"count": held.count}
    if base:
        said["respondents"] = held.base.respondents
    said["percent"] = held.percent
    return said | ({"percent_of_ticks": held.share} if multiple else {})


def group(held: Group, counted: Counted, made: Wanted) -> dict[str, Any]:
    """One group, and whether its members are in another one too."""
    named = group_label(held.key, made)
    return {"key": held.key, "label": named, "overlaps": held.overlaps, **base(counted.groups[held.key])}


def group_label(key: str, made: Wanted) -> str:
    """What a group is called: an answer to another question, or a list of countries."""
    if not made.groups.question:
        return label(key)
    question = made.of.questions.prefetch_related("options").get(key=made.groups.question)
    return next((words(option.label) for option in question.options.all() if option.key == key), key)


def line(held: Line) -> dict[str, Any]:
    """One published figure beside ours."""
    return {
        "figure": held.row.id,
        "paragraph": held.row.paragraph,
        "question": held.row.question,
        "option": held.row.option,
        "group": held.row.group,
        "published": {"count": held.row.count, "percent": held.row.percent_text or None},
        "ours": {"count": held.count, "base": held.base, "percent": held.percent or None},
        "verdict": held.verdict,
        "percent_of_parties_asked": held.of_parties,
        "why": held.why,
    }


def country_names(codes: list[str]) -> list[tuple[str, str]]:
    """Countries with their names, in the alphabetical order of the language."""
    named = [(code, vocab.label("country", code)) for code in codes]
    return sorted(named, key=lambda one: vocab.sort_key(one[1], current()))
