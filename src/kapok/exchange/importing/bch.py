"""Records of the Biosafety Clearing-House as JSON: initiatives, resources and organisations."""

from collections.abc import Iterable, Mapping
from typing import Any

from kapok import vocab
from kapok.core.languages import TAGS
from kapok.exchange.importing import dates, terms
from kapok.exchange.importing.organisations import Organisations
from kapok.exchange.importing.said import Notes
from kapok.exchange.importing.source import Place, Told
from kapok.exchange.importing.terms import NOT_THERE
from kapok.vocab.finding import by_iso2

BCH = "BCH"
SCHEMAS = {
    "capacityBuildingInitiative": "initiative",
    "initiative": "initiative",
    "resource": "resource",
    "biosafetyResource": "resource",
    "organization": "organisation",
    "organisation": "organisation",
}
Record = Mapping[str, Any]


def schema_of(one: Record) -> str:
    """The schema in the header of the clearing-house, of a record alone or in its envelope; nothing without one."""
    body = one.get("body")
    inner = one if "header" in one else body if isinstance(body, Mapping) else {}
    header = inner.get("header")
    return str(header.get("schema") or "") if isinstance(header, Mapping) else ""


def is_record(one: Record) -> bool:
    """Is it of a schema that we read?"""
    return schema_of(one) in SCHEMAS


def told(one: Record, place: Place, organisations: Organisations, language: str) -> Told:
    """The record in the format it has here."""
    inner = one if "header" in one else one["body"]
    header = inner["header"]
    form = SCHEMAS[str(header["schema"])]
    made = Told(place, form, {}, cells={"identifier": str(header.get("identifier", ""))})
    if header.get("identifier"):
        made.identifiers.append((BCH, str(header["identifier"])[:300]))
    reader = Reader(inner, made.notes, organisations, language)
    raw = {"initiative": reader.initiative, "resource": reader.resource, "organisation": reader.organisation}[form]()
    made.raw = {name: value for name, value in raw.items() if value not in (None, "", [], {})}
    return made


