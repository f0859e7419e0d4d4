"""An import as its pages show it, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import TypedDict

from kapok.core.languages import current
from kapok.exchange.importing import cleaning
from kapok.exchange.importing.comparing import values_of
from kapok.exchange.importing.said import DROPPED, REFUSED, REMARK, label, spoken
from kapok.exchange.importing.targets import spoken as words_of_key
from kapok.exchange.importing.targets import targets
from kapok.exchange.models import Import, Outcome, Row, State
from kapok.exchange.models.imports import Decision
from kapok.formats.differences import Difference, differences
from kapok.formats.format import Format, format_of, formats
from kapok.formats.kinds import Target, supposing
from kapok.records.showing import Block, blocks
from kapok.records.showing import targets as targets_of

MARKS = {
    Outcome.NEW: "open",
    Outcome.CHANGED: "planned",
    Outcome.SAME: "completed",
    Outcome.REFUSED: "returned",
    Outcome.SIMILAR: "unreviewed",
}
WEIGHTS = {
    REFUSED: gettext_lazy("Row stays out"),
    DROPPED: gettext_lazy("Value left out"),
    REMARK: gettext_lazy("Remark"),
}
WEIGHT_MARKS = {REFUSED: "returned", DROPPED: "due", REMARK: "type"}
WHY = {
    "remembered": gettext_lazy("as you said before"),
    "name": gettext_lazy("by its name"),
    "likeness": gettext_lazy("by a name like it"),
    "content": gettext_lazy("by what stands in it"),
    "count": gettext_lazy("it only numbers the lines"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem as a reader meets it; the code is the weight as programs know it."""

    code: str
    weight: str
    mark: str
    words: str
    field: str
    value: str
    rows: int = 1
    first: int = 0


def problem(note: Mapping[str, Any], form: type[Format] | None) -> Problem:
    """A note in the reader's language."""
    words = cleaning.words_of(form, note) if form and "clean" in note else spoken(note, form)  # type: ignore[arg-type]
    path = note.get("path", "")
    field = label(form, path) if form and path else ""
    weight = str(note["weight"])
    return Problem(
        weight,
        str(WEIGHTS[weight]),
        WEIGHT_MARKS[weight],
        words,
        field,
        str(note.get("value", "")),
        note.get("rows", 1),
        note.get("first", 0),
    )


def problems(notes: Iterable[Mapping[str, Any]], code: str = "") -> list[Problem]:
    """Notes in the reader's language, those that keep something out first."""
    order = list(WEIGHTS)
    sorted_notes = sorted(notes, key=lambda note: order.index(note["weight"]))
    return [problem(note, formats.get(note.get("format") or code)) for note in sorted_notes]


def reasons(row: Row) -> list[str]:
    """Why a row looks like a record."""
    return [spoken(reason) for reason in row.reasons]


def changes(row: Row) -> list[Difference]:
    """What a row about a record would change, or did."""
    form = format_of(row.format)
    if row.applied_at and row.before and row.before.get("was"):
        before: Mapping[str, Any] = row.before.get("values") or {}
    else:
        before = values_of(row.target) if row.target else {}
    known = named(row)
    with supposing(known):
        return differences(form.fields, before, row.values or row.said, current())


def understood(row: Row) -> list[Block]:
    """What a row that changes no record says, under the headings of its format."""
    return blocks(format_of(row.format), row.said, private=True)


def named(row: Row) -> dict[str, Target]:
    """The records that a row points to, and the organisations that this import only proposes."""
    form = format_of(row.format)
    wanted = {target for _field, target in form.references(row.said)}
    extras = row.imported.rows.filter(extra=True, cells__placeholder__in=sorted(wanted))
    proposed = {
        extra.cells["placeholder"]: Target(extra.cells["placeholder"], extra.format, extra.said["name"], "")
        for extra in extras
    }
    return {**targets_of(form, row.said), **proposed}


Tally = TypedDict(
    "Tally",
    {
        "rows": int,
        "new": int,
        "changed": int,
        "same": int,
        "refused": int,
        "similar": int,
        "dropped": int,
        "seconds": float,
        "import": int,
    },
)


def tally(imported: Import) -> Tally:
    """The counts that the command and the interface give to programs: each row is in one of the five after `rows`."""
    found = imported.counts
    return {
        "rows": found.get("rows", 0),
        "new": found.get("new", 0),
        "changed": found.get("changed", 0),
        "same": found.get("same", 0),
        "refused": found.get("refused", 0),
        "similar": found.get("similar", 0),
        "dropped": found.get("dropped", 0),
        "seconds": round(imported.seconds + found.get("apply_seconds", 0), 2),
        "import": imported.pk,
    }


def counts(imported: Import) -> list[tuple[str, str, int]]:
    """The tiles: outcome, words, number."""
    return [(str(one.value), str(one.label), imported.counts.get(one.value, 0)) for one in Outcome]


@dataclass(frozen=True, slots=True)
class Choice:
    """One column in the form of columns."""

    name: str
    head: str
    key: str
    words: str
    why: str
    samples: str


def tables(imported: Import, most: int) -> list[tuple[str, str, list[Choice]]]:
    """The tables of an import with their columns: key, name, and what each column is taken for."""
    form = formats.get(imported.format)
    found = []
    for number, (key, kept) in enumerate(imported.match.items()):
        columns = [
            Choice(
                f"c-{number}-{one['number']}",
                one["head"] or f"#{one['number'] + 1}",
                one["key"],
                words_of_key(form, one["key"]) if form else one["key"],
                str(WHY.get(one["why"], "")),
                " · ".join(sample[:40] for sample in one["samples"]),
            )
            for one in kept["columns"][:most]
        ]
        found.append((key, kept.get("sheet") or kept.get("file", key), columns))
    return found


def choices(imported: Import) -> list[tuple[str, str]]:
    """What a column can be taken for, for a select."""
    form = formats.get(imported.format)
    return [(key, str(words)) for key, words in targets(form).items()] if form else []


def acts(imported: Import) -> dict[str, bool]:
    """Which buttons make sense in this state."""
    rest = not imported.is_busy
    return {
        "apply": rest and imported.state in (State.READ, State.APPLIED),
        "match": rest and imported.applied_at is None and bool(imported.match),
        "undo": rest and imported.applied_at is not None and imported.undone_at is None,
        "discard": rest and imported.applied_at is None,
        "stop": imported.is_busy,
    }


def decisions(row: Row) -> list[tuple[str, str]]:
    """What can be said about a row: pairs of decision and words of its button."""
    if row.applied_at or row.outcome == Outcome.REFUSED:
        return []
    said: list[tuple[str, str]] = []
    if row.target and (row.outcome == Outcome.SIMILAR or any(note.get("say") for note in row.problems)):
        said.append((Decision.TAKE, _("Take what the file says into %(id)s") % {"id": row.target.identifier}))
    if row.outcome == Outcome.SIMILAR:
        said.append((Decision.NEW, _("It is a new one")))
    said.append((Decision.LEAVE, _("Leave it out")))
    return [one for one in said if one[0] != row.decision]
