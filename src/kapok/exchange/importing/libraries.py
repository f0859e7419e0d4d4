"""What libraries and news rooms publish: Dublin Core from OAI-PMH repositories, and Atom feeds."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from kapok import vocab
from kapok.core.languages import TAGS
from kapok.core.xml import iterate
from kapok.exchange.importing.reading import File
from kapok.exchange.importing.source import Place, Told

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ADDRESS = re.compile(r"https?://\S+")
DOI = re.compile(r"\b(10\.\d{4,9}/\S+)")
TAG = re.compile(r"<[^>]+>")
FIRST = re.compile(rb"<(?:\w+:)?([A-Za-z][\w-]*)[\s>]")
# ISO 639-2 codes, both kinds, which many libraries still write.
OLDER_CODES = {
    "ara": "ar", "eng": "en", "spa": "es", "fre": "fr", "fra": "fr", "rus": "ru", "chi": "zh", "zho": "zh",
}  # fmt: skip
Element = Any


def records(file: File, form: str) -> Iterator[Told]:
    """The records of one page of a repository, in Dublin Core; deleted ones are passed over."""
    file.content.seek(0)
    for number, record in enumerate(iterate(file.content, f"{OAI}record"), 1):
        header = record.find(f"{OAI}header")
        if header is None or header.get("status") == "deleted":
            continue
        told = of_dublin_core(record, form)
        told.place = Place(file.name, "", number)
        told.identifiers.insert(0, ("OAI", (header.findtext(f"{OAI}identifier") or "").strip()[:300]))
        yield told


def said(record: Element, name: str) -> list[str]:
    """What a record says under one name of Dublin Core."""
    return [text for one in record.iter(f"{DC}{name}") if (text := plain(one.text))]


def of_dublin_core(record: Element, form: str) -> Told:
    """One record: what fits a resource, or a news item, is taken over."""
    found = {name: said(record, name) for name in ("creator", "publisher", "date", "language", "identifier", "subject")}
    title, words = texts(record, f"{DC}title"), texts(record, f"{DC}description")
    links = [match[0] for text in found["identifier"] for match in ADDRESS.finditer(text)]
    raw: dict[str, Any] = {"title": title, "link": next(iter(links), "")}
    if form == "resource":
        raw |= {
            "abstract": words,
            "authors": found["creator"] or found["publisher"],
            "publisher": next(iter(found["publisher"]), ""),
            "year": year_of(found["date"]),
            "languages": [tag for one in found["language"] if (tag := tag_of(one))] or list(title)[:1],
            "kind": term("resource-type", said(record, "type")),
            "themes": terms("theme", found["subject"]),
            "rights": next(iter(said(record, "rights")), ""),
        }
    else:
        raw |= {"text": words or title, "themes": terms("theme", found["subject"])}
    dois = [("DOI", match[1]) for text in found["identifier"] for match in DOI.finditer(text)]
    return Told(Place(), form, {name: value for name, value in raw.items() if value}, dois[:1])


def entries(file: File, form: str) -> Iterator[Told]:
    """The entries of an Atom feed."""
    file.content.seek(0)
    for number, entry in enumerate(iterate(file.content, f"{ATOM}entry"), 1):
        title = texts(entry, f"{ATOM}title")
        words = texts(entry, f"{ATOM}summary") or texts(entry, f"{ATOM}content") or title
        pages = [one.get("href") for one in entry.iter(f"{ATOM}link") if one.get("rel", "alternate") == "alternate"]
        subjects = [one.get("label") or one.get("term") or "" for one in entry.iter(f"{ATOM}category")]
        authors = [plain(one.findtext(f"{ATOM}name")) for one in entry.iter(f"{ATOM}author")]
        published = entry.findtext(f"{ATOM}published") or entry.findtext(f"{ATOM}updated") or ""
        raw: dict[str, Any] = {"title": title, "link": next(iter(pages), ""), "themes": terms("theme", subjects)}
        if form == "resource":
            facts = {"authors": [one for one in authors if one], "year": year_of([published]), "languages": list(title)}
            raw |= {**facts, "abstract": words, "kind": term("resource-type", subjects)}
        else:
            raw |= {"text": words}
        identifier = plain(entry.findtext(f"{ATOM}id"))[:300]
        kept = {name: value for name, value in raw.items() if value}
        yield Told(Place(file.name, "", number), form, kept, [("Atom", identifier)] if identifier else [])


def texts(element: Element, tag: str) -> dict[str, str]:
    """A text by language; the language that stands nearest counts, else English."""
    found: dict[str, str] = {}
    for one in element.iter(tag):
        language = tag_of(inherited(one)) or "en"
        if (text := plain("".join(one.itertext()))) and language in TAGS:
            found.setdefault(language, text)
    return found


def inherited(element: Element) -> str:
    """The language of an element, or of what it stands in."""
    while element is not None:
        if written := element.get(XML_LANGUAGE):
            return str(written)
        element = element.getparent()
    return ""


def plain(text: str | None) -> str:
    """Text without markup and needless blanks."""
    return " ".join(TAG.sub(" ", text or "").split())


def tag_of(code: str) -> str:
    """The tag of a language as libraries write it: `eng`, `fr-CA`, `Spanish`."""
    primary = code.strip().lower().replace("_", "-").partition("-")[0]
    tag = OLDER_CODES.get(primary, primary)
    if tag in TAGS or vocab.term("language", tag):
        return tag
    found = vocab.find("language", code)
    return found.id if found else ""


def year_of(dates: list[str]) -> int | None:
    """The first year that is named."""
    found = [int(match[0]) for one in dates if (match := re.search(r"\b(?:19|20)\d{2}\b", one))]
    return found[0] if found else None


def term(vocabulary: str, written: list[str]) -> str:
    """The first word that is a term; else the first word itself, as one of the others."""
    known = [found.id for one in written if (found := vocab.find(vocabulary, one))]
    return known[0] if known else next((f"other:{one[:100]}" for one in written), "")


def terms(vocabulary: str, written: list[str]) -> list[str]:
    """The words that are terms, once each; else the first words themselves, as others."""
    known = dict.fromkeys(found.id for one in written if (found := vocab.find(vocabulary, one)))
    return list(known) or [f"other:{one[:100]}" for one in written[:3]]


READERS: dict[bytes, Callable[[File, str], Iterator[Told]]] = {b"OAI-PMH": records, b"feed": entries}


def reader_of(file: File) -> Callable[[File, str], Iterator[Told]] | None:
    """The reader for a file of this kind, told by its first element; None for all others."""
    if file.kind != "xml":
        return None
    file.content.seek(0)
    match = FIRST.search(file.content.read(4096))
    return READERS.get(match[1]) if match else None
