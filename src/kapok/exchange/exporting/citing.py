"""Resources of the library for programs that keep references: BibTeX and RIS."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.core.languages import best
from kapok.exchange.exporting.rows import Taken
from kapok.exchange.exporting.shape import Shape, Taking
from kapok.formats.kinds import term_id
from kapok.records.payload import address_of

BIBTEX = {
    "book": "book",
    "article": "article",
    "evaluation": "techreport",
    "project-report": "techreport",
    "workshop-report": "techreport",
    "manual": "manual",
}
RIS = {
    "book": "BOOK",
    "article": "JOUR",
    "evaluation": "RPRT",
    "project-report": "RPRT",
    "workshop-report": "RPRT",
    "data-set": "DATA",
    "video": "VIDEO",
    "website": "ELEC",
    "policy-law": "STAT",
}
SPECIAL = re.compile(r"([&%$#_{}~^\\])")
ESCAPES = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def write_bibtex(taking: Taking) -> Iterator[bytes]:
    yield from each(taking, bibtex)


def write_ris(taking: Taking) -> Iterator[bytes]:
    yield from each(taking, ris)


def each(taking: Taking, told: Callable[[Taken, str], str]) -> Iterator[bytes]:
    """The resources of a list, by the stretch."""
    yield b""
    for some in taking.rows:
        mine = (one for one in some if one.record.format == "resource")
        yield "".join(told(one, taking.language) for one in mine).encode()


def facts(one: Taken, language: str) -> dict[str, str]:
    """What both shapes tell."""
    values = one.values
    return {
        "title": best(values.get("title"), language)[0],
        "publisher": values.get("publisher", ""),
        "year": str(values.get("year", "")),
        "abstract": best(values.get("abstract"), language)[0],
        "url": values.get("link") or address_of(one.record),
        "language": ", ".join(values.get("languages", ())),
        "doi": known(values, "doi"),
        "isbn": known(values, "isbn"),
    }


def known(values: Mapping[str, Any], scheme: str) -> str:
    """An identifier of a scheme."""
    told = values.get("identifiers", ())
    return next((one["identifier"] for one in told if one.get("scheme", "").casefold() == scheme), "")


def bibtex(one: Taken, language: str) -> str:
    """An entry. Names stand in braces, so that no program takes a body for a person and turns it round."""
    kind = BIBTEX.get(term_id(one.values.get("kind", "")), "misc")
    authors = " and ".join(f"{{{plain(name)}}}" for name in one.values.get("authors", ()))
    said = {name: plain(text) for name, text in facts(one, language).items() if text}
    if kind == "techreport" and "publisher" in said:
        said["institution"] = said.pop("publisher")
    lines = [f"  {name} = {{{text}}}" for name, text in {"author": authors, **said}.items() if text]
    return f"@{kind}{{{one.record.identifier},\n" + ",\n".join(lines) + "\n}\n\n"


def plain(text: str) -> str:
    """A text that BibTeX reads as it stands."""
    return SPECIAL.sub(lambda sign: ESCAPES.get(sign[1], f"\\{sign[1]}"), " ".join(text.split()))


def ris(one: Taken, language: str) -> str:
    """An entry, one tag on each line."""
    said = facts(one, language)
    pairs = [("TY", RIS.get(term_id(one.values.get("kind", "")), "GEN")), ("ID", one.record.identifier)]
    pairs += [("TI", said["title"]), *(("AU", name) for name in one.values.get("authors", ()))]
    pairs += [("PY", said["year"]), ("PB", said["publisher"]), ("AB", said["abstract"]), ("UR", said["url"])]
    pairs += [("DO", said["doi"]), ("SN", said["isbn"]), ("LA", said["language"])]
    lines = [f"{tag}  - {' '.join(text.split())}" for tag, text in pairs if text]
    return "\r\n".join([*lines, "ER  - ", "", ""])


BIB = Shape("bib", _("BibTeX, for references"), "application/x-bibtex; charset=utf-8", write_bibtex, only=("resource",))
REFER = Shape(
    "ris",
    _("RIS, for references"),
    "application/x-research-info-systems; charset=utf-8",
    write_ris,
    only=("resource",),
)
