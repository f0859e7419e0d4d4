"""Rules: who may do what. A rule answers yes, or no with a sentence that says what would help."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


def filled(sentence: Sentence, **facts: Any) -> Sentence:
    """A sentence with its facts, put into words only where it is read: each reader has it in their language."""
    return _in_words(sentence, facts)


def _worded(sentence: Sentence, facts: Mapping[str, Any]) -> str:
    return str(sentence) % facts


_in_words = lazy(_worded, str)


def apart(sentence: Sentence) -> tuple[str, Mapping[str, Any]]:
    """A sentence as the catalogues know it, and the facts that fill it; for those who keep it to say it later."""
    given: Any = getattr(sentence, "_args", (sentence,))
    if len(given) == 2 and isinstance(given[1], Mapping):
        return apart(given[0])[0], given[1]
    return str(given[0]), {}


class Refused(PermissionDenied):
    """An act that a rule does not allow, or that makes no sense now; its text is for the reader."""

    def __init__(self, sentence: Sentence, rule: "Rule | None" = None) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.rule = rule


class System:
    """The installation itself: scheduled jobs act in its name. It is nobody's account."""

    pk = None
    is_authenticated = False
    is_anonymous = True

    def __str__(self) -> str:
        return str(_("Kapok itself"))


SYSTEM = System()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says: `yes`, or no with the `sentence` of the first part that refused."""

    yes: bool
    sentence: Sentence = ""
    rule: "Rule | None" = None

    def __bool__(self) -> bool:
        return self.yes


class Rule:
    """A question about a person and a thing. Rules combine with `&`, `|` and `~`."""

    def __init__(self, sentence: Sentence, name: str = "") -> None:
        self.sentence = sentence
        self.name = name

    def answer(self, who: Any, thing: Any) -> Answer:
        raise TypeError("a rule answers through one of its kinds")

    def __call__(self, who: Any, thing: Any) -> bool:
        return bool(self.answer(who, thing))

    def __and__(self, other: "Rule") -> "Rule":
        return Every((self, other))

    def __or__(self, other: "Rule") -> "Rule":
        return Either((self, other))

    def __invert__(self) -> "Rule":
        return Not(self)

    def saying(self, sentence: Sentence) -> "Rule":
        """The same rule with one sentence of its own for every refusal."""
        return Saying(self, sentence)

    def leaves(self) -> Iterator["Rule"]:
        """The simple rules it is made of, for the page that prints who may do what."""
        yield self

    def describe(self) -> str:
        """The rule in words, from the names of its parts."""
        return self.name


class Simple(Rule):
    """One predicate with its sentence."""

    def __init__(self, predicate: Callable[[Any, Any], bool], sentence: Sentence) -> None:
        super().__init__(sentence, predicate.__name__)
        self.predicate = predicate
        self.__doc__ = predicate.__doc__

    def answer(self, who: Any, thing: Any) -> Answer:
        return Answer(True) if self.predicate(who, thing) else Answer(False, self.sentence, self)


class Every(Rule):
    """All parts must say yes; the first that does not, speaks."""

    def __init__(self, parts: tuple[Rule, ...]) -> None:
        super().__init__("")
        self.parts = parts

    def answer(self, who: Any, thing: Any) -> Answer:
        for part in self.parts:
            said = part.answer(who, thing)
            if not said:
                return said
        return Answer(True)

    def leaves(self) -> Iterator[Rule]:
        for part in self.parts:
            yield from part.leaves()

    def describe(self) -> str:
        return " & ".join(part.describe() for part in self.parts)


class Either(Every):
    """One part must say yes; if none does, the first one speaks: put the usual way first."""

    def answer(self, who: Any, thing: Any) -> Answer:
        answers = [part.answer(who, thing) for part in self.parts]
        return next((said for said in answers if said), answers[0])

    def describe(self) -> str:
        return "(" + " | ".join(part.describe() for part in self.parts) + ")"


class When(Every):
    """One rule for the things of a kind, another for all others."""

    def __init__(self, condition: Rule, then: Rule, otherwise: Rule) -> None:
        super().__init__((then, otherwise))
        self.condition = condition

    def answer(self, who: Any, thing: Any) -> Answer:
        then, otherwise = self.parts
        return (then if self.condition.answer(who, thing) else otherwise).answer(who, thing)

    def describe(self) -> str:
        then, otherwise = self.parts
        return f"({self.condition.describe()} ? {then.describe()} : {otherwise.describe()})"


class Not(Rule):
    """The opposite. It should be given a sentence with `saying`."""

    def __init__(self, part: Rule) -> None:
        super().__init__(_("This is not possible here."), f"not {part.name}")
        self.part = part

    def answer(self, who: Any, thing: Any) -> Answer:
        return Answer(False, self.sentence, self) if self.part.answer(who, thing) else Answer(True)


class Saying(Rule):
    """A rule whose refusals all use one sentence."""

    def __init__(self, part: Rule, sentence: Sentence) -> None:
        super().__init__(sentence, part.name)
        self.part = part

    def answer(self, who: Any, thing: Any) -> Answer:
        return Answer(True) if self.part.answer(who, thing) else Answer(False, self.sentence, self)

    def leaves(self) -> Iterator[Rule]:
        yield from self.part.leaves()

    def describe(self) -> str:
        return self.part.describe()


def rule(sentence: Sentence) -> Callable[[Callable[[Any, Any], bool]], Rule]:
    """Make a rule of a predicate `(who, thing) -> bool`; the sentence is what a refusal says."""

    def decorate(predicate: Callable[[Any, Any], bool]) -> Rule:
        return Simple(predicate, sentence)

    return decorate


def allow(asked: Rule, who: Any, thing: Any) -> None:
    """Go on if the rule says yes; else raise `Refused` with its sentence."""
    said = asked.answer(who, thing)
    if not said:
        raise Refused(said.sentence, said.rule)


@rule(_("Only Kapok itself does this, on its schedule."))
def is_system(who: Any, thing: Any) -> bool:
    """The act comes from a scheduled job."""
    return isinstance(who, System)


@rule(_("Sign in first: this is done in your own name."))
def is_signed_in(who: Any, thing: Any) -> bool:
    """Any person with an account."""
    return bool(getattr(who, "is_authenticated", False))


@rule("")
def is_anyone(who: Any, thing: Any) -> bool:
    """Everybody, signed in or not."""
    return True
