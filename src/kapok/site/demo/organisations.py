"""The organisations of the demo, from their table to values of the format."""

from typing import Any

from kapok import vocab
from kapok.core.languages import TAGS
from kapok.site.demo.tables import Row, given, parts

GOVERNMENT = "gov:"
# A government by its country's name in each language; in English the table gives the name itself.
NAMED = {
    "ar": "{name} (الحكومة)",
    "es": "{name} (Gobierno)",
    "fr": "{name} (Gouvernement)",
    "ru": "{name} (правительство)",
    "zh": "{name}政府",
}


def country_of(key: str) -> str:
    """The country whose government a key stands for: `gov:KEN` is KEN; nothing for any other."""
    return key.removeprefix(GOVERNMENT) if key.startswith(GOVERNMENT) else ""


def names(row: Row) -> dict[str, str]:
    """The name in the languages in which it is certain."""
    found = {tag: row[tag] for tag in TAGS if row[tag]}
    if country := country_of(row["key"]):
        found |= {tag: form.format(name=vocab.label("country", country, tag)) for tag, form in NAMED.items()}
    return found


def values(row: Row, known: dict[str, str]) -> dict[str, Any]:
    """The values of one organisation; `known` tells the identifiers of those before it."""
    return given(
        {
            "name": names(row),
            "acronym": row["acronym"],
            "other_names": parts(row["other_names"]),
            "kind": row["kind"],
            "country": row["country"],
            "parent": known[row["parent"]] if row["parent"] else "",
            "roles": parts(row["roles"]),
            "web": row["web"],
        }
    )
