"""From the text of a cell to a value as its field keeps it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop

from kapok.core.languages import TAGS
from kapok.core.shortening import shorten
from kapok.exchange.importing import amounts, dates, terms
from kapok.exchange.importing.organisations import Organisations
from kapok.exchange.importing.said import Notes
from kapok.exchange.importing.shares import whole
from kapok.formats.kinds import (
    Amount,
    Choice,
    Day,
    Files,
    Kind,
    Line,
    Lines,
    Link,
    Mail,
    Number,
    Ref,
    Refs,
    Shares,
    Terms,
    Text,
    YesNo,
)

NO_DAY = gettext_noop("“%(value)s” is not a day that we understand. Write 2012-03-09, 2012-03 or 2012.")
NO_NUMBER = gettext_noop("“%(value)s” is not a number. Write digits only.")
NO_AMOUNT = gettext_noop("“%(value)s” is not an amount. Write it as 1234.50, with the currency beside it.")
NO_ANSWER = gettext_noop("“%(value)s” is neither yes nor no.")
NO_RECORD = gettext_noop("“%(value)s” does not name a record. Give its identifier, such as %(example)s.")
SHORTENED = gettext_noop("This text has %(length)s characters; it was cut at %(most)s.")
NO_FILES = gettext_noop("Files do not come in with a table. Attach them on the page of the record.")
YES = frozenset(["yes", "y", "true", "1", "x", "oui", "sí", "si", "да", "نعم", "是", "v", "✓", "wahr"])
NO = frozenset(["no", "n", "false", "0", "non", "нет", "لا", "否", "falsch"])
SHARE = re.compile(r"(.+?)\s*[=:(]\s*(\d+(?:[.,]\d+)?)\s*%\s*\)?$")


@dataclass
class Reader:
    """Understands cells for one import: in which language texts are, and how organisations are found."""

    organisations: Organisations
    language: str = "en"

    def value(self, kind: Kind, text: str, notes: Notes, path: str, language: str = "") -> Any:
        """The raw value of a field, or None when the cell says nothing that can be used."""
        text = text.strip()
        if not text or (terms.is_nothing(text) and not isinstance(kind, Text)):
            return None
        for known, read in READERS:
            if isinstance(kind, known):
                return read(self, kind, text, notes, path, language or self.language)
        return text

    def text(self, kind: Any, text: str, notes: Notes, path: str, language: str) -> dict[str, str]:
        return {language if language in TAGS else "en": cut(text, kind.most, notes, path)}

    def line(self, kind: Any, text: str, notes: Notes, path: str, language: str) -> str:
        return cut(text, kind.most, notes, path)

    def lines(self, kind: Any, text: str, notes: Notes, path: str, language: str) -> list[str]:
        return [part for part in re.split(r"\s*[;\n]\s*", text) if part]

    def day(self, kind: Any, text: str, notes: Notes, path: str, language: str) -> str | None:
        found = dates.understand(text)
        if found is None or (not kind.partial and len(found.iso) < 10):
            notes.drop(NO_DAY, path, text)
            return None
        if found.remark:
            notes.remark(found.remark, path, text, read=found.iso)
        return found.iso

    def number(self, kind: Any, text: str, notes: Notes, path: str, language: str) -> int | None:
        if kind.name == "planned_months" and (months := dates.months_in(text)):
            return months
        found = amounts.understand(text)
        if found and re.fullmatch(r"-?\d+", found.amount):
            return int(found.amount)
        if kind.name == "year" and (day := dates.understand(text)):
            return int(day.iso[:4])
        notes.drop(NO_NUMBER, path, text)
        return None

    def amount(self, kind: Any, text: str, notes: Notes, path: str, language: str) -> str | None:
        found = amounts.understand(text)
        if found is None:
            notes.drop(NO_AMOUNT, path, text)
            return None
        if found.remark:
            notes.remark(found.remark, path, text, read=found.amount)
        return found.amount

    def yes_no(self, kind: Any, text: str, notes: Notes, path: str, language: str) -> bool | None:
        said = text.casefold()
        if said not in YES and said not in NO:
            notes.drop(NO_ANSWER, path, text)
            return None
        return said in YES

    def choice(self, kind: Any, text: str, notes: Notes, path: str, language: str) -> str | None:
        if found := kind.understand(text):
            return str(found)
        return next(iter(terms.understand(kind.vocabulary, text, notes, path, single=True)), None)

    def terms(self, kind: Any, text: str, notes: Notes, path: str, language: str) -> list[str]:
        return terms.understand(kind.vocabulary, text, notes, path)

    def shares(self, kind: Any, text: str, notes: Notes, path: str, language: str) -> list[dict[str, str]]:
        """Terms with percentages beside them, or without."""
        given: list[tuple[str, str]] = []
        for piece in re.split(r"\s*[;\n|]\s*", text):
            match = SHARE.match(piece)
            found = terms.understand(kind.vocabulary, match[1] if match else piece, notes, path)
            given += [(one, match[2].replace(",", ".") if match and len(found) == 1 else "") for one in found]
        return whole(given, notes, path)

    def ref(self, kind: Any, text: str, notes: Notes, path: str, language: str) -> Any:
        """A link to another record: by identifier, and organisations also by name."""
        if kind.formats == ("organisation",):
            found = self.organisations.several(text, notes, path)
            return (found if kind.several else found[0]) if found else None
        named = [kind.understand(part) for part in re.split(r"[;\n,]", text)]
        if not any(named):
            notes.drop(NO_RECORD, path, text, example="INI-000123")
            return None
        return [one for one in named if one] if kind.several else named[0]

    def files(self, kind: Any, text: str, notes: Notes, path: str, language: str) -> None:
        notes.drop(NO_FILES, path, text)


def cut(text: str, most: int, notes: Notes, path: str) -> str:
    """A text of at most so many characters."""
    if len(text) <= most:
        return text
    notes.remark(SHORTENED, path, text, length=len(text), most=most)
    return shorten(text, most)


Read = Callable[[Reader, Any, str, Notes, str, str], Any]
READERS: tuple[tuple[type[Kind], Read], ...] = (
    (Text, Reader.text),
    (Mail, Reader.line),
    (Link, Reader.line),
    (Lines, Reader.lines),
    (Line, Reader.line),
    (Day, Reader.day),
    (Number, Reader.number),
    (Amount, Reader.amount),
    (YesNo, Reader.yes_no),
    (Shares, Reader.shares),
    (Terms, Reader.terms),
    (Choice, Reader.choice),
    (Refs, Reader.ref),
    (Ref, Reader.ref),
    (Files, Reader.files),
)
