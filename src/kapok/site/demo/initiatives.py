"""The real initiatives: from the table of facts, and how each was read, to values of the format.

`initiatives.csv` holds the facts as they were found, each with its address. `initiatives-read.csv` says for
each row how it was read: which organisation did what, where the venue was taken for the country, and what
it is about in a sentence. Nothing is added that the facts do not say.
"""

from typing import Any

from kapok import vocab
from kapok.site.demo.tables import Row, given, parts

CLOSING = "Facts from the source below; the owner has not yet confirmed them."
FRAMEWORK = "national framework implementation"
WITH_ARTICLE = frozenset({"LAO", "TZA"})
NONE = "-"
Known = dict[str, str]


def values(fact: Row, read: Row, organisations: Known, made: Known) -> dict[str, Any]:
    """The values of one initiative; `organisations` and `made` tell identifiers by key."""
    country = fact["countries_iso3"]
    return given(
        {
            "title": {"en": read["title"] or fact["title"]},
            "reference_number": read["reference"],
            "kind": read["kind"],
            "scope": read["scope"],
            "part_of": made[read["part_of"]] if read["part_of"] else "",
            "countries": [{"id": one} for one in countries(fact, read)],
            "places": [{"name": name} for name in parts(read["places"])],
            **dates(fact, read),
            "organisations": roles(read, organisations),
            "themes": [{"id": one} for one in parts(fact["themes"])],
            "methods": parts(read["methods"]),
            "duties": parts(read["duties"]),
            "level": read["level"],
            "audience": parts(read["audience"]),
            "objectives": {"en": read["objective"] or objective(country)},
            "description": {"en": f"{about(fact, read)} {CLOSING}"},
            "budget": budget(fact, read, organisations),
            "links": [{"address": fact["source_url"], "words": {"en": "Source"}}],
            "identifiers": identifiers(read["reference"]),
        }
    )


def countries(fact: Row, read: Row) -> list[str]:
    """The countries it is about; where the facts name only the venue, none."""
    if read["countries"] == NONE:
        return []
    return parts(read["countries"] or fact["countries_iso3"])


def dates(fact: Row, read: Row) -> dict[str, Any]:
    """The days as far as they are known."""
    if read["dates"] == NONE:
        return {}
    length = 48 if "planned 48 months" in fact["note"] else None
    return {"starts": fact["start"], "ends": fact["end"], "planned_months": length}


def roles(read: Row, organisations: Known) -> list[dict[str, str]]:
    """Who did what."""
    return [
        {"organisation": organisations[key], "role": role}
        for role in ("lead", "funder", "implementing", "partner")
        for key in parts(read[role])
    ]


def budget(fact: Row, read: Row, organisations: Known) -> list[dict[str, Any]]:
    """The money lines the facts state: the funder's amount, and what came beside it."""
    lines = []
    funders = parts(read["funder"])
    if fact["amount"]:
        kind = "own" if read["funder"] == read["lead"] else "grant"
        sole = organisations[funders[0]] if len(funders) == 1 else ""
        lines.append({"kind": kind, "amount": fact["amount"], "currency": fact["currency"], "funder": sole})
    stated = [piece.split() for piece in parts(read["money"])]
    if not stated and fact["cofinancing"]:
        stated = [["co-financing", fact["cofinancing"], fact["currency"]]]
    for kind, amount, currency, *funder in stated:
        whose = organisations[funder[0]] if funder else ""
        lines.append({"kind": kind, "amount": amount, "currency": currency, "funder": whose})
    return [given(line) for line in lines]


def objective(country: str) -> str:
    """What every project that implements a national framework is for."""
    article = "the " if country in WITH_ARTICLE else ""
    name = article + vocab.label("country", country, "en")
    return f"To put the national biosafety framework of {name} into operation."


def about(fact: Row, read: Row) -> str:
    """The sentences of the description."""
    said = [read["about"]] if read["about"] else []
    if fact["type"] == FRAMEWORK and not read["objective"]:
        through = {"unep": "UNEP", "undp": "UNDP", "wb": "the World Bank", "fao": "FAO"}[read["implementing"]]
        said.insert(0, f"A national project with funds of the Global Environment Facility through {through}.")
    return " ".join(said)


def identifiers(reference: str) -> list[dict[str, str]]:
    """A number of the GEF is also an identifier of its own."""
    scheme, _space, number = reference.partition(" ")
    return [{"scheme": "GEF", "identifier": number}] if scheme == "GEF" else []


def sources(fact: Row, taken_on: str) -> list[dict[str, str]]:
    """Where the facts come from."""
    words = f"Table of real initiatives, row {fact['id']}"
    return [{"address": fact["source_url"], "words": words, "taken_on": taken_on}]
