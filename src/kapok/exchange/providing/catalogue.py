"""What the dump and the ways to read along are, for catalogues of open data: DCAT as JSON-LD and as Turtle."""

import json
from typing import Any

from django.conf import settings

from kapok.exchange.providing.dump import Dump
from kapok.formats.format import formats

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA = "https://www.iana.org/assignments/media-types/"
KEYWORDS = ("biosafety", "capacity-building", "Cartagena Protocol")
TITLE = "Kapok: registers of capacity-building for biosafety"
SAID = (
    "Initiatives, opportunities, courses, needs, organisations, resources and experts of the Coordination Mechanism "
    "for capacity-building under the Cartagena Protocol on Biosafety, with everything that is public of each."
)


def graph(dump: Dump | None) -> dict[str, Any]:
    """The catalogue with its one data set."""
    address = settings.ADDRESS
    data: dict[str, Any] = {
        "@id": f"{address}/data#dataset",
        "@type": "dcat:Dataset",
        "dct:title": {"@value": TITLE, "@language": "en"},
        "dct:description": {"@value": SAID, "@language": "en"},
        "dct:identifier": f"{address}/data",
        "dcat:landingPage": {"@id": f"{address}/data"},
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/DAILY"},
        "dcat:keyword": [
            "biosafety",
            "capacity-building",
            "Cartagena Protocol",
            *(form.code for form in formats.values()),
        ],
        "dct:publisher": publisher(),
        "dcat:distribution": [*files(dump), *services()],
    }
    if dump:
        data["dct:modified"] = {"@value": dump.manifest["made_at"], "@type": "xsd:dateTime"}
    return {
        "@context": CONTEXT,
        "@id": f"{address}/data#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": {"@value": TITLE, "@language": "en"},
        "dct:publisher": publisher(),
        "dcat:dataset": [data],
    }


def publisher() -> dict[str, Any]:
    return {"@id": settings.ADDRESS, "@type": "foaf:Agent", "foaf:name": "Kapok"}


def files(dump: Dump | None) -> list[dict[str, Any]]:
    """The files of the dump, each with its size and hash."""
    return [
        {
            "@id": f"{settings.ADDRESS}/data/{one['name']}",
            "@type": "dcat:Distribution",
            "dct:title": one["name"],
            "dcat:downloadURL": {"@id": f"{settings.ADDRESS}/data/{one['name']}"},
            "dcat:mediaType": {"@id": f"{MEDIA}{one['type']}"},
            "dcat:byteSize": {"@value": str(one["bytes"]), "@type": "xsd:nonNegativeInteger"},
            "spdx:checksum": {
                "@type": "spdx:Checksum",
                "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                "spdx:checksumValue": {"@value": one["sha256"], "@type": "xsd:hexBinary"},
            },
        }
        for one in (dump.manifest["files"] if dump else ())
    ]


def services() -> list[dict[str, Any]]:
    """The ways to read along while things change."""
    ways = (
        ("api", "JSON interface", f"{settings.ADDRESS}/api/v1/search", "application/json"),
        ("oai", "OAI-PMH 2.0", f"{settings.ADDRESS}/oai?verb=Identify", "text/xml"),
        ("csv", "Every list as CSV", f"{settings.ADDRESS}/search.csv", "text/csv"),
        ("iati", "Initiatives as IATI 2.03", f"{settings.ADDRESS}/search.iati", "application/xml"),
    )
    return [
        {
            "@id": f"{settings.ADDRESS}/data#{name}",
            "@type": "dcat:Distribution",
            "dct:title": title,
            "dcat:accessURL": {"@id": address},
            "dcat:mediaType": {"@id": f"{MEDIA}{kind}"},
        }
        for name, title, address, kind in ways
    ]


def to_jsonld(dump: Dump | None) -> str:
    """The description as JSON-LD."""
    return json.dumps(graph(dump), ensure_ascii=False, indent=1) + "\n"


def to_turtle(dump: Dump | None) -> str:
    """The same as Turtle."""
    told = graph(dump)
    prefixes = [f"@prefix {name}: <{address}> ." for name, address in told.pop("@context").items()]
    statements: list[str] = []
    subject(told, statements)
    return "\n".join([*prefixes, "", *statements]) + "\n"


def subject(thing: dict[str, Any], out: list[str]) -> str:
    """A thing with a name of its own as a block of statements; its name."""
    name = f"<{thing['@id']}>"
    block = f"{name} a {thing['@type']}{said(thing, out)} ."
    if block not in out:
        out.append(block)
    return name


def said(thing: dict[str, Any], out: list[str]) -> str:
    """What is said of a thing."""
    lines = []
    for word, given in thing.items():
        if not word.startswith("@"):
            values = given if isinstance(given, list) else [given]
            lines.append(f" ;\n  {word} " + ", ".join(value(one, out) for one in values))
    return "".join(lines)


def value(one: Any, out: list[str]) -> str:
    """A value: a text, a typed one, a name, or a thing of its own."""
    if isinstance(one, str):
        return json.dumps(one, ensure_ascii=False)
    if "@value" in one:
        text = json.dumps(one["@value"], ensure_ascii=False)
        return text + (f"@{one['@language']}" if "@language" in one else f"^^{one['@type']}")
    if "@id" in one and "@type" in one:
        return subject(one, out)
    if "@id" in one:
        return one["@id"] if one["@id"].startswith("spdx:") else f"<{one['@id']}>"
    return f"[ a {one['@type']}{said(one, out)} ]"
