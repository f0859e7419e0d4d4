"""Organisations as a file names them: found in the register by identifier or name, else proposed as new ones."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_noop
from rapidfuzz import fuzz, process

from kapok.exchange.importing.said import Notes
from kapok.exchange.importing.terms import GUESSED
from kapok.formats.kinds import Target
from kapok.records.models import Alias, Record, Stage
from kapok.vocab.finding import fold

PROPOSED = gettext_noop("The organisation “%(value)s” is not in the register; it goes in as a new one.")
NO_NAME = gettext_noop("“%(value)s” is not the name of an organisation.")
NAME = re.compile(r"[^\W\d_]{2}")
SIGNS = re.compile(r"\s*[;|\n]\s*")
IDENTIFIER = re.compile(r"\b(ORG-\d{6,9})\b")
ACRONYM = re.compile(r"(.+?)\s*\(([^()]{2,15})\)$")
# Identifiers from here on stand for organisations that are only proposed.
FIRST = 900_000_000
SURE = 94
IATI = "IATI"


class Organisations:
    """The register's organisations by every name, and those that this import adds."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        self.targets: dict[str, Target] = {}
        self.proposed: dict[str, dict[str, Any]] = {}
        self.guesses: dict[str, tuple[str, bool]] = {}
        self.load()

    def load(self) -> None:
        """Read the register once."""
        rows = Record.objects.filter(format="organisation", stage__in=(Stage.PUBLISHED, Stage.UNPUBLISHED))
        found = rows.order_by("pk").values_list("identifier", "values", "draft__values", "stage")
        for identifier, values, drafted, stage in found.iterator(chunk_size=2000):
            self.add(identifier, values or drafted or {}, public=stage == Stage.PUBLISHED)
        aliases = Alias.objects.filter(record__format="organisation").values_list("record__identifier", "identifier")
        self.codes |= {code.casefold(): identifier for identifier, code in aliases}

    def add(self, identifier: str, values: dict[str, Any], *, public: bool) -> None:
        """Know one organisation by its names."""
        name = values.get("name", {})
        for written in (*name.values(), values.get("acronym", ""), *values.get("other_names", ())):
            if written:
                self.names.setdefault(fold(written), identifier)
        self.targets[identifier] = Target(identifier, "organisation", name, f"/records/{identifier}", public)

    def several(self, text: str, notes: Notes, path: str) -> list[str]:
        """The organisations of a cell; commas part them only where they make names that are known."""
        found = []
        for part in (part for part in SIGNS.split(text) if part):
            found += [self.one(name, notes, path) for name in self.cut(part)]
        return list(dict.fromkeys(one for one in found if one))

    def cut(self, text: str) -> list[str]:
        """A name with commas in it, or several names."""
        if fold(text) in self.names or "," not in text:
            return [text]
        parts = [part.strip() for part in text.split(",") if part.strip()]
        return parts if all(fold(part) in self.names for part in parts) or len(parts) > 2 else [text]

    def one(self, name: str, notes: Notes, path: str, code: str = "", **facts: Any) -> str:
        """The identifier of one organisation; a new one is proposed when nobody is so called."""
        name = " ".join(name.split())[:300]
        if (match := IDENTIFIER.search(name.upper())) and match[1] in self.targets:
            return match[1]
        if code and (found := self.codes.get(code.casefold())):
            return found
        if not name:
            return ""
        identifier, guessed = self.guesses.get(name) or self.guesses.setdefault(name, self.find(name))
        if guessed:
            notes.remark(GUESSED, path, name, read=next(iter(self.targets[identifier].title.values()), ""))
        if not identifier and not NAME.search(name):
            notes.drop(NO_NAME, path, name)
            return ""
        if not identifier:
            identifier = self.propose(name, code, facts)
            self.guesses[name] = identifier, False
            notes.remark(PROPOSED, path, name)
        if code:
            self.codes.setdefault(code.casefold(), identifier)
        return identifier

    def find(self, name: str) -> tuple[str, bool]:
        """By name, by the name before or within brackets, or by a name that is nearly the same."""
        match = ACRONYM.match(name)
        for written in (name, *(match.groups() if match else ())):
            if found := self.names.get(fold(written)):
                return found, False
        folded = fold(name)
        if len(folded) > 10:
            like = process.extractOne(folded, self.names.keys(), scorer=fuzz.ratio, score_cutoff=SURE)
            if like:
                return self.names[like[0]], True
        return "", False

    def propose(self, name: str, code: str, facts: dict[str, Any]) -> str:
        """A new organisation, under an identifier that only stands for it until it goes in."""
        identifier = f"ORG-{FIRST + len(self.proposed) + 1}"
        match = ACRONYM.match(name)
        language = facts.pop("language", "en")
        values: dict[str, Any] = {"name": {language: match[1] if match else name}}
        if match and " " not in match[2]:
            values["acronym"] = match[2]
        if code:
            values["identifiers"] = [{"key": "iati", "scheme": IATI, "identifier": code[:300]}]
        values |= {key: value for key, value in facts.items() if value}
        self.proposed[identifier] = values
        self.add(identifier, values, public=False)
        return identifier

    def used(self, values: Any) -> Iterator[str]:
        """The proposed organisations that values point to."""
        if isinstance(values, dict):
            values = list(values.values())
        if isinstance(values, list):
            for value in values:
                yield from self.used(value)
        elif isinstance(values, str) and values in self.proposed:
            yield values
