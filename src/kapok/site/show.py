"""How dates, numbers, money and texts stand on a page, in the reader's language."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlencode

import nh3
from babel import Locale
from babel import dates as babel_dates
from babel import numbers as babel_numbers
from babel.lists import format_list
from django.http import QueryDict
from django.utils import timezone
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from kapok.core.languages import LANGUAGES, best, current, words

PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")
TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def locale() -> Locale:
    """The CLDR locale of the language now in use."""
    name = LANGUAGES[current()].locale
    return _locale("en_GB" if name == "en" else name)  # the United Nations write 3 November 2026


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def date(value: dt.date | dt.datetime | str | None, style: str = "long") -> str:
    """A day in words; an ISO text may stop at the year or the month, and then so does the answer."""
    if not value:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if isinstance(value, dt.date):
        return babel_dates.format_date(value, style, locale=locale())
    found = PARTIAL.match(value)
    if not found:
        return value
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        whole = dt.date(year, month or 1, day or 1)
    except ValueError:
        return value
    if day:
        return babel_dates.format_date(whole, style, locale=locale())
    return babel_dates.format_skeleton("yMMMM" if month else "y", whole, locale=locale())


def moment(value: dt.datetime | None, style: str = "medium") -> str:
    """A day and an hour, with its zone said, since readers sit in all of them."""
    if not value:
        return ""
    zone = timezone.get_current_timezone_name()
    at = timezone.localtime(value) if timezone.is_aware(value) else value
    day = babel_dates.format_date(at, style, locale=locale())
    return f"{day}, {babel_dates.format_time(at, 'HH:mm', locale=locale())} {zone}"


def iso(value: dt.date | dt.datetime | str | None) -> str:
    """The same for machines, as the `datetime` of a `<time>`."""
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


def number(value: Decimal | float | None, digits: int | None = None) -> str:
    """A number with the reader's separators; nothing at all for nothing."""
    if value is None:
        return ""
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return babel_numbers.format_decimal(value, format=pattern, locale=locale())


def compact(value: Decimal | float | None) -> str:
    """A number as it stands on a tile: 1.2M."""
    if value is None:
        return ""
    if -10_000 < value < 10_000:
        return number(value)
    return babel_numbers.format_compact_decimal(value, fraction_digits=1, locale=locale())


def money(amount: Decimal | float | None, currency: str = "USD") -> str:
    """An amount with its ISO code, because several countries call their money dollar."""
    if amount is None:
        return ""
    cents = "" if amount == int(amount) else ".00"
    return babel_numbers.format_currency(
        amount, currency, format=f"¤¤\xa0#,##0{cents}", locale=locale(), currency_digits=False
    )


def percent(value: Decimal | float | None, digits: int = 0) -> str:
    """A share of one as a percentage."""
    if value is None:
        return ""
    shape = "#,##0" + ("." + "0" * digits if digits else "")
    symbol = "\xa0%" if current() in {"fr", "es", "ru"} else "%"
    return babel_numbers.format_decimal(value * 100, format=shape, locale=locale()) + symbol


def language_name(tag: str) -> str:
    """A language by its name in the reader's language."""
    return str(locale().languages.get(tag.replace("-", "_")) or tag)


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


def markdown(text: str | None) -> Markup:
    """Simple marked text as safe HTML; headings begin below the page's own."""
    if not text:
        return Markup()
    tokens = _reader().parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(4, int(token.tag[1]) + 1)}"
    html = _reader().renderer.render(tokens, _reader().options, {})
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
    )
    return Markup(safe)  # noqa: S704 - nh3 has just cleaned it


def highlight(text: str, ranges: Iterable[tuple[int, int]] = ()) -> Markup:
    """A snippet with the found words marked; `ranges` count characters."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(ranges):
        if start < at:
            continue
        parts += [escape(text[at:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


def listed(items: Iterable[str]) -> str:
    """Words joined as the language joins them: “Kenya, Peru and Viet Nam”."""
    return format_list(list(items), locale=locale())


def query(given: QueryDict | Mapping[str, Any] | None = None, **changes: Any) -> str:
    """The query of an address with some keys set, and those set to `None` left out. `page` starts again."""
    lists: dict[str, list[Any]] = dict(given.lists()) if isinstance(given, QueryDict) else {}
    if given and not lists:
        lists = {key: value if isinstance(value, list) else [value] for key, value in given.items()}
    lists.pop("page", None)
    for key, value in changes.items():
        lists[key] = [] if value is None else list(value) if isinstance(value, list | tuple) else [value]
    pairs = [(key, item) for key, items in lists.items() for item in items if item not in ("", None)]
    return "?" + urlencode(pairs)


FILTERS: dict[str, Callable[..., Any]] = {
    "listed": listed,
    "date": date,
    "moment": moment,
    "iso": iso,
    "number": number,
    "compact": compact,
    "money": money,
    "percent": percent,
    "best": best,
    "words": words,
    "markdown": markdown,
    "highlight": highlight,
    "language_name": language_name,
}
