"""How dates, numbers, money and texts stand on a page, in the reader's language."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlencode

import nh3
from babel import dates as babel_dates
from babel import numbers as babel_numbers
from django.http import QueryDict
from django.utils import timezone
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from kapok.core.cldr import compact as compact
from kapok.core.cldr import date as date
from kapok.core.cldr import filesize as filesize
from kapok.core.cldr import listed as listed
from kapok.core.cldr import locale as locale
from kapok.core.cldr import number as number
from kapok.core.languages import best, current, words
from kapok.core.shortening import shorten

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def moment(value: dt.datetime | None, style: str = "medium") -> str:
    """A day and an hour, with its zone said, since readers sit in all of them."""
    if not value:
        return ""
    zone = timezone.get_current_timezone_name()
    at = timezone.localtime(value) if timezone.is_aware(value) else value
    comma = {"ar": "، ", "zh": " "}.get(current(), ", ")
    return f"{date(at, style)}{comma}{babel_dates.format_time(at, 'HH:mm', locale=locale())} {zone}"


def iso(value: dt.date | dt.datetime | str | None) -> str:
    """The same for machines, as the `datetime` of a `<time>`."""
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


def money(amount: Decimal | float | None, currency: str = "USD") -> str:
    """An amount with its ISO code, because several countries call their money dollar."""
    if amount is None:
        return ""
    cents = "" if amount == int(amount) else ".00"
    return babel_numbers.format_currency(
        amount, currency, format=f"¤¤\xa0#,##0{cents}", locale=locale(), currency_digits=False
    )


def cents(amount: int) -> str:
    """A sum kept in cents, exactly; what is whole is written without decimals."""
    whole, rest = divmod(amount, 100)
    return number(Decimal(amount) / 100, 2) if rest else number(whole)


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
    "filesize": filesize,
    "money": money,
    "cents": cents,
    "percent": percent,
    "best": best,
    "words": words,
    "shorten": shorten,
    "markdown": markdown,
    "highlight": highlight,
    "language_name": language_name,
}
