"""A posted or kept form, on its way to the macros of `formats/ask.html`, and the acts of its small buttons.

Raw values have the shape that `Format.parse` gives, which kept values have too; so one form shows both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict

from kapok.core.languages import best, current
from kapok.formats.format import Format, Section
from kapok.formats.kinds import KEY, Choice, Kind, Parts, Target, resolve, term_id
from kapok.formats.problems import Problem, Problems

# Up to so many choices stand as radio buttons.
FEW = 6
# Up to so many terms each have a box for their share; in longer lists only those that are chosen.
SHORT = 40


@dataclass(frozen=True, slots=True)
class Option:
    """One choice as the form shows it."""

    id: str
    label: str
    depth: int = 0
    chosen: bool = False
    share: str = ""
    asks_words: bool = False


@dataclass
class Asking:
    """What the macros need beside a kind and its value: problems, names of other records, and what was found."""

    problems: Problems = field(default_factory=Problems)
    targets: Mapping[str, Target] = field(default_factory=dict)
    # Candidates for a link, by the path of its box, as pairs of label and note.
    found: Mapping[str, list[Target]] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    suggestions: str = ""
    # Where files are read, and how large each kept one is.
    files: str = ""
    sizes: Mapping[str, int] = field(default_factory=dict)
    # A page that asks for one part only has room for radio buttons; within lists of parts a select is shorter.
    one_part: bool = False

    def error(self, path: str, *, within: bool = False) -> str:
        """The first sentence about this place, or about a language of it."""
        for problem in self.problems.errors:
            if problem.path == path or (within and problem.path.startswith(f"{path}-")):
                return str(problem.sentence)
        return ""

    def remark(self, path: str) -> str:
        """What is said about a place without keeping the record back."""
        return next((str(problem.sentence) for problem in self.problems.remarks if problem.path == path), "")

    def options(self, kind: Choice, value: Any) -> list[Option]:
        """The choices of a vocabulary with those that are chosen; a chosen one no longer offered stays."""
        chosen = dict(pairs(value))
        offered = kind.choices(current())
        known = {one.id for one in offered}
        gone = [
            Option(one, kind.label_of(one, current()), 0, True, share)
            for one, share in chosen.items()
            if one not in known
        ]
        return gone + [
            Option(one.id, one.label, one.depth, one.id in chosen, chosen.get(one.id, ""), one.asks_words)
            for one in offered
        ]

    def few(self, kind: Choice) -> bool:
        """Are there so few choices that each can stand as a radio button?"""
        return len(kind.choices(current())) <= FEW

    def short(self, kind: Choice) -> bool:
        """Is the list short enough for a share box beside each term?"""
        return len(kind.choices(current())) <= SHORT

    def words(self, value: Any) -> str:
        """The words given with “Other”."""
        items = value if isinstance(value, list) else [value]
        ids = [item.get("id", "") if isinstance(item, Mapping) else str(item or "") for item in items]
        return next((one.partition(":")[2] for one in ids if ":" in one), "")

    def named(self, identifier: Any) -> str:
        """A record as it stands in a box: “Title (ORG-000012)”; what is typed and means none stays as it is."""
        target = self.targets.get(str(identifier or "").strip())
        return name_of(target) if target else str(identifier or "")

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)


def name_of(target: Target) -> str:
    """“Title (ORG-000012)”."""
    title = best(target.title)[0]
    return f"{title} ({target.identifier})" if title else target.identifier


def pairs(value: Any) -> Iterator[tuple[str, str]]:
    """The chosen term ids with their shares as percentages, from any shape of value."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            yield term_id(str(item.get("id", ""))), shown_share(item.get("share"))
        elif item:
            yield term_id(str(item)), ""


def shown_share(share: Any) -> str:
    """A share as people type it: 25 for 0.25; what is no number stays."""
    if not share:
        return ""
    try:
        return f"{(Decimal(str(share)) * 100).normalize():f}"
    except InvalidOperation:
        return str(share)


