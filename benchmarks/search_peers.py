"""The same questions on SQLite FTS5 and on PostgreSQL, written as one would without a search engine.

Both hold a full-text index, a table of facet values, and find, sort and count in SQL. Neither stems all six
languages; they do less work than Kapok, and the words asked are found by both as they stand.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import psycopg

from kapok.search.analysis import fold
from kapok.search.documents import Document
from kapok.search.questions import Question


class Peer(Protocol):
    """Something that answers the same question."""

    name: str

    def load(self, documents: Iterable[Document]) -> None: ...
    def ask(self, question: Question) -> int: ...
    def similar(self, text: str) -> int: ...


def _filters(question: Question, mark: str, without: str = "") -> tuple[str, list[Any]]:
    sql, values = "", []
    for facet, ids in question.filters.items():
        if ids and facet != without:
            marks = ",".join([mark] * len(ids))
            sql += f" AND d.id IN (SELECT doc FROM facets WHERE facet = {mark} AND value IN ({marks}))"
            values += [facet, *ids]
    return sql, values


class Sqlite:
    """SQLite with FTS5."""

    name = "SQLite FTS5"

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA temp_store=MEMORY")
        self.db.execute("PRAGMA cache_size=-200000")

    def load(self, documents: Iterable[Document]) -> None:
        db = self.db
        db.execute("CREATE VIRTUAL TABLE words USING fts5(title, text, content='', tokenize='unicode61')")
        db.execute("CREATE TABLE docs (id INTEGER PRIMARY KEY, key TEXT, public INT)")
        db.execute("CREATE TABLE facets (facet TEXT, value TEXT, doc INT)")
        for number, one in enumerate(documents):
            title, text = (fold(" ".join(said.values())) for said in (one.titles, one.texts))
            db.execute("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (number, title, text))
            db.execute("INSERT INTO docs VALUES (?, ?, ?)", (number, one.key, "public" in one.seen_by))
            rows = [(name, value, number) for name, values in one.facets.items() for value in values]
            db.executemany("INSERT INTO facets VALUES (?, ?, ?)", rows)
        db.execute("CREATE INDEX by_doc ON facets (doc, facet, value)")
        db.execute("CREATE INDEX by_value ON facets (facet, value, doc)")
        db.commit()
        db.execute("ANALYZE")

    def _found(self, question: Question, without: str = "") -> tuple[str, list[Any]]:
        sql, values = _filters(question, "?", without)
        if not question.q:
            return f"SELECT d.id, 0.0 AS rank FROM docs d WHERE d.public{sql}", values
        match = " AND ".join(f'"{word}"' for word in fold(question.q).split())
        return (
            "SELECT d.id, bm25(words, 3.0, 1.0) AS rank FROM words JOIN docs d ON d.id = words.rowid "
            f"WHERE words MATCH ? AND d.public{sql}",
            [match, *values],
        )

    def ask(self, question: Question) -> int:
        db = self.db
        sql, values = self._found(question)
        db.execute("DROP TABLE IF EXISTS temp.hits")
        db.execute(f"CREATE TEMP TABLE hits AS {sql}", values)
        total = int(db.execute("SELECT count(*) FROM hits").fetchone()[0])
        db.execute("SELECT id FROM hits ORDER BY rank LIMIT 20").fetchall()
        for facet in question.facets:
            if question.filters.get(facet):
                sql, values = self._found(question, facet)
                db.execute(
                    f"SELECT f.value, count(*) FROM ({sql}) h JOIN facets f ON f.doc = h.id AND f.facet = ? "
                    "GROUP BY f.value",
                    [*values, facet],
                ).fetchall()
            else:
                db.execute(
                    "SELECT f.value, count(*) FROM hits h JOIN facets f ON f.doc = h.id AND f.facet = ? "
                    "GROUP BY f.value",
                    [facet],
                ).fetchall()
        return total

    def similar(self, text: str) -> int:
        match = " OR ".join(f'"{word}"' for word in dict.fromkeys(fold(text).split()))
        return len(
            self.db.execute(
                "SELECT d.id FROM words JOIN docs d ON d.id = words.rowid WHERE words MATCH ? AND d.public "
                "ORDER BY bm25(words, 3.0, 1.0) LIMIT 5",
                [match],
            ).fetchall()
        )


class Postgres:
    """PostgreSQL with a tsvector under a GIN index."""

    name = "PostgreSQL"

    def __init__(self, url: str) -> None:
        self.db = psycopg.connect(url, autocommit=True)

    def load(self, documents: Iterable[Document]) -> None:
        db = self.db
        db.execute("DROP TABLE IF EXISTS docs, facets")
        db.execute("CREATE TEMP TABLE raw (id INT, key TEXT, public BOOL, title TEXT, text TEXT)")
        db.execute("CREATE TABLE facets (facet TEXT, value TEXT, doc INT)")
        found: list[tuple[str, str, int]] = []
        with db.cursor() as cursor, cursor.copy("COPY raw FROM STDIN") as copy:
            for number, one in enumerate(documents):
                title, text = (fold(" ".join(said.values())) for said in (one.titles, one.texts))
                copy.write_row((number, one.key, "public" in one.seen_by, title, text))
                found.extend((name, value, number) for name, values in one.facets.items() for value in values)
        with db.cursor() as cursor, cursor.copy("COPY facets FROM STDIN") as copy:
            for row in found:
                copy.write_row(row)
        db.execute(
            "CREATE TABLE docs AS SELECT id, key, public, "
            "setweight(to_tsvector('simple', title), 'A') || to_tsvector('simple', text) AS words FROM raw"
        )
        db.execute("ALTER TABLE docs ADD PRIMARY KEY (id)")
        db.execute("CREATE INDEX ON docs USING gin (words)")
        db.execute("CREATE INDEX ON facets (doc, facet, value)")
        db.execute("CREATE INDEX ON facets (facet, value, doc)")
        db.execute("VACUUM ANALYZE")
        db.execute("SET work_mem = '128MB'")
        db.execute("SET max_parallel_workers_per_gather = 0")

    def _found(self, question: Question, without: str = "") -> tuple[str, list[Any]]:
        sql, values = _filters(question, "%s", without)
        if not question.q:
            return f"SELECT d.id, 0.0 AS rank FROM docs d WHERE d.public{sql}", values
        return (
            "SELECT d.id, ts_rank(d.words, q) AS rank FROM docs d, plainto_tsquery('simple', %s) q "
            f"WHERE d.words @@ q AND d.public{sql}",
            [fold(question.q), *values],
        )

    def ask(self, question: Question) -> int:
        db = self.db
        sql, values = self._found(question)
        db.execute("DROP TABLE IF EXISTS hits")
        db.execute(f"CREATE TEMP TABLE hits AS {sql}", values)
        row = db.execute("SELECT count(*) FROM hits").fetchone()
        db.execute("SELECT id FROM hits ORDER BY rank DESC LIMIT 20").fetchall()
        for facet in question.facets:
            if question.filters.get(facet):
                sql, values = self._found(question, facet)
                source, said = f"({sql}) h", [*values, facet]
            else:
                source, said = "hits h", [facet]
            db.execute(
                f"SELECT f.value, count(*) FROM {source} JOIN facets f ON f.doc = h.id AND f.facet = %s "
                "GROUP BY f.value",
                said,
            ).fetchall()
        return int(row[0]) if row else 0

    def similar(self, text: str) -> int:
        query = " | ".join(dict.fromkeys(word for word in fold(text).split() if word.isalnum()))
        return len(
            self.db.execute(
                "SELECT d.id FROM docs d, to_tsquery('simple', %s) q WHERE d.words @@ q AND d.public "
                "ORDER BY ts_rank(d.words, q) DESC LIMIT 5",
                [query],
            ).fetchall()
        )
