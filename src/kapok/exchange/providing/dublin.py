"""A record in the fifteen words of Dublin Core."""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from kapok import vocab
from kapok.core.languages import LANGUAGES
from kapok.formats.kinds import names, term_id
from kapok.records.models import Record
from kapok.records.payload import address_of

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"


def dublin(record: Record) -> Any:
    """The element `oai_dc:dc`."""
    made = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    made.set(f"{{{XSI}}}schemaLocation", SCHEMA)
    for tag, text, language in told(record):
        if text:
            one = etree.SubElement(made, f"{{{DC}}}{tag}")
            one.text = "".join(sign for sign in text if sign in "\t\n" or sign >= " ")
            if language:
                one.set(LANG, LANGUAGES[language].locale.replace("_", "-"))
    return made


def told(record: Record) -> Iterator[tuple[str, str, str]]:
    """Pairs of word and text, with the language where it is known."""
    form, values = record.form, record.form.public(record.values)
    yield from texts("title", form.title_of(values))
    for name in creators(values):
        yield "creator", name, ""
    for theme in themes(values):
        yield "subject", vocab.label("theme", theme, "en"), "en"
    yield from texts("description", form.summary_of(values))
    yield "publisher", values.get("publisher") or (record.owner.label("en") if record.owner else "Kapok"), ""
    yield "date", (record.changed_at or record.published_at).date().isoformat(), ""  # type: ignore[union-attr]
    yield "type", str(form.label), "en"
    yield "identifier", address_of(record), ""
    yield "identifier", record.identifier, ""
    if link := values.get("link"):
        yield "identifier", link, ""
    for one in values.get("languages") or form.languages(values):
        yield "language", one, ""
    for code in form.countries(values):
        yield "coverage", vocab.label("country", code, "en"), "en"
    yield "rights", values.get("rights", ""), ""


def texts(tag: str, given: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """A text in each of its languages."""
    for language, text in given.items():
        yield tag, text, language


def creators(values: Mapping[str, Any]) -> list[str]:
    """Authors, or the organisations that lead or offer it."""
    leads = [part["organisation"] for part in values.get("organisations", ()) if is_lead(part)]
    named = leads + [values[name] for name in ("organiser", "institution") if isinstance(values.get(name), str)]
    return list(values.get("authors", ())) or [names([one], "en") for one in named]


def is_lead(part: Any) -> bool:
    return isinstance(part, Mapping) and part.get("role") == "lead" and bool(part.get("organisation"))


def themes(values: Mapping[str, Any]) -> list[str]:
    """The ids of the themes, however the format keeps them."""
    given = values.get("themes") or values.get("theme") or []
    items = [given] if isinstance(given, str) else given
    return [term_id(item["id"] if isinstance(item, Mapping) else item) for item in items]
