"""Vocabularies for machines: JSON, CSV and SKOS, and what the API answers."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

from kapok.core.languages import TAGS
from kapok.vocab import groups
from kapok.vocab.queries import vocabulary
from kapok.vocab.terms import Map, Term, Vocabulary

# What SKOS calls the other term of a map; one of several finer terms is finer, a joint one is wider.
SKOS_MATCH = {
    "exact": "exactMatch",
    "broader": "broadMatch",
    "narrower": "narrowMatch",
    "split": "narrowMatch",
    "merged": "broadMatch",
}


def term_data(term: Term, language: str | None = None, as_of: date | None = None) -> dict[str, Any]:
    """One term as plain data; what is empty is left out."""
    day = as_of or date.today()
    found: dict[str, Any] = {
        "id": term.id,
        "label": term.label(language or "en"),
        "labels": dict(term.labels),
        "notes": dict(term.note),
        "broader": term.broader,
        "narrower": list(term.narrower),
        "related": list(term.related),
        "synonyms": list(term.synonyms),
        "valid_from": term.valid_from and term.valid_from.isoformat(),
        "valid_until": term.valid_until and term.valid_until.isoformat(),
        "maps": [{"kind": each.kind, "scheme": each.scheme, "code": each.code} for each in term.maps],
        "asks_words": term.asks_words or None,
    }
    if term.facts:
        found |= {"iso2": term.facts["iso2"], "m49": term.facts["m49"], "groups": groups.groups_of(term.id, day)}
        found["source"] = term.facts["source"]
    if term.id in groups.TESTS:
        found["members"] = groups.members(term.id, day)
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def data_of(list_: Vocabulary, language: str | None = None, as_of: date | None = None) -> dict[str, Any]:
    """A whole vocabulary as plain data; given a day, only the terms that hold on it."""
    return {
        "code": list_.code,
        "version": list_.version,
        "title": list_.title[language or "en"],
        "titles": dict(list_.title),
        "as_of": (as_of or date.today()).isoformat(),
        "terms": [term_data(term, language, as_of) for term in list_.terms if as_of is None or term.holds(as_of)],
    }


def api_payload(code: str, as_of: date | None = None, language: str | None = None) -> dict[str, Any]:
    """What the API answers for a vocabulary; KeyError when there is none of this code."""
    return data_of(vocabulary(code), language, as_of)


def to_json(list_: Vocabulary, language: str | None = None, as_of: date | None = None) -> str:
    """The vocabulary as a JSON text."""
    return json.dumps(data_of(list_, language, as_of), ensure_ascii=False, indent=1)


def to_csv(list_: Vocabulary, as_of: date | None = None) -> str:
    """The vocabulary as a table in the columns of our own data files; lists are separated by semicolons."""
    facts = [name for name in list_.terms[-1].facts if name not in ("iso3", "name_en")]
    membership = {"group": ["members"], "country": ["groups"], "place": ["members", "groups"]}.get(list_.code, [])
    head = ["id", "broader", "related", "valid_from", "valid_until", *TAGS]
    head += ["also", "maps", *(f"note_{tag}" for tag in TAGS), *membership, *facts]
    out = io.StringIO()
    table = csv.DictWriter(out, head, restval="", lineterminator="\r\n")
    table.writeheader()
    for term in list_.terms:
        given = term_data(term, "en", as_of)
        cells = {name: given.get(name, "") for name in ("id", "broader", "valid_from", "valid_until")}
        cells |= dict(term.labels) | {f"note_{tag}": note for tag, note in term.note.items()}
        cells |= {"related": "; ".join(term.related), "also": "; ".join(term.synonyms)}
        cells |= {"maps": "; ".join(map(str, term.maps)), **{name: term.facts.get(name, "") for name in facts}}
        cells |= {name: "; ".join(given.get(name, ())) for name in membership}
        table.writerow(cells)
    return out.getvalue()


def to_skos(list_: Vocabulary, base: str = "urn:kapok:", as_of: date | None = None) -> str:
    """The vocabulary as SKOS in Turtle; `base` is the address before `vocabularies/`."""
    scheme = f"{base}vocabularies/{list_.code}"
    lines = [
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .",
        "",
        f"<{scheme}> a skos:ConceptScheme ;",
        f"  owl:versionInfo {literal(list_.version)} ;",
        "  skos:prefLabel " + ", ".join(literal(list_.title[tag], tag) for tag in TAGS) + " .",
    ]
    for term in list_.terms:
        said = " ;\n  ".join(statements(term, scheme))
        lines += ["", f"{concept(scheme, term.id)} a skos:Concept ;\n  {said} ."]
        if term.id in groups.TESTS:
            lines += ["", collection(term, base, as_of or date.today())]
    return "\n".join(lines) + "\n"


def statements(term: Term, scheme: str) -> Iterator[str]:
    """What SKOS says of one term."""
    yield f"skos:inScheme <{scheme}>"
    if not term.broader:
        yield f"skos:topConceptOf <{scheme}>"
    yield f"skos:notation {literal(term.id)}"
    yield "skos:prefLabel " + ", ".join(literal(term.labels[tag], tag) for tag in TAGS)
    others = [name for name in term.synonyms if name not in term.labels.values()]
    if others:
        yield "skos:altLabel " + ", ".join(map(literal, others))
    if term.note:
        yield "skos:definition " + ", ".join(literal(term.note[tag], tag) for tag in TAGS)
    if term.broader:
        yield f"skos:broader {concept(scheme, term.broader)}"
    for name, ids in (("narrower", term.narrower), ("related", term.related)):
        if ids:
            yield f"skos:{name} " + ", ".join(concept(scheme, other) for other in ids)
    for each in term.maps:
        yield f"skos:{SKOS_MATCH[each.kind]} <{address_of(each)}>"


def collection(term: Term, base: str, as_of: date) -> str:
    """The members of a group on a day, as a SKOS collection of countries."""
    countries = [concept(f"{base}vocabularies/country", iso3) for iso3 in groups.members(term.id, as_of)]
    said = ["a skos:Collection", "skos:prefLabel " + ", ".join(literal(term.labels[tag], tag) for tag in TAGS)]
    said += ["skos:member " + ", ".join(countries)] if countries else []
    said.append(f"skos:changeNote {literal(as_of.isoformat())}")
    return f"<{base}vocabularies/group#members-{term.id}> " + " ;\n  ".join(said) + " ."


def concept(scheme: str, term_id: str) -> str:
    """The address of a term: its line on the page of the vocabulary."""
    return f"<{scheme}#term-{quote(term_id)}>"


def address_of(each: Map) -> str:
    """The address of the other term of a map: the one its owners publish, where they publish any."""
    if each.scheme == "sdg":
        return f"http://metadata.un.org/sdg/{each.code}"
    return f"urn:kapok:{each.scheme}:{quote(each.code)}"


def literal(text: str, tag: str = "") -> str:
    """A text in quotes, as Turtle writes it, with its language."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{plain}"' + (f"@{tag}" if tag else "")
