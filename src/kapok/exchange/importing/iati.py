"""IATI activity and organisation files, versions 1.04 to 2.03, one activity at a time."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_noop

from kapok import vocab
from kapok.core import xml
from kapok.core.languages import TAGS
from kapok.core.shortening import shorten
from kapok.exchange.importing import dates, terms
from kapok.exchange.importing.iati_money import budget
from kapok.exchange.importing.iati_results import results
from kapok.exchange.importing.organisations import IATI, Organisations
from kapok.exchange.importing.reading import File
from kapok.exchange.importing.shares import whole
from kapok.exchange.importing.source import Place, Told
from kapok.vocab.finding import by_iso2

Element = Any
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ROLES = {"1": "funder", "2": "lead", "3": "implementing", "4": "implementing"}
ROLES |= {"funding": "funder", "accountable": "lead", "extending": "implementing", "implementing": "implementing"}
STATUS = {"1": "planned", "2": "ongoing", "3": "completed", "4": "completed", "5": "cancelled", "6": "suspended"}
STATUS |= {"pipeline/identification": "planned", "implementation": "ongoing", "completion": "completed"}
STATUS |= {"post-completion": "completed", "cancelled": "cancelled", "closed": "completed"}
ADDRESS = re.compile(r"https?://\S+$")
STARTS = ("2", "start-actual", "1", "start-planned")
ENDS = ("4", "end-actual", "3", "end-planned")
DAC = {"1": "", "2": "", "DAC": "", "DAC-3": "", "": ""}
NO_COUNTRY = gettext_noop("“%(value)s” is no country that we know.")
NO_TERM = terms.OWN_WORDS


def told(file: File, organisations: Organisations, language: str) -> Iterator[Told]:
    """Each activity or organisation of a file."""
    for count, element in enumerate(xml.iterate(file.content, "iati-activity", "iati-organisation"), 1):
        place = Place(file.name, "", element.sourceline or count)
        made = Activity(element, place, organisations, language)
        yield made.organisation() if element.tag == "iati-organisation" else made.told()


def text(element: Element) -> str:
    """The words of an element, without spaces around."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


