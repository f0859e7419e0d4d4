"""Days, numbers, yes or no, links and letter addresses."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from kapok.core import cldr
from kapok.core.rules import Sentence
from kapok.formats.indexing import Indexed
from kapok.formats.kinds.base import Kind
from kapok.formats.kinds.text import Line, tidy
from kapok.formats.problems import Problems

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
PARTIAL = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")


def first_day(value: str | None) -> date | None:
    """The first day that a full or partial ISO date means: `2012` is 1 January 2012."""
    if not value or not (match := PARTIAL.match(value)):
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    return date(year, month, day)


def last_day(value: str | None) -> date | None:
    """The last day that a full or partial ISO date means: `2012-02` is 29 February 2012."""
    if not value or not (match := PARTIAL.match(value)):
        return None
    year, month = int(match[1]), int(match[2] or 12)
    return date(year, month, int(match[3] or monthrange(year, month)[1]))


class Day(Kind):
    """A day in ISO 8601; where `partial`, a month or a year will do: `2012`, `2012-06`."""

    widget = "day"

    def __init__(self, label: Sentence, *, partial: bool = False, **traits: Any) -> None:
        super().__init__(label, **{"searched": False, **traits})
        self.partial = partial

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> str | None:
        match = PARTIAL.match(tidy(raw, line=True).translate(DIGITS))
        if not match or not (self.partial or match[3]):
            problems.add(path, self.wrong)
            return None
        value = "-".join(part.zfill(2) for part in match.groups() if part)
        try:
            day = first_day(value)
        except ValueError:
            problems.add(path, _("There is no such day in the calendar."))
            return None
        if day and not 1900 <= day.year <= 2200:
            problems.add(path, _("Give a year between 1900 and 2200."))
            return None
        return value

    @property
    def wrong(self) -> Sentence:
        if self.partial:
            return _("Write a date as 2026-03-31, a month as 2026-03, or a year as 2026.")
        return _("Write the date as year, month and day: 2026-03-31.")

    def describe(self) -> dict[str, Any]:
        if self.partial:
            return {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
        return {"type": "string", "format": "date"}

    def index(self, value: Any, out: Indexed) -> None:
        if self.facet:
            out.count(self.facet, [value[:4]])

    def show(self, value: Any, language: str) -> str:
        return cldr.date(value, tag=language) if isinstance(value, str) else ""


class Number(Kind):
    """A whole number between two bounds."""

    widget = "number"

    def __init__(self, label: Sentence, *, least: int = 0, most: int = 10**9, **traits: Any) -> None:
        super().__init__(label, **{"searched": False, **traits})
        self.least, self.most = least, most

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> int | None:
        try:
            value = int(tidy(raw, line=True).replace(" ", "")) if not isinstance(raw, bool) else None
        except ValueError:
            value = None
        if value is None or not self.least <= value <= self.most:
            said = _("Give a whole number from %(least)s to %(most)s.")
            problems.add(path, said % {"least": self.least, "most": self.most})
            return None
        return value

    def is_empty(self, value: Any) -> bool:
        return value is None or value == ""

    def describe(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def index(self, value: Any, out: Indexed) -> None:
        if self.facet:
            out.count(self.facet, [str(value)])


class Amount(Kind):
    """A decimal number kept exactly, as text: an amount of money, a measured value."""

    widget = "amount"

    def __init__(self, label: Sentence, *, places: int = 2, signed: bool = False, **traits: Any) -> None:
        super().__init__(label, **{"searched": False, **traits})
        self.places, self.signed = places, signed

    def is_empty(self, value: Any) -> bool:
        return value is None or value == ""

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> str | None:
        written = tidy(raw, line=True).replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("'", "")
        try:
            value = Decimal(written)
            if not value.is_finite() or abs(value) >= Decimal(10) ** 15:
                raise InvalidOperation
        except InvalidOperation:
            problems.add(path, _("Write the number with digits and a point for decimals: 1234.50."))
            return None
        if value < 0 and not self.signed:
            problems.add(path, _("Give an amount of zero or more."))
            return None
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.places:
            problems.add(path, _("Give at most %(places)s decimals.") % {"places": self.places})
            return None
        return f"{value:f}"

    def describe(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}

    def show(self, value: Any, language: str) -> str:
        return "" if self.is_empty(value) else cldr.number(Decimal(value), len(value.partition(".")[2]), language)


class YesNo(Kind):
    """Yes, no, or not said."""

    widget = "yesno"

    def __init__(self, label: Sentence, **traits: Any) -> None:
        super().__init__(label, **{"searched": False, **traits})

    def is_empty(self, value: Any) -> bool:
        return value is None or value == ""

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> bool | None:
        if isinstance(raw, bool):
            return raw
        answers = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
        value = answers.get(str(raw).strip().lower())
        if value is None:
            problems.add(path, _("Answer yes or no."))
        return value

    def describe(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def index(self, value: Any, out: Indexed) -> None:
        if self.facet:
            out.count(self.facet, ["yes" if value else "no"])

    def write(self, value: Any, column: str) -> dict[str, str]:
        return {} if value is None else {column: "yes" if value else "no"}

    def show(self, value: Any, language: str) -> str:
        return "" if value is None else str(_("yes") if value else _("no"))


class Link(Line):
    """A web address that begins with http:// or https://."""

    widget = "link"

    def __init__(self, label: Sentence, **traits: Any) -> None:
        super().__init__(label, most=2000, **{"searched": False, **traits})

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> str | None:
        text = super().accept(raw, problems, path, final=final)
        if text is None:
            return None
        if text.startswith("www."):
            text = f"https://{text}"
        try:
            parts = urlsplit(text)
            right = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in text
        except ValueError:
            right = False
        if not right:
            problems.add(path, _("Give a whole web address, beginning with https:// or http://."))
            return None
        return text

    def describe(self) -> dict[str, Any]:
        return {"type": "string", "format": "uri", "maxLength": self.most}


class Mail(Line):
    """An e-mail address. It is never shown to the public: a letter form passes messages on."""

    widget = "mail"

    def __init__(self, label: Sentence, **traits: Any) -> None:
        super().__init__(label, most=254, **{"searched": False, "private": True, **traits})

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> str | None:
        text = super().accept(raw, problems, path, final=final)
        try:
            validate_email(text)
        except ValidationError:
            problems.add(path, _("Give an e-mail address such as office@example.org."))
            return None
        return text

    def describe(self) -> dict[str, Any]:
        return {"type": "string", "format": "email"}


def is_given(value: Mapping[str, Any], name: str) -> bool:
    """Was this part answered at all? Zero and “no” are answers."""
    return value.get(name) not in (None, "", [], {})
