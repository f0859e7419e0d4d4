"""Complete, valid values of each format, as a careful person would fill them in."""

from typing import Any


def contact() -> list[dict[str, Any]]:
    """The contact of an office."""
    return [{"key": "ctc", "office": "Biosafety office", "mail": "office@example.org"}]


def initiative(lead: str, **values: Any) -> dict[str, Any]:
    """An initiative of one lead organisation."""
    return {
        "title": {"en": "Detecting living modified organisms at the border"},
        "kind": "project",
        "objectives": {"en": "Inspectors can take samples and laboratories can test them."},
        "description": {"en": "Training and equipment for two laboratories and four border posts."},
        "scope": "national",
        "countries": [{"id": "KEN"}],
        "starts": "2025-01",
        "ends": "2030",
        "organisations": [{"key": "org", "organisation": lead, "role": "lead"}],
        "contact": contact(),
        "themes": [{"id": "i", "share": "0.5"}, {"id": "b", "share": "0.5"}],
        **values,
    }


def opportunity(organiser: str, **values: Any) -> dict[str, Any]:
    """A workshop with a closing day far ahead."""
    return {
        "title": {"en": "Regional workshop on risk assessment", "fr": "Atelier régional sur l’évaluation des risques"},
        "kind": "workshop",
        "organiser": organiser,
        "themes": ["c"],
        "eligibility": {"en": "Officials who assess risks."},
        "mode": "online",
        "languages": ["en", "fr"],
        "closes": "2099-05-31",
        "apply_link": "https://example.org/apply",
        "contact": contact(),
        **values,
    }


def course(institution: str, **values: Any) -> dict[str, Any]:
    """A master's degree."""
    return {
        "title": {"en": "Master in biosafety"},
        "institution": institution,
        "country": "ITA",
        "award": "master",
        "themes": ["c", "d"],
        "languages": ["en"],
        "links": [{"key": "lnk", "address": "https://example.org/master"}],
        "contact": contact(),
        **values,
    }


def need(government: str = "KEN", **values: Any) -> dict[str, Any]:
    """A need of a country, first in its list."""
    return {
        "government": government,
        "title": {"en": "A laboratory that can detect living modified organisms"},
        "theme": "i",
        "now": "1",
        "wanted": "3",
        "rank": 1,
        "horizon": "short",
        "why": {"en": "Seeds cross the border untested."},
        "exists": {"en": "One university laboratory with trained staff and no equipment."},
        "audience": ["laboratory-staff"],
        "help": ["equipment", "training"],
        **values,
    }


def organisation(**values: Any) -> dict[str, Any]:
    """A research institute."""
    return {
        "name": {"en": "Institute for Biosafety Research"},
        "kind": "academic-research",
        "country": "KEN",
        **values,
    }


def resource(**values: Any) -> dict[str, Any]:
    """A manual with a link."""
    return {
        "title": {"en": "Manual on sampling"},
        "kind": "manual",
        "authors": ["Institute for Biosafety Research"],
        "year": 2024,
        "languages": ["en"],
        "themes": ["i"],
        "link": "https://example.org/manual.pdf",
        **values,
    }


def expert(government: str = "KEN", **values: Any) -> dict[str, Any]:
    """An expert named by role."""
    return {
        "government": government,
        "name": "Expert in detection",
        "post": "Head of laboratory",
        "profile": {"en": "Twenty years of work on the detection of modified seeds."},
        "field": ["scientific-technical"],
        "languages": ["en"],
        "mail": "expert@example.org",
        "consent": True,
        **values,
    }


def news(**values: Any) -> dict[str, Any]:
    """A short item."""
    return {"title": {"en": "Workshop announced"}, "text": {"en": "Applications are open."}, **values}
