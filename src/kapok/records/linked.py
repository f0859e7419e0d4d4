"""A record as linked data (schema.org), for machines that read its page."""

import json
from typing import Any

from django.conf import settings
from markupsafe import Markup

from kapok import vocab
from kapok.core.languages import best
from kapok.records.models import Record

KINDS = {
    "initiative": "Project",
    "opportunity": "Event",
    "course": "Course",
    "need": "Demand",
    "organisation": "Organization",
    "resource": "CreativeWork",
    "expert": "Person",
    "news": "NewsArticle",
}


def linked(record: Record) -> dict[str, Any]:
    """The record in the words of schema.org: what it is, who says so, where and when."""
    form, values = record.form, record.form.public(record.values)
    address = f"{settings.ADDRESS}/records/{record.identifier}"
    days = form.days(values)
    countries = [{"@type": "Country", "name": vocab.label("country", one, "en")} for one in form.countries(values)[:50]]
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": KINDS.get(record.format, "CreativeWork"),
        "@id": address,
        "url": address,
        "identifier": record.identifier,
        "name": in_languages(form.title_of(values)),
        "description": best(form.summary_of(values))[0][:500],
        "areaServed" if record.format in {"organisation", "need"} else "spatialCoverage": countries,
        "startDate": iso(days.get("starts")),
        "endDate": iso(days.get("ends")),
        "datePublished": iso(record.published_at),
        "dateModified": iso(record.changed_at),
        "inLanguage": form.languages(values),
        "publisher": {"@type": "Organization", "name": record.owner.label("en")} if record.owner else None,
        "sameAs": [source["address"] for source in record.sources if source.get("address")],
    }
    return {name: value for name, value in facts.items() if value}


def in_languages(text: dict[str, str]) -> Any:
    """A text as plain words, or with the language of each."""
    if "" in text:
        return text[""]
    return [{"@language": tag, "@value": words} for tag, words in text.items()]


def iso(moment: Any) -> str:
    """A day or a moment in ISO 8601, or nothing."""
    return moment.isoformat() if moment else ""


def script(record: Record) -> Markup:
    """The same as it stands in the head of a page: nothing in it can end the element."""
    return as_script(linked(record))


def as_script(data: Any) -> Markup:
    """Data that may stand within a script element."""
    text = json.dumps(data, ensure_ascii=False)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704
