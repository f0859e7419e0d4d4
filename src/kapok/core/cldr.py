"""Numbers, days and lists as the reader's language writes them (CLDR), for every room."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel import dates as babel_dates
from babel import numbers as babel_numbers
from babel import units as babel_units
from babel.lists import format_list
from django.utils import timezone

from kapok.core.languages import LANGUAGES, current

PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


def locale(tag: str | None = None) -> Locale:
    """The CLDR locale of a language, else of the language now in use."""
    name = LANGUAGES[tag or current()].locale
    return _locale("en_GB" if name == "en" else name)  # the United Nations write 3 November 2026


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def date(value: dt.date | dt.datetime | str | None, style: str = "long", tag: str | None = None) -> str:
    """A day in words; an ISO text may stop at the year or the month, and then so does the answer."""
    if not value:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if isinstance(value, dt.date):
        return _day(value, style, tag)
    found = PARTIAL.match(value)
    if not found:
        return value
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        whole = dt.date(year, month or 1, day or 1)
    except ValueError:
        return value
    if day:
        return _day(whole, style, tag)
    return babel_dates.format_skeleton("yMMMM" if month else "y", whole, locale=locale(tag))


def _day(value: dt.date, style: str, tag: str | None) -> str:
    """A whole day. The medium style names the month in every language; in Arabic CLDR would write figures alone."""
    if style == "medium":
        return babel_dates.format_skeleton("yMMMd", value, locale=locale(tag))
    return babel_dates.format_date(value, style, locale=locale(tag))


def number(value: Decimal | float | None, digits: int | None = None, tag: str | None = None) -> str:
    """A number with the reader's separators; nothing at all for nothing."""
    if value is None:
        return ""
    if digits is None and type(value) is int:
        return _whole(value, tag or current())
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return babel_numbers.format_decimal(value, format=pattern, locale=locale(tag))


@lru_cache(maxsize=20_000)
def _whole(value: int, tag: str) -> str:
    return babel_numbers.format_decimal(value, locale=locale(tag))


def filesize(size: int) -> str:
    """How large a file is, in kilobytes or megabytes: “610 kB”."""
    unit, figure = ("megabyte", round(size / 1e6, 1)) if size >= 1e6 else ("kilobyte", max(1, round(size / 1e3)))
    return babel_units.format_unit(figure, f"digital-{unit}", "short", locale=locale())


def compact(value: Decimal | float | None) -> str:
    """A number as it stands on a tile: 1.2M."""
    if value is None:
        return ""
    if -10_000 < value < 10_000:
        return number(value)
    return babel_numbers.format_compact_decimal(value, fraction_digits=1, locale=locale())


def listed(items: Iterable[str]) -> str:
    """Words joined as the language joins them: “Kenya, Peru and Viet Nam”."""
    return format_list(list(items), locale=locale())
