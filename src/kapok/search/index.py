"""The door to the room: register how things are described, ask, and keep the index true to the store.

The worker calls `drain` every moment; `kapok reindex` and `kapok verify` call the functions of those names.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kapok.search import asking, checking, describers, indexer, notes, suggesting
from kapok.search.describers import register, use_synonyms
from kapok.search.documents import PUBLIC
from kapok.search.engine import Reader, View
from kapok.search.indexer import Broken, unbroken
from kapok.search.place import Place
from kapok.search.questions import Answer, Hit, Question, Suggestion

__all__ = [
    "Unready",
    "ask",
    "drain",
    "every",
    "forget",
    "register",
    "reindex",
    "similar",
    "suggest",
    "use_synonyms",
    "verify",
    "waiting",
]

UNREADY = _("The search index is being built. Registers and pages work meanwhile; please search again in a minute.")
logger = logging.getLogger("kapok.search")
Thing = TypeVar("Thing")


class Unready(Exception):
    """There is no readable index just now."""


_lock = threading.Lock()
_readers: dict[Path, tuple[tuple[int, int], Reader]] = {}


def place() -> Place:
    """Where the index of this installation lives."""
    return Place(Path(settings.DATA) / "index")


def view() -> View:
    """The newest commit of the index in use, whichever process made it; `Broken` if there is none."""
    for _attempt in range(3):
        where = place()
        try:
            seen = where.pointer.stat()
        except FileNotFoundError as error:
            raise Broken("There is no index.") from error
        stamp = (seen.st_mtime_ns, seen.st_ino)
        known = _readers.get(where.root)
        if known is None or known[0] != stamp:
            with _lock, unbroken():
                folder = where.current()
                if folder is None:
                    continue
                known = (stamp, Reader(folder, describers.concepts()))
                _readers[where.root] = known
        try:
            with unbroken():
                return known[1].view()
        except Broken:
            # The folder may just have been replaced by a newer one.
            _readers.pop(where.root, None)
    raise Broken("The index cannot be opened.")


def ask(question: Question) -> Answer:
    """Answer a question; without a readable index the answer is empty and says so."""
    try:
        with unbroken():
            return asking.ask(view(), question)
    except Broken:
        logger.warning("A search could not be answered", exc_info=True)
        return Answer(note=UNREADY)


def every(question: Question) -> tuple[int, Iterator[str]]:
    """How many documents a question finds, and the keys of them all; `Unready` without a readable index."""
    try:
        with unbroken():
            return asking.every(view(), question)
    except Broken as error:
        raise Unready(str(UNREADY)) from error


def numbers(question: Question) -> list[int]:
    """The numbers of all things that a question finds; none without a readable index."""
    return answered(lambda seen: asking.numbers(seen, question), "A search could not be answered")


def newest(question: Question, most: int) -> list[int]:
    """The largest numbers of what a question's limits leave, the largest first; none without a readable index."""
    return answered(lambda seen: asking.newest(seen, question, most), "The newest could not be listed")


def suggest(prefix: str, viewer: tuple[str, ...] = (PUBLIC,), language: str = "en", limit: int = 8) -> list[Suggestion]:
    """Ways to go on typing; none without a readable index."""
    return answered(
        lambda seen: suggesting.suggest(seen, prefix, viewer, language, limit), "Nothing could be suggested"
    )


def similar(
    text: str = "",
    *,
    key: str = "",
    viewer: tuple[str, ...] = (PUBLIC,),
    kind: str = "",
    language: str = "en",
    limit: int = 5,
) -> list[Hit]:
    """Things like a text, or like the thing called `key`; none without a readable index."""
    return answered(
        lambda seen: suggesting.similar(seen, text, key, viewer, kind, language, limit),
        "Nothing similar could be looked up",
    )


def answered(look: Callable[[View], list[Thing]], otherwise: str) -> list[Thing]:
    """What the index of this moment answers; nothing, and a line in the log, without a readable one."""
    try:
        with unbroken():
            return look(view())
    except Broken:
        logger.warning(otherwise, exc_info=True)
        return []


def drain() -> int:
    """Apply all notes of the outbox now; the number of keys applied."""
    return indexer.drain(place())


def waiting() -> int | None:
    """How many changes were not yet carried into the index; None while there is none that can be read."""
    try:
        folder = place().current()
        return None if folder is None else notes.waiting(indexer.cursor_of(folder))
    except Broken:
        return None


def reindex(progress: indexer.Progress | None = None, keys: Iterable[str] | None = None) -> int:
    """Build the index anew beside the one in use, of all there is or of some keys, then swap; how many documents."""
    return indexer.reindex(place(), progress, keys)


def verify(repair: bool = False) -> checking.Report:
    """Prove that index and store agree; with `repair`, make them."""
    return checking.verify(place(), repair)


def forget() -> None:
    """Remove the index, as tests do between each other; the next drain builds it from the store."""
    with place().lock("building"), place().lock("writing"):
        place().forget()
        _readers.clear()
