"""The documents that the mission text cites, as resources of the library."""

from typing import Any

from kapok.site.demo.tables import given

CITING = "https://docslib.org/doc/13797164/unep-cbd-bs-cop-mop-6-7"
SECRETARIAT = "Secretariat of the Convention on Biological Diversity"


def values(entry: dict[str, Any], organisations: dict[str, str], initiatives: dict[str, str]) -> dict[str, Any]:
    """The values of one resource. Their language is English: whether others exist is not known here."""
    symbol = entry.get("symbol", "")
    return given(
        {
            "title": entry["title"],
            "kind": entry["kind"],
            "authors": entry.get("authors", [SECRETARIAT]),
            "year": entry["year"],
            "languages": ["en"],
            "abstract": entry["abstract"],
            "themes": entry["themes"],
            "audience": entry.get("audience"),
            "countries": entry.get("countries"),
            "part_of": initiatives[entry["part_of"]] if "part_of" in entry else "",
            "organisations": [organisations[key] for key in entry["organisations"]],
            "link": entry.get("link"),
            "identifiers": [{"scheme": "UN symbol", "identifier": symbol}] if symbol else [],
        }
    )


def sources(entry: dict[str, Any], taken_on: str) -> list[dict[str, str]]:
    """Where it is known from: the document that cites it, and its own address."""
    found = [{"address": CITING, "words": "Cited in UNEP/CBD/BS/COP-MOP/6/7", "taken_on": taken_on}]
    if entry.get("link", CITING) != CITING:
        found.append({"address": entry["link"], "words": "The resource itself", "taken_on": taken_on})
    return found
