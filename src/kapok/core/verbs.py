"""Verbs: every change in Kapok is a function that one of these made."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from kapok.core import trail
from kapok.core.news import announce
from kapok.core.rules import Refused, Rule, Sentence, allow

P = ParamSpec("P")
Result = TypeVar("Result")
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb as the page of rules prints it."""

    name: str
    label: Sentence
    rule: Rule
    body: Callable[..., Any] = field(compare=False)

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]


verbs: dict[str, Verb] = {}


def label_of(name: str) -> str:
    """What an act of the trail is called; also one whose verb is no more."""
    return str(verbs[name].label if name in verbs else _("An act of an earlier Kapok"))


def verb(
    name: str, label: Sentence, rule: Rule, *, quiet: bool = False
) -> Callable[[Callable[Concatenate[Thing, P], Result]], Callable[Concatenate[Thing, P], Result]]:
    """Make a verb: one transaction, row read again under lock, rule asked, trail written, news after commit.

    The thing comes first and `by`, the person, by keyword. A body puts what the trail should remember
    into the entry with `remember`. A quiet verb (autosave) leaves no entry and no news.
    Raises `Refused` with a sentence when the rule says no or the thing is gone.
    """

    def decorate(body: Callable[Concatenate[Thing, P], Result]) -> Callable[Concatenate[Thing, P], Result]:
        @wraps(body)
        def act(thing: Thing, *args: P.args, **rest: P.kwargs) -> Result:
            by = rest["by"]
            with transaction.atomic():
                held = lock(thing)
                allow(rule, by, held)
                # Asked before the body runs: a verb that deletes a row must still be able to name it.
                before = trail.reference(held) if trailworthy(held) else ""
                details: dict[str, Any] = {}
                token = _memory.set(details)
                try:
                    result = body(held, *args, **rest)
                finally:
                    _memory.reset(token)
                if not quiet:
                    subject = before or trail.reference(result if trailworthy(result) else held)
                    trail.write(name, subject, by, details)
                    announce(name, subject)
            return result

        verbs[name] = Verb(name, label, rule, body)
        act.rule = rule  # type: ignore[attr-defined]
        return act  # type: ignore[return-value]  # mypy gives the first parameter of a wrapped function a name

    return decorate


_memory: ContextVar[dict[str, Any] | None] = ContextVar("trail", default=None)


def remember(**details: Any) -> None:
    """Add facts to the trail entry of the verb now running."""
    held = _memory.get()
    if held is not None:
        held.update(details)


def trailworthy(thing: object) -> bool:
    """A thing with an identity of its own: a saved row."""
    return isinstance(thing, models.Model) and thing.pk is not None


def lock(thing: Thing) -> Thing:
    """Read a saved row again and hold it until the transaction ends; anything else stays as it is."""
    if isinstance(thing, models.Model) and thing.pk is not None:
        # Not type(): the person of a request is a lazy stand-in that answers for its class.
        manager: Any = thing.__class__._base_manager
        held: Thing | None = manager.select_for_update().filter(pk=thing.pk).first()
        if held is None:
            raise Refused(_("It is no longer there: someone deleted it a moment ago."))
        return held
    return thing


def may(who: Any, act: Callable[..., Any], thing: Any) -> bool:
    """Would the verb be allowed? For showing or hiding its button."""
    asked: Rule = act.rule  # type: ignore[attr-defined]
    return asked(who, thing)