class Reader:
    """Reads the keys of one record, in any of the spellings the clearing-house has used."""

    def __init__(self, record: Record, notes: Notes, organisations: Organisations, language: str) -> None:
        self.record, self.notes, self.organisations, self.language = record, notes, organisations, language

    def get(self, *names: str) -> Any:
        """The first of several keys that says something."""
        return next((self.record[name] for name in names if self.record.get(name) not in (None, "", [], {})), None)

    def words(self, *names: str) -> dict[str, str]:
        """Text by language."""
        value = self.get(*names)
        if isinstance(value, str):
            return {self.language: value}
        if not isinstance(value, Mapping):
            return {}
        return {tag: str(said) for tag, said in value.items() if tag in TAGS and said}

    def plain(self, *names: str) -> str:
        """Text in whichever language there is."""
        return next(iter(self.words(*names).values()), "")

    def codes(self, *names: str) -> list[str]:
        """The identifiers of terms: `[{"identifier": "…"}]`, or plain texts."""
        value = self.get(*names)
        items = value if isinstance(value, list) else [value] if value else []
        return [str(one.get("identifier") or "") if isinstance(one, Mapping) else str(one) for one in items]

    def terms(self, vocabulary: str, *names: str) -> list[str]:
        """Terms by the typed maps of our lists; what is not mapped is told."""
        found = []
        for code in self.codes(*names):
            value = terms.of_bch(vocabulary, code) or terms.one(vocabulary, code)[0] if code else ""
            if value:
                found.append(value)
            elif code and terms.has_other(vocabulary):
                found.append(f"other:{code}")
            elif code:
                self.notes.drop(NOT_THERE, names[0], code, label=vocabulary)
        return list(dict.fromkeys(found))

    def term(self, vocabulary: str, *names: str) -> str:
        return next(iter(self.terms(vocabulary, *names)), "")

    def countries(self, *names: str) -> list[dict[str, str]]:
        """Countries by their two letters, regions by the maps."""
        found = []
        for code in self.codes(*names):
            value = by_iso2().get(code.upper()) or terms.of_bch("place", code)
            term = vocab.find("place", code) if not value and code else None
            value = value or (term.id if term else "")
            if value:
                found.append({"id": value})
            elif code:
                self.notes.drop(NOT_THERE, "countries", code, label="countries")
        return [one for at, one in enumerate(found) if one not in found[:at]]

    def day(self, *names: str) -> str:
        found = dates.understand(str(self.get(*names) or "")[:10])
        return found.iso if found else ""

    def named(self, role: str, *names: str) -> list[dict[str, str]]:
        """Organisations by name or by their identifier at the clearing-house."""
        value = self.get(*names)
        items: Iterable[Any] = value if isinstance(value, list) else [value] if value else []
        made = []
        for one in items:
            code = str(one.get("identifier", "")) if isinstance(one, Mapping) else ""
            name = one.get("name") or one.get("title") if isinstance(one, Mapping) else one
            said = next(iter(name.values()), "") if isinstance(name, Mapping) else str(name or "")
            if found := self.organisations.one(said, self.notes, "organisations", code):
                made.append({"organisation": found, "role": role})
        return made

    def links(self, *names: str) -> list[dict[str, Any]]:
        value = self.get(*names)
        items = value if isinstance(value, list) else [value] if value else []
        addresses = [one.get("url") if isinstance(one, Mapping) else one for one in items]
        right = [str(one) for one in addresses if str(one or "").startswith(("http://", "https://"))]
        return [{"key": f"li{at}", "address": one} for at, one in enumerate(right, 1)]

    def themes(self) -> list[str]:
        return self.terms("theme", "thematicAreas", "biosafetyThemes", "themes", "subjects")

    def initiative(self) -> dict[str, Any]:
        """A capacity-building initiative."""
        people = [
            *self.named("lead", "leadOrganization", "leadOrganizations"),
            *self.named("implementing", "implementingAgencies", "implementingAgency"),
            *self.named("partner", "partners", "collaboratingPartners"),
            *self.named(
                "funder", "fundingOrganizations", "mainFundingOrganization", "donors", "coFundingOrganizations"
            ),
        ]
        if people and not any(one["role"] == "lead" for one in people):
            people[0] = {**people[0], "role": "lead"}
        total = self.get("totalFunding", "totalBudget", "budgetUSD", "totalAmountUSD")
        status = self.term("status", "status")
        return {
            "title": self.words("title"),
            "reference_number": str(self.get("projectNumber", "referenceNumber") or "")[:80],
            "kind": self.term("initiative-kind", "type", "initiativeType") or "project",
            "scope": self.term("scope", "geographicScope", "scope"),
            "countries": self.countries("countries", "beneficiaryCountries", "geographicScopeCountries", "regions"),
            "starts": self.day("startDate", "dateStart", "start"),
            "ends": self.day("endDate", "dateEnd", "end"),
            "said_status": status if status in {"cancelled", "suspended"} else "",
            "description": self.words("description", "summary"),
            "objectives": self.words("objectives", "objective"),
            "themes": [{"id": one} for one in self.themes()],
            "audience": self.terms("audience", "targetGroups", "audience"),
            "organisations": [{"key": f"or{at}", **one} for at, one in enumerate(people, 1)],
            "budget": [{"key": "bu1", "kind": "grant", "amount": str(total), "currency": "USD"}] if total else [],
            "links": self.links("websites", "links", "webLinks", "relevantDocuments"),
        }

    def resource(self) -> dict[str, Any]:
        """A record of the virtual library."""
        authors = self.get("authors", "author")
        listed = authors if isinstance(authors, list) else [authors] if authors else []
        links = self.links("resourceLinksAndFiles", "links", "websites", "documentLinks")
        year = self.day("publicationYear", "year", "publicationDate")
        return {
            "title": self.words("title"),
            "kind": self.term("resource-type", "resourceTypes", "resourceType", "type"),
            "authors": [str(one.get("name", "") if isinstance(one, Mapping) else one) for one in listed],
            "publisher": self.plain("publisher", "publishers")[:300],
            "year": int(year[:4]) if year else None,
            "languages": [one for one in self.codes("languages", "language") if vocab.term("language", one)],
            "abstract": self.words("abstract", "summary", "description"),
            "themes": self.themes(),
            "countries": [one["id"] for one in self.countries("countries", "countryRegions")],
            "link": links[0]["address"] if links else "",
        }

    def organisation(self) -> dict[str, Any]:
        """An organisation."""
        where = self.countries("country", "countries")
        links = self.links("websites", "website", "links")
        return {
            "name": self.words("name", "title"),
            "acronym": self.plain("acronym")[:60],
            "kind": self.term("organisation-kind", "organizationType", "type"),
            "country": where[0]["id"] if where else "",
            "about": self.words("description", "summary"),
            "web": links[0]["address"] if links else "",
        }
