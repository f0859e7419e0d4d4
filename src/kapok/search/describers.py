"""Which room describes which kind of thing, and where synonyms come from."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kapok.search.concepts import NONE, Concepts, Names
from kapok.search.documents import Document

Describe = Callable[[list[str]], Mapping[str, list[Document]]]
Every = Callable[[], Iterable[str]]
BATCH = 500
logger = logging.getLogger("kapok.search")


@dataclass(frozen=True, slots=True)
class Describer:
    """How one kind of thing is put into words, and how all of them are listed."""

    describe: Describe
    every: Every


_describers: dict[str, Describer] = {}
_synonyms: list[Callable[[], Names]] = []
_known: list[Concepts] = []


def register(kind: str, describe: Describe, every: Every) -> None:
    """Things whose reference begins with `kind:` are described by `describe(keys)`; `every()` lists all keys.

    `describe` answers with the documents of each key; no documents, or no answer, removes the key.
    """
    _describers[kind] = Describer(describe, every)


def use_synonyms(source: Callable[[], Names]) -> None:
    """Add a table of names by concept, such as the names of countries; it is read once, at first use."""
    _synonyms.append(source)
    _known.clear()


def concepts() -> Concepts:
    """All tables in one."""
    if not _known:
        names: dict[str, list[str]] = defaultdict(list)
        for source in _synonyms:
            for concept, said in source().items():
                names[concept].extend(said)
        _known.append(Concepts(names) if names else NONE)
    return _known[0]


def kinds() -> list[str]:
    """The kinds that can be described."""
    return sorted(_describers)


def every_key() -> Iterator[str]:
    """The keys of everything there is, kind by kind."""
    for kind in kinds():
        yield from _describers[kind].every()


def describe(keys: list[str]) -> dict[str, list[Document]]:
    """The documents of each key. A key that cannot be described is left as it is in the index, and logged."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        by_kind[key.partition(":")[0]].append(key)
    said: dict[str, list[Document]] = {}
    for kind, own in by_kind.items():
        if kind not in _describers:
            logger.warning("No room describes %s; left as they are: %s", kind, ", ".join(own[:5]))
            continue
        said |= _described(_describers[kind].describe, own)
    return said


def _described(function: Describe, keys: list[str]) -> dict[str, list[Document]]:
    try:
        said = function(keys)
        return {key: _own(key, list(said.get(key, ()))) for key in keys}
    except Exception:
        if len(keys) == 1:
            logger.exception("%s could not be described and stays as it is in the index", keys[0])
            return {}
    # One that fails must not hold up the others.
    found: dict[str, list[Document]] = {}
    for key in keys:
        found |= _described(function, [key])
    return found


def _own(key: str, documents: list[Document]) -> list[Document]:
    for document in documents:
        if document.origin != key:
            raise ValueError(f"{document.key} was given as a document of {key}.")
    if len({document.key for document in documents}) != len(documents):
        raise ValueError(f"{key} has two documents with one key.")
    return documents
