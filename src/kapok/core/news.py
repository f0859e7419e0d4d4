"""News: what one room announces and another listens to, after the change is safe in the database."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

Listener = Callable[..., None]
_listeners: dict[str, list[Listener]] = defaultdict(list)
_together: set[Listener] = set()
logger = logging.getLogger("kapok.news")


def listen(*names: str, together: bool = False) -> Callable[[Listener], Listener]:
    """Call the decorated function `(reference, **facts)` after each of the named news; `*` hears all.

    With `together` it is called `(references, **facts)`, once for all the things that were announced at once.
    """

    def decorate(listener: Listener) -> Listener:
        if together:
            _together.add(listener)
        for name in names:
            if listener not in _listeners[name]:
                _listeners[name].append(listener)
        return listener

    return decorate


def announce(name: str, reference: str, **facts: Any) -> None:
    """Tell the listeners once the present transaction is committed; a listener that fails does not undo it."""
    announce_all(name, [reference], **facts)


def announce_all(name: str, references: Iterable[str], **facts: Any) -> None:
    """Tell the same of many things that one change touched."""
    told = list(references)
    if told:
        transaction.on_commit(lambda: _tell(name, told, facts))


def _tell(name: str, references: list[str], facts: dict[str, Any]) -> None:
    for listener in (*_listeners[name], *_listeners["*"]):
        for heard in [references] if listener in _together else references:
            try:
                listener(heard, news=name, **facts)
            except Exception:
                logger.exception("A listener to %s failed on %s", name, heard)