class Activity:
    """One activity, read into an initiative."""

    def __init__(self, element: Element, place: Place, organisations: Organisations, language: str) -> None:
        self.element, self.organisations = element, organisations
        own = (element.get(LANG) or "").lower()[:2]
        self.language = own if own in TAGS else language
        self.made = Told(place, "initiative", {})

    def words(self, parent: Element, most: int = 0) -> dict[str, str]:
        """Text by language: narratives of version 2, or the plain words of version 1."""
        found: dict[str, str] = {}
        if parent is None:
            return found
        for one in parent.findall("narrative") or [parent]:
            tag = (one.get(LANG) or self.language).lower()[:2]
            said = text(one)
            if said:
                found.setdefault(tag if tag in TAGS else self.language, shorten(said, most) if most else said)
        return found

    def told(self) -> Told:
        """The initiative."""
        made, raw = self.made, self.made.raw
        identifier = text(self.element.find("iati-identifier"))
        if identifier:
            made.identifiers.append((IATI, identifier[:300]))
        self.titles(raw)
        self.descriptions(raw)
        self.days(raw)
        self.places(raw)
        self.sectors(raw)
        self.people(raw)
        raw["kind"] = "project"
        made.publisher = self.reporting()
        for name, value in (
            ("budget", budget(self.element, made.notes)),
            ("results", results(self.element, self.words, made.notes)),
            ("contact", self.contacts()),
            ("links", self.links()),
        ):
            if value:
                raw[name] = value
        made.cells = {"iati-identifier": identifier}
        return made

    def reporting(self) -> str:
        """Who reports the activity."""
        found = self.element.find("reporting-org")
        return next(iter(self.words(found).values()), "") if found is not None else ""

    def titles(self, raw: dict[str, Any]) -> None:
        found: dict[str, str] = {}
        for one in self.element.findall("title"):
            found = {**self.words(one, 300), **found}
        if found:
            raw["title"] = found

    def descriptions(self, raw: dict[str, Any]) -> None:
        """General descriptions, and objectives where they are marked as such."""
        for one in self.element.findall("description"):
            name = "objectives" if one.get("type") == "2" else "description"
            said = self.words(one, 20_000)
            before = raw.get(name, {})
            joined = {tag: f"{before[tag]}\n\n{words}" if tag in before else words for tag, words in said.items()}
            if joined:
                raw[name] = {**before, **joined}

    def days(self, raw: dict[str, Any]) -> None:
        """Actual days before planned ones; the status where the dates cannot tell it."""
        found: dict[str, str] = {}
        for one in self.element.findall("activity-date"):
            day = dates.understand((one.get("iso-date") or text(one)).strip()[:10])
            if day:
                found.setdefault((one.get("type") or "").lower(), day.iso)
        for name, order in (("starts", STARTS), ("ends", ENDS)):
            if day_of := next((found[kind] for kind in order if kind in found), ""):
                raw[name] = day_of
        status = self.element.find("activity-status")
        if status is not None:
            said = STATUS.get((status.get("code") or text(status)).lower(), "")
            if said in {"cancelled", "suspended"}:
                raw["said_status"] = said

    def places(self, raw: dict[str, Any]) -> None:
        """Countries with their shares, from the activity or else from its transactions."""
        given = list(self.shared("recipient-country"))
        raw_scope = self.element.find("activity-scope")
        if raw_scope is not None and (scope := terms.of_code("scope", f"iati:ActivityScope/{raw_scope.get('code')}")):
            raw["scope"] = scope
        countries = []
        for code, percentage, words in given:
            found = by_iso2().get(code.upper()) or country(code) or country(words)
            if found:
                countries.append((found, percentage))
            elif code or words:
                self.made.notes.drop(NO_COUNTRY, "countries", words or code)
        if shares := whole(countries, self.made.notes, "countries"):
            raw["countries"] = shares
        elif self.element.findall("recipient-region") and "scope" not in raw:
            raw["scope"] = "regional"
        points = [one for one in map(self.point, self.element.findall("location")) if one]
        if points:
            raw["places"] = [{"key": f"pl{at}", **one} for at, one in enumerate(unique(points)[:100], 1)]

    def point(self, location: Element) -> dict[str, Any] | None:
        """A place with its point."""
        name = next(iter(self.words(location.find("name"), 300).values()), "")
        if not name:
            return None
        pos = (text(location.find("point/pos")) or "").replace(",", " ").split()
        coordinates = location.find("coordinates")
        if coordinates is not None:
            pos = [coordinates.get("latitude") or "", coordinates.get("longitude") or ""]
        made: dict[str, Any] = {"name": name}
        if len(pos) == 2 and all(rounded(one) for one in pos):
            made |= {"latitude": rounded(pos[0]), "longitude": rounded(pos[1])}
        return made

    def shared(self, tag: str) -> Iterator[tuple[str, str, str]]:
        """Code, percentage and words of each such element; those of transactions when the activity has none."""
        found = self.element.findall(tag) or self.element.findall(f"transaction/{tag}")
        own = bool(self.element.findall(tag))
        for one in found:
            yield one.get("code") or "", (one.get("percentage") or "") if own else "", text(one)

    def sectors(self, raw: dict[str, Any]) -> None:
        """Sectors as themes, by the first vocabulary that is used: counting two would count everything twice."""
        found = self.element.findall("sector") or self.element.findall("transaction/sector")
        own = bool(self.element.findall("sector"))
        first = next((one.get("vocabulary") or "" for one in found), "")
        given = []
        for one in found:
            if (one.get("vocabulary") or "") == first:
                given.append((self.theme(one, first), (one.get("percentage") or "") if own else ""))
        if shares := whole([pair for pair in given if pair[0]], self.made.notes, "themes"):
            raw["themes"] = shares

    def theme(self, sector: Element, vocabulary: str) -> str:
        """The theme of a sector; in its own words where the list has none."""
        code = sector.get("code") or ""
        if vocabulary in DAC and (found := terms.of_code("theme", f"dac:{code}")):
            return found
        words = next(iter(self.words(sector).values()), "") or code
        found_term, sure = terms.one("theme", words) if words else ("", 0)
        if sure == 100:
            return found_term
        if words:
            self.made.notes.remark(NO_TERM, "themes", words)
        return f"other:{words[:300]}" if words else ""

    def people(self, raw: dict[str, Any]) -> None:
        """Who takes part; the organisation that reports leads when nobody else is said to."""
        parts: list[dict[str, Any]] = []
        for one in self.element.findall("participating-org"):
            role = ROLES.get((one.get("role") or "").lower(), "partner")
            self.take_part(one, role, parts)
        if not any(part["role"] == "lead" for part in parts):
            lead = next((part for part in parts if part["role"] == "implementing"), None)
            if lead:
                lead["role"] = "lead"
            elif (reporting := self.element.find("reporting-org")) is not None:
                self.take_part(reporting, "lead", parts)
        if parts:
            raw["organisations"] = [{"key": f"or{at}", **part} for at, part in enumerate(parts, 1)]

    def take_part(self, element: Element, role: str, parts: list[dict[str, Any]]) -> None:
        names = self.words(element, 300)
        name = next(iter(names.values()), "") or (element.get("ref") or "")
        kind = terms.of_code("organisation-kind", f"iati:OrganisationType/{element.get('type')}")
        found = self.organisations.one(
            name,
            self.made.notes,
            "organisations",
            (element.get("ref") or "").strip(),
            kind=kind,
            language=self.language,
        )
        part = {"organisation": found, "role": role}
        if found and part not in parts:
            parts.append(part)

    def contacts(self) -> list[dict[str, Any]]:
        """Offices, never persons."""
        made = []
        for at, one in enumerate(self.element.findall("contact-info")[:3], 1):
            office = next(iter(self.words(one.find("department"), 300).values()), "")
            body = next(iter(self.words(one.find("organisation"), 300).values()), "")
            facts = {"office": office or body, "body": body, "mail": text(one.find("email"))[:254]}
            web = text(one.find("website"))
            if web.startswith(("http://", "https://", "www.")):
                facts["web"] = web[:2000]
            if facts["office"]:
                made.append({"key": f"co{at}", **{name: value for name, value in facts.items() if value}})
        return made

    def links(self) -> list[dict[str, Any]]:
        """Web pages and documents of the activity."""
        made: list[dict[str, Any]] = []
        for one in self.element.findall("activity-website"):
            made.append({"address": text(one)})
        for one in self.element.findall("document-link"):
            made.append({"address": one.get("url") or "", "words": self.words(one.find("title"), 300)})
        right = [
            one for one in made if one["address"].startswith(("http://", "https://")) and " " not in one["address"]
        ]
        return [{"key": f"li{at}", **link} for at, link in enumerate(right[:40], 1)]

    def organisation(self) -> Told:
        """An organisation file's own organisation."""
        code = text(self.element.find("organisation-identifier")) or text(self.element.find("iati-identifier"))
        name = self.words(self.element.find("name"), 300)
        reporting = self.element.find("reporting-org")
        kind = reporting.get("type") if reporting is not None else ""
        found = terms.of_code("organisation-kind", f"iati:OrganisationType/{kind}")
        raw: dict[str, Any] = ({"name": name} if name else {}) | ({"kind": found} if found else {})
        made = Told(self.made.place, "organisation", raw, [(IATI, code[:300])] if code else [], notes=self.made.notes)
        made.cells = {"organisation-identifier": code}
        return made


def country(written: str) -> str:
    """A country by its code or its name."""
    found = vocab.find("country", written) if written else None
    return found.id if found else ""


def rounded(number: str) -> str:
    """A coordinate of six places at most; nothing when it is none."""
    try:
        return f"{round(float(number), 6):f}".rstrip("0").rstrip(".")
    except ValueError:
        return ""


def unique(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for at, one in enumerate(points) if one not in points[:at]]
