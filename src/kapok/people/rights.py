"""Who may do what, asked of the rules themselves with example persons and things.

A rule is made of simple questions. Each is put to one example of every role, about a thing of the person's own
body, a thing of the person's own, and a stranger's. A question that looks at anything else (the state of a record,
say) cannot be answered for all things at once: it is printed as a condition.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import SYSTEM, Either, Every, Not, Rule, Saying, Sentence, When
from kapok.core.verbs import Verb, verbs
from kapok.people.models import Body, Designation, Kind, Person, Role

OWN_BODY, OTHER_BODY, SOMEBODY = -1, -2, -99
Answer = bool | None
Said = dict[tuple[str, str], Answer]


class Unanswerable(Exception):
    """The rule looked at something that differs from thing to thing."""


class Example:
    """A thing of which only its body and its person are known; looking at anything else gives up."""

    def __init__(self, body: int, person: int) -> None:
        self.pk = self.body_id = self.owner_id = body
        self.person_id = self.author_id = person

    def __getattr__(self, name: str) -> Any:
        # Not an AttributeError: a rule that reads with a default must not take the default for an answer.
        raise Unanswerable(name)


def example(number: int, *roles: Role) -> Person:
    """A person with roles in memory only."""
    person = Person(pk=number, email=f"example{-number}@example.invalid", name="")
    body = Body(pk=OWN_BODY, kind=Kind.GOVERNMENT, code="XXX", country="XXX")
    held = tuple(
        Designation(pk=-1, person=person, role=role, body=body if role in (Role.EDITOR, Role.FOCAL_POINT) else None)
        for role in roles
    )
    person.__dict__["_held"] = held
    return person


COLUMNS: tuple[tuple[str, Sentence, Callable[[], Any]], ...] = (
    ("visitor", _("Visitor"), AnonymousUser),
    ("member", _("Member"), lambda: example(-11)),
    ("editor", Role.EDITOR.label, lambda: example(-12, Role.EDITOR)),
    ("focal_point", Role.FOCAL_POINT.label, lambda: example(-13, Role.FOCAL_POINT)),
    ("secretariat", Role.SECRETARIAT.label, lambda: example(-14, Role.SECRETARIAT)),
    ("administrator", Role.ADMINISTRATOR.label, lambda: example(-15, Role.ADMINISTRATOR)),
    ("system", _("Kapok itself"), lambda: SYSTEM),
)
SCOPES = ("body", "own", "other")
CELLS: dict[str, Sentence] = {
    "yes": _("yes"),
    "body": _("own body only"),
    "own": _("own only"),
    "perhaps": _("on conditions"),
    "no": _("no"),
}


def things(who: Any) -> dict[str, Example]:
    """One thing of the person's body, one of the person, one of strangers."""
    return {
        "body": Example(OWN_BODY, SOMEBODY),
        "own": Example(OTHER_BODY, getattr(who, "pk", None) or SOMEBODY),
        "other": Example(OTHER_BODY, SOMEBODY),
    }


def ask(rule: Rule) -> Said:
    """What one simple question says for every role and thing; `None` where it depends."""
    said: Said = {}
    for column, _label, make in COLUMNS:
        who = make()
        for scope, thing in things(who).items():
            try:
                said[column, scope] = bool(rule(who, thing))
            except (Unanswerable, AttributeError, TypeError, ValueError):
                said[column, scope] = None
    return said


def depends(said: Said) -> bool:
    """Nobody's role answers the question: it is a condition of the thing."""
    return all(answer is None for answer in said.values())


def part_for(rule: When, case: bool) -> Rule:
    """Which of its two rules holds in this case."""
    return rule.parts[0 if case else 1]


def fork(rule: Rule) -> When | None:
    """The first place where the rule asks differently for things of a kind, if there is one."""
    if isinstance(rule, When):
        return rule
    parts = rule.parts if isinstance(rule, Every) else (rule.part,) if isinstance(rule, Saying | Not) else ()
    return next((found for part in parts if (found := fork(part))), None)


def weigh(rule: Rule, case: bool = True) -> Said:
    """What a whole rule says, conditions taken as met; `case` picks the side of a fork."""
    if isinstance(rule, Saying):
        return weigh(rule.part, case)
    if isinstance(rule, When):
        return weigh(part_for(rule, case), case)
    if isinstance(rule, Every):
        join = either if isinstance(rule, Either) else both
        parts = [weigh(part, case) for part in rule.parts]
        return {key: join([part[key] for part in parts]) for key in parts[0]}
    if isinstance(rule, Not):
        if depends(ask(rule.part)):
            return dict.fromkeys(ask(rule.part), True)
        return {key: None if answer is None else not answer for key, answer in weigh(rule.part, case).items()}
    said = ask(rule)
    return dict.fromkeys(said, True) if depends(said) else said


def both(answers: list[Answer]) -> Answer:
    """No if one says no; open if one is open; else yes."""
    return False if False in answers else None if None in answers else True


def either(answers: list[Answer]) -> Answer:
    """Yes if one says yes; open if one is open; else no."""
    return True if True in answers else None if None in answers else False


def cell(said: Said, column: str) -> str:
    """The key of the words in one cell of the table."""
    body, own, other = (said[column, scope] for scope in SCOPES)
    if other:
        return "yes"
    if body and column in (Role.EDITOR, Role.FOCAL_POINT):
        return "body"
    if own:
        return "own"
    return "no" if (body, own, other) == (False, False, False) else "perhaps"


def is_conditional(rule: Rule) -> bool:
    """Does any of its questions look at the thing itself?"""
    if isinstance(rule, Every):
        return any(is_conditional(part) for part in rule.parts)
    if isinstance(rule, Saying | Not):
        return is_conditional(rule.part)
    return None in ask(rule).values()


def conditions(rule: Rule, case: bool = True) -> Iterator[Sentence]:
    """The sentences of the questions that no role answers."""
    if isinstance(rule, When):
        yield from conditions(part_for(rule, case), case)
    elif isinstance(rule, Every):
        for part in rule.parts:
            yield from conditions(part, case)
    elif isinstance(rule, Not):
        # A bare negation has no sentence of its own; `saying` gives it one.
        return
    elif rule.sentence and is_conditional(rule):
        yield rule.sentence


@dataclass(frozen=True, slots=True)
class Line:
    """One verb in the table: what it does, in which case, what each role may, and under which conditions."""

    name: str
    label: Sentence
    case: Sentence
    cells: tuple[str, ...]
    conditions: tuple[Sentence | Promise, ...]


def lines(verb: Verb) -> Iterator[Line]:
    """Ask the rule of one verb; a rule with a fork makes a line for each side."""
    split = fork(verb.rule)
    cases = ((True, split.condition.sentence), (False, _("In all other cases."))) if split else ((True, ""),)
    for case, sentence in cases:
        said = weigh(verb.rule, case)
        cells = tuple(cell(said, column) for column, _label, _make in COLUMNS)
        yield Line(verb.name, verb.label, sentence, cells, tuple(dict.fromkeys(conditions(verb.rule, case))))


@cache
def _table(names: tuple[str, ...]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    rooms = dict.fromkeys(verbs[name].room for name in names)
    return tuple(
        (room, tuple(line for name in names if verbs[name].room == room for line in lines(verbs[name])))
        for room in rooms
    )


def table() -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Every verb of the house by room; rules do not change while Kapok runs, so they are asked once."""
    # A room whose verbs nobody has used yet since the start is read now, so that none is missing.
    autodiscover_modules("verbs")
    return _table(tuple(sorted(verbs)))
