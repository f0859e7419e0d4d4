"""Carrying changes into the index: one writer at a time, and the place in the outbox in the same commit."""

import json
import logging
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from time import monotonic

import tantivy

from kapok.search import describers, notes
from kapok.search.concepts import Concepts
from kapok.search.documents import Document
from kapok.search.engine import CURSOR, HIDDEN, SCHEMA, Reader, open_index, to_row
from kapok.search.notes import Cursor
from kapok.search.place import Place

SMALL, LARGE = 20_000_000, 300_000_000  # bytes a writer may hold before it puts them on disk
MANY = 2_000  # keys described together while the index is built
HOUR = 3600.0
_tidied: dict[str, float] = {}
logger = logging.getLogger("kapok.search")
Progress = Callable[[int], None]


class Broken(Exception):
    """The index on disk cannot be read: it must be built anew."""


class Writer:
    """Replaces documents in one folder and commits them with the cursor. Use it under the lock `writing`."""

    def __init__(self, folder: Path, concepts: Concepts, heap: int = SMALL) -> None:
        self.concepts = concepts
        with unbroken():
            self._writer = open_index(folder).writer(heap, 1)

    def replace(self, key: str, documents: Iterable[Document], fresh: bool = False) -> int:
        """Put the documents of a key in place of those it had."""
        if not fresh:
            self._writer.delete_documents_by_term("origin", key)
        number = 0
        for document in documents:
            self._writer.add_document(to_row(document, self.concepts))
            number += 1
        return number

    def commit(self, cursor: Cursor) -> None:
        """Make everything since the last commit visible, and say how far the outbox was applied."""
        self._writer.delete_documents_by_term("key", CURSOR)
        row = tantivy.Document()
        row.add_text("key", CURSOR)
        row.add_text("origin", CURSOR)
        row.add_text("access", HIDDEN)
        row.add_bytes("kept", json.dumps(cursor).encode())
        self._writer.add_document(row)
        self._writer.commit()

    def close(self) -> None:
        """Wait until small pieces are joined into larger ones; a writer dropped early leaves them for ever."""
        self._writer.wait_merging_threads()


class unbroken:  # noqa: N801 (reads as a word in `with unbroken():`)
    """Turns what the engine throws at a damaged index into `Broken`, its panics included."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is not None and (isinstance(error, ValueError | OSError) or _is_panic(error)):
            raise Broken(str(error)) from error


def _is_panic(error: BaseException) -> bool:
    return type(error).__name__ == "PanicException"


def cursor_of(folder: Path) -> Cursor:
    """How far the outbox was applied in the newest commit."""
    with unbroken():
        seen = (folder / "meta.json").stat()
        return _cursor(folder, seen.st_mtime_ns, seen.st_ino)


@lru_cache(maxsize=4)
def _cursor(folder: Path, changed: int, file: int) -> Cursor:
    """The cursor of one commit; it is asked for every second and changes only with a commit."""
    view = Reader(folder).view()
    found = view.searcher.search(tantivy.Query.term_query(SCHEMA, "key", CURSOR), 1).hits
    if not found:
        raise Broken("The index does not say how far it got.")
    kept = view.searcher.doc(found[0][1]).get_first("kept")
    return Cursor(*json.loads(kept or b"null"))


def apply(folder: Path, cursor: Cursor, concepts: Concepts) -> int:
    """Bring a folder up to date with the outbox; the number of notes applied."""
    applied = 0
    writer: Writer | None = None
    while True:
        said = notes.after(cursor, describers.BATCH)
        if not said.keys:
            break
        writer = writer or Writer(folder, concepts)
        for key, documents in describers.describe(said.keys).items():
            writer.replace(key, documents)
        writer.commit(said.cursor)
        applied += len(said.keys)
        if said.cursor == cursor:  # only notes of our own open transaction were left
            break
        cursor = said.cursor
    if writer:
        writer.close()
        _tidy(cursor)
    return applied


def _tidy(cursor: Cursor) -> None:
    """Once an hour, delete old notes: looking for them costs more than a change does."""
    if monotonic() - _tidied.get("at", -HOUR) >= HOUR:
        _tidied["at"] = monotonic()
        notes.prune(cursor)


def drain(place: Place) -> int:
    """Apply all notes now; build the index first if there is none that fits. The number of keys applied."""
    concepts = describers.concepts()
    with place.lock("writing"):
        folder = place.current()
        if folder is not None and place.fits(folder, concepts):
            try:
                cursor = cursor_of(folder)
                if not notes.is_behind(cursor):
                    return apply(folder, cursor, concepts)
                logger.warning("The store is older than the index; the index is built anew.")
            except Broken as error:
                logger.warning("The index cannot be read and is built anew: %s", error)
        else:
            logger.info("There is no index that fits; it is built.")
    return _rebuild_once(place, folder)


def reindex(place: Place, progress: Progress | None = None, keys: Iterable[str] | None = None) -> int:
    """Build the index beside the one in use and put it in its place; the number of documents.

    `keys` are those of all things, for somebody who knows them better, such as who is still writing them.
    """
    with place.lock("building"):
        return _rebuild(place, progress, keys)


def _rebuild_once(place: Place, seen: Path | None) -> int:
    """Build the index, unless another process just did so while we waited."""
    with place.lock("building"):
        current = place.current()
        if current != seen and place.fits(current, describers.concepts()):
            return 0
        return _rebuild(place)


def _rebuild(place: Place, progress: Progress | None = None, keys: Iterable[str] | None = None) -> int:
    concepts = describers.concepts()
    start = notes.now()
    folder = place.fresh(concepts)
    try:
        number = _build(folder, start, concepts, progress, describers.every_key() if keys is None else keys)
        with place.lock("writing"):
            apply(folder, start, concepts)
            place.swap(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # a full disk must not stay full because of us
        raise
    return number


def _build(folder: Path, start: Cursor, concepts: Concepts, progress: Progress | None, keys: Iterable[str]) -> int:
    writer = Writer(folder, concepts, LARGE)
    number = 0
    for some in batches(keys, MANY):
        for key, documents in describers.describe(some).items():
            number += writer.replace(key, documents, fresh=True)
        if progress:
            progress(number)
    writer.commit(start)
    writer.close()
    return number


def batches(keys: Iterable[str], size: int = describers.BATCH) -> Iterator[list[str]]:
    """Keys by the hundred."""
    source = iter(keys)
    while batch := list(islice(source, size)):
        yield batch


def repair(place: Place, keys: list[str]) -> None:
    """Describe keys anew and put them in place, whatever the outbox says."""
    concepts = describers.concepts()
    with place.lock("writing"):
        folder = place.current()
        if folder is None:
            raise Broken("There is no index to repair.")
        cursor = cursor_of(folder)
        writer = Writer(folder, concepts)
        for batch in batches(keys):
            said = describers.describe([key for key in batch if key.partition(":")[0] in describers.kinds()])
            for key in batch:
                if key in said or key.partition(":")[0] not in describers.kinds():
                    writer.replace(key, said.get(key, []))
        writer.commit(cursor)
        writer.close()
