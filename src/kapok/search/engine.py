"""The index on disk: its columns, how a document is put into them, and a reader that follows every commit."""

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import tantivy

from kapok.core.languages import TAGS
from kapok.search.analysis import BREAK, HAN_RUN, fold, is_han, stemmed, words
from kapok.search.concepts import NONE, Concepts
from kapok.search.documents import DATES, PUBLIC, Document

VERSION = 2  # raise it when the columns or the analysis change: every index is then built anew
CURSOR = "\x00cursor"
# Facets with thousands of values, and one that no page counts, keep a column of their own.
# The others stand together in one column as well, by which many are counted in one pass.
WIDE = frozenset({"organisation", "role", "funder", "lacks"})
JOIN = "\x1f"
KEPT = 2_000  # characters of each text kept for showing what was found
SORTED = 48  # characters of a title that decide its place in a list
HIDDEN = "hidden"


def build_schema() -> tantivy.Schema:
    """The columns. Facets live twice: each in a column of its own, and all together for counting in one pass."""
    builder = tantivy.SchemaBuilder()
    for name in ("key", "origin"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("kind", "seen_by", "access"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("title", "text"):
        builder.add_text_field(name, tokenizer_name="spaced", index_option="position")
    builder.add_text_field("words", tokenizer_name="spaced", index_option="basic")
    builder.add_text_field("names", tokenizer_name="spaced", index_option="basic")
    builder.add_text_field("counts", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_json_field("facets", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("number", indexed=True, fast=True)
    for name in DATES:
        builder.add_integer_field(name, indexed=True, fast=True)
    for tag in TAGS:
        builder.add_text_field(f"sort_{tag}", fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_float_field(f"weight_{tag}", fast=True)
    builder.add_bytes_field("kept", stored=True)
    builder.add_bytes_field("digest", stored=True)
    return builder.build()


SCHEMA = build_schema()


def open_index(folder: Path) -> tantivy.Index:
    """The index in a folder, made if the folder is empty."""
    index = tantivy.Index(SCHEMA, str(folder))
    index.register_tokenizer("spaced", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def is_surface(word: str) -> bool:
    """Is it a word as people write it, for completing and mending what is typed?"""
    if word.isascii() or HAN_RUN.search(word) is None:
        return 2 <= len(word) <= 40
    return is_han(word) and len(word) <= 12


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a text, analysed."""

    stems: str
    concepts: tuple[str, ...]
    words: frozenset[str]


def piece(text: str, language: str, concepts: Concepts) -> Piece:
    """One line of a text as stems, the concepts it names, and its words as written."""
    written = words(text)
    part = stemmed(written, language)
    said = frozenset(filter(is_surface, written))
    return Piece(" ".join(part), tuple(concepts.terms(part)), said)


# Labels of terms and names of bodies come again and again; whole paragraphs hardly ever.
_again = lru_cache(maxsize=20_000)(piece)
SHORT = 160


def weights(document: Document) -> dict[str, float]:
    """How much a document counts for readers of each language: whole where its title speaks theirs."""
    spoken = {tag for tag, text in document.texts.items() if tag and text}
    titled = {tag for tag, text in document.titles.items() if tag and text}
    neutral = 0.75 if not titled else 0.5
    return {tag: 1.0 if tag in titled else 0.75 if tag in spoken else neutral for tag in TAGS}


@dataclass(slots=True)
class Row:
    """Texts in several languages as stems in one row, the concepts they name, and their words as written."""

    stems: list[str] = field(default_factory=list)
    concepts: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, said: Mapping[str, str], concepts: Concepts) -> "Row":
        row = cls()
        for language, text in said.items():
            for line in text.split("\n"):
                found = (_again if len(line) < SHORT else piece)(line, language, concepts)
                row.concepts.extend(found.concepts)
                row.words.update(found.words)
                if found.stems:
                    row.stems.append(found.stems)
            row.stems.append(BREAK)
        return row

    def text(self, *implied: str) -> str:
        """What goes into a column: stems, then each concept once."""
        return " ".join((*self.stems, *dict.fromkeys((*self.concepts, *implied))))


def to_row(document: Document, concepts: Concepts = NONE) -> tantivy.Document:
    """A document as the index stores it."""
    row = tantivy.Document()
    row.add_text("key", document.key)
    row.add_text("origin", document.origin)
    row.add_text("kind", document.kind)
    row.add_integer("number", document.number)
    for token in document.seen_by:
        row.add_text("seen_by", token)
    if PUBLIC not in document.seen_by:
        row.add_text("access", HIDDEN)
    titles, texts = Row.of(document.titles, concepts), Row.of(document.texts, concepts)
    row.add_text("title", titles.text())
    row.add_text("text", texts.text(*concepts.of_facets(document.facets)))
    identifier = fold(document.origin.partition(":")[2])
    row.add_text("names", " ".join((*sorted(titles.words), *identifier.split())))
    row.add_text("words", " ".join(sorted(titles.words | texts.words)))
    _add_columns(row, document)
    kept = {
        "kind": document.kind,
        "extra": document.extra,
        "titles": dict(document.titles),
        "texts": {tag: text[:KEPT] for tag, text in document.texts.items()},
    }
    row.add_bytes("kept", json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode())
    row.add_bytes("digest", document.digest().encode())
    return row


def _add_columns(row: tantivy.Document, document: Document) -> None:
    facets = {name: list(dict.fromkeys(values)) for name, values in document.facets.items() if values}
    row.add_json("facets", facets)
    for name, values in facets.items():
        if name not in WIDE:
            for value in values:
                row.add_text("counts", f"{name}{JOIN}{value}")
    dates = dict(document.dates)
    if dates.get("closes") is not None and dates.get("opens") is None:
        dates["opens"] = 1  # what names no opening day has always been open
    for name, day in dates.items():
        if day is not None:
            row.add_integer(name, day)
    for tag, weight in weights(document).items():
        row.add_float(f"weight_{tag}", weight)
    titles = document.sort_title or document.titles
    chosen = {tag: titles.get(tag) or titles.get("en") or next(filter(None, titles.values()), "") for tag in TAGS}
    keys = {title: _sort_key(title) for title in set(chosen.values()) if title}
    for tag, title in chosen.items():
        if title:
            row.add_text(f"sort_{tag}", keys[title])


def _sort_key(title: str) -> str:
    return " ".join(words(title))[:SORTED] or fold(title)[:SORTED]


Counts = dict[str, dict[str, int]]  # of each facet, how many documents hold each value


def parted(counts: Iterable[tuple[str, int]]) -> Counts:
    """Counts by facet and value of what stands in the column of all facets."""
    made: Counts = {}
    for joined, number in counts:
        name, _, value = joined.partition(JOIN)
        made.setdefault(name, {})[value] = number
    return made


@dataclass
class View:
    """One commit of the index, frozen: everything asked of one view agrees. `memory` lives as long as it does.

    `doubtful` documents are hidden from the public, or deleted and not yet swept out: a word that more than these
    hold is surely held by one that everybody may see.
    """

    searcher: tantivy.Searcher
    concepts: Concepts
    doubtful: int
    memory: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def volumes(self) -> dict[str, tuple[int, int]]:
        """How many values each facet has, and how often they stand in all documents: what counting it costs."""
        every = parted(self.searcher.terms_with_prefix("counts", ""))
        return {name: (len(values), sum(values.values())) for name, values in every.items()}


class Reader:
    """Opens the index in a folder and reads it anew when a commit was made, by whichever process."""

    def __init__(self, folder: Path, concepts: Concepts = NONE) -> None:
        self.folder = folder
        self.concepts = concepts
        self._meta = folder / "meta.json"
        self._index = open_index(folder)
        self._stamp: tuple[int, int, int] | None = None
        self._view: View | None = None
        self._lock = threading.Lock()

    def view(self) -> View:
        """The newest commit. Checking costs one look at a file."""
        stamp = self._look()
        if self._view is None or stamp != self._stamp:
            with self._lock:
                self._view = self._open()
                self._stamp = stamp
        return self._view

    def _look(self) -> tuple[int, int, int]:
        seen = self._meta.stat()
        return seen.st_mtime_ns, seen.st_ino, seen.st_size

    def _open(self) -> View:
        deleted = self._deleted()
        while True:
            self._index.reload()
            again = self._deleted()
            if again == deleted:
                break
            deleted = again
        searcher = self._index.searcher()
        return View(searcher, self.concepts, searcher.doc_freq("access", HIDDEN) + deleted)

    def _deleted(self) -> int:
        """How many deleted documents still lie in the files; they count where words are counted."""
        segments = json.loads(self._meta.read_text())["segments"]
        return sum((one.get("deletes") or {}).get("num_deleted_docs", 0) for one in segments)
