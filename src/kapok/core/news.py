"""News: what one room announces and another listens to, after the change is safe in the database."""

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import transaction

Listener = Callable[..., None]
_listeners: dict[str, list[Listener]] = defaultdict(list)
logger = logging.getLogger("kapok.news")


def listen(*names: str) -> Callable[[Listener], Listener]:
    """Call the decorated function `(reference, **facts)` after each of the named news; `*` hears all."""

    def decorate(listener: Listener) -> Listener:
        for name in names:
            if listener not in _listeners[name]:
                _listeners[name].append(listener)
        return listener

    return decorate


def announce(name: str, reference: str, **facts: Any) -> None:
    """Tell the listeners once the present transaction is committed; a listener that fails does not undo it."""
    transaction.on_commit(lambda: _tell(name, reference, facts))


def _tell(name: str, reference: str, facts: dict[str, Any]) -> None:
    for listener in (*_listeners[name], *_listeners["*"]):
        try:
            listener(reference, news=name, **facts)
        except Exception:
            logger.exception("A listener to %s failed on %s", name, reference)
