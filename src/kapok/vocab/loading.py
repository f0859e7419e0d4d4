"""Reading the data files, once, when first asked for."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale

from kapok.core.languages import LANGUAGES, TAGS
from kapok.vocab.terms import Map, Term, Vocabulary

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """The rows of one data file."""
    text = (files("kapok.vocab") / "data" / f"{name}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


@cache
def index() -> dict[str, Row]:
    """Every vocabulary there is: code, version and title."""
    return {row["code"]: row for row in rows("vocabularies")}


@cache
def load(code: str) -> Vocabulary:
    """One vocabulary whole; KeyError when there is none of this code."""
    about = index()[code]
    special = {
        "country": country_terms,
        "currency": currency_terms,
        "language": language_terms,
        "place": place_terms,
    }
    terms = special[code]() if code in special else [term_of(row) for row in rows(code)]
    return Vocabulary(code, about["version"], {tag: about[tag] for tag in TAGS}, tree(terms))


def parts(text: str | None) -> tuple[str, ...]:
    """The pieces of a cell that holds several, separated by semicolons."""
    return tuple(piece.strip() for piece in (text or "").split(";") if piece.strip())


def day(text: str | None) -> date | None:
    """A date cell; a bare year means its first day."""
    if not text:
        return None
    return date(int(text), 1, 1) if len(text) == 4 else date.fromisoformat(text)


def map_of(text: str) -> Map:
    """A typed map as written in a cell: `exact bch:gender/7CC8AFB1-…`."""
    kind, _, target = text.partition(" ")
    scheme, _, code = target.partition(":")
    return Map(kind, scheme, code)


def term_of(row: Row, labels: Mapping[str, str] | None = None, **more: Any) -> Term:
    """The term of one row."""
    return Term(
        id=row["id"],
        labels=labels or {tag: row[tag] for tag in TAGS},
        note={tag: row[f"note_{tag}"] for tag in TAGS if row.get(f"note_{tag}")},
        broader=row.get("broader") or None,
        related=parts(row.get("related")),
        synonyms=more.pop("synonyms", ()) + parts(row.get("also")),
        valid_from=day(row.get("valid_from")),
        valid_until=day(row.get("valid_until")),
        maps=tuple(map_of(piece) for piece in parts(row.get("maps"))),
        **more,
    )


def tree(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms with each followed by its finer ones, in the order of the file, and told of them."""
    below: dict[str | None, list[Term]] = defaultdict(list)
    for term in terms:
        below[term.broader].append(term)

    def walk(parent: str | None) -> Iterable[Term]:
        for term in below[parent]:
            finer = tuple(child.id for child in below[term.id]) if term.id in below else ()
            yield replace(term, narrower=finer)
            if finer:
                yield from walk(term.id)

    return tuple(walk(None))


@cache
def cldr(tag: str) -> Locale:
    """The names and habits of one language as CLDR has them."""
    return Locale.parse(LANGUAGES[tag].locale)


def first_upper(text: str) -> str:
    """A name as it stands alone in a list: `английский` becomes `Английский`."""
    return text[:1].upper() + text[1:]


def named(row: Row, kind: str) -> Term:
    """A term whose names come from CLDR, unless the file pins one."""
    return term_of(row, {tag: row[tag] or first_upper(getattr(cldr(tag), kind)[row["id"]]) for tag in TAGS})


def language_terms() -> list[Term]:
    """The languages people teach and write in."""
    return [named(row, "languages") for row in rows("language")]


def currency_terms() -> list[Term]:
    """Money in use today, by its ISO code."""
    return [named(row, "currencies") for row in rows("currency")]


@cache
def country_rows() -> dict[str, Row]:
    """The country table by ISO alpha-3 code."""
    return {row["iso3"]: row for row in rows("country")}


def country_terms() -> list[Term]:
    """The countries by the name the United Nations use; what CLDR calls them is a synonym."""
    pinned = {row["iso3"]: row for row in rows("country-names")}
    terms = []
    for iso3, row in country_rows().items():
        common = {tag: cldr(tag).territories[row["iso2"]] for tag in TAGS}
        ours = pinned.get(iso3, {})
        labels = common | {"en": row["name_en"].replace("'", "’")}
        labels |= {tag: ours[tag] for tag in TAGS if ours.get(tag)}
        also = tuple(dict.fromkeys(name for tag, name in common.items() if name != labels[tag]))
        cells = {"id": iso3, "also": ours.get("also", ""), "maps": f"exact bch:country/{row['iso2'].lower()}"}
        terms.append(term_of(cells, labels, synonyms=also, facts=row))
    return terms


def place_terms() -> list[Term]:
    """What a record may say it covers: a region or a group of countries, or a country."""
    return [*load("group").terms, *load("country").terms]