def linked(fields: Mapping[str, Kind], raw: Mapping[str, Any]) -> Iterator[str]:
    """The identifiers in a form, to look their titles up at once."""
    for name, kind in fields.items():
        value = raw.get(name)
        if isinstance(kind, Parts):
            for item in value or ():
                yield from linked(kind.part.fields, item)
        elif kind.widget in {"ref", "refs"}:
            yield from (str(one).strip() for one in (value if isinstance(value, list) else [value]) if one)


def targets_in(form: type[Format], raw: Mapping[str, Any]) -> dict[str, Target]:
    """The records named in a form."""
    return resolve(linked(form.fields, raw))


@dataclass(frozen=True, slots=True)
class Place:
    """A place within raw values: `holder[name]` is the value of `kind`."""

    holder: dict[str, Any]
    name: str
    kind: Kind
    path: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.holder.setdefault(self.name, [])
        return rows


def reach(fields: Mapping[str, Kind], raw: dict[str, Any], path: str, post: QueryDict) -> tuple[Place, int] | None:
    """The place that a posted path names, and the row at its end (or -1); None for a path that leads nowhere.

    Rows keep the numbers they were shown with, so that a row taken away by a script does not move the others.
    """
    steps = path.split("-")
    holder, kinds, walked, posted = raw, fields, "", ""
    while steps:
        name = steps.pop(0)
        kind = kinds.get(name)
        if kind is None:
            return None
        walked, posted = join(walked, name), join(posted, name)
        place = Place(holder, name, kind, walked)
        if not steps or not isinstance(kind, Parts):
            return place, -1
        number = steps.pop(0)
        shown = post.getlist(f"{posted}-row")
        if number not in shown or shown.index(number) >= len(place.rows):
            return None
        row = shown.index(number)
        if not steps:
            return place, row
        holder, kinds = place.rows[row], kind.part.fields
        walked, posted = join(walked, str(row)), join(posted, number)
    return None


def join(path: str, step: str) -> str:
    return f"{path}-{step}" if path else step


def act(form: type[Format], raw: dict[str, Any], post: QueryDict) -> str | None:
    """Do what a button for parts asks: add one, take one away, move one up. The path to go on at, or None."""
    for name in ("_add", "_remove", "_up"):
        if name in post and (found := reach(form.fields, raw, post.get(name, ""), post)):
            place, row = found
            if not isinstance(place.kind, Parts):
                return None
            return change(name, place, row)
    return None


def change(name: str, place: Place, row: int) -> str:
    """One change to a list of parts."""
    rows = place.rows
    if name == "_add":
        rows.append({KEY: ""})
        return f"{place.path}-{len(rows) - 1}"
    if name == "_remove" and row >= 0:
        del rows[row]
    elif name == "_up" and row > 0:
        rows[row - 1], rows[row] = rows[row], rows[row - 1]
        return f"{place.path}-{row - 1}"
    return place.path


@dataclass(frozen=True, slots=True)
class Step:
    """One section in the table of contents of a form: how far it is answered."""

    id: str
    title: str
    hint: str
    kinds: list[Kind]
    state: str


def steps(form: type[Format], values: Mapping[str, Any], problems: Problems, first: str) -> list[Step]:
    """The sections of a format with their state: done, wrong or still to do."""
    found = []
    for section, kinds in form.grouped():
        title = str(section.title) if isinstance(section, Section) else first
        hint = str(section.hint) if isinstance(section, Section) else ""
        name = section.name if isinstance(section, Section) else "first"
        found.append(Step(f"s-{name}", title, hint, kinds, state_of(kinds, values, problems)))
    return found


def state_of(kinds: list[Kind], values: Mapping[str, Any], problems: Problems) -> str:
    """Wrong where something must be mended; done when all that is required, or else anything, is answered."""
    if any(problems.below(kind.name) for kind in kinds if problems.errors):
        return "wrong"
    answered = [not kind.is_silent(values.get(kind.name)) for kind in kinds]
    required = [has for has, kind in zip(answered, kinds, strict=True) if kind.required]
    return "done" if (all(required) if required else any(answered)) else "todo"
