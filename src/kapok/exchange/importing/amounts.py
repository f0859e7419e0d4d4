"""Amounts of money and numbers as people write them."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import lru_cache

from django.utils.translation import gettext_noop

from kapok.exchange.importing.currencies import currency_in
from kapok.exchange.importing.dates import EASTERN

ROUNDED = gettext_noop("“%(value)s” was rounded to %(read)s.")
READ_AS = gettext_noop("“%(value)s” was read as “%(read)s”.")
SPACES = " .:=~≈-–"
CENT = Decimal("0.01")
# What a number is multiplied by, and how that is written.
MULTIPLIED = {
    10**3: "thousand thousands mille millier milliers mil miles тыс тысяч тысячи тысяча k ألف آلاف الف بالألف 千",
    10**4: "万",
    10**6: "million millions millones millón mio mln mn m млн миллион миллиона миллионов مليون ملايين بالمليون 百万",
    10**8: "亿",
    10**9: "billion billions bn milliard milliards mrd mrds mds млрд миллиард миллиарда миллиардов مليار",
}
TIMES = {word: times for times, words in MULTIPLIED.items() for word in words.split()}
# Whoever writes these writes a comma before decimals.
COMMAS = frozenset("mille milliers mil miles millones тыс тысяч млн".split())  # noqa: SIM905
# Words that say an amount is not exact, and those between a number and what it counts.
ABOUT = frozenset("env environ approx approximately about ca circa aprox unos около حوالي نحو 约 大约".split())  # noqa: SIM905
SMALL = frozenset(("d'", "d’", "d", "de", "of", "ht", "ttc"))
ARABIC = str.maketrans({"٬": ",", "،": ",", "٫": "."})
# 80.000: a single point before three digits stands between thousands more often than before decimals.
POINTED = re.compile(r"[-−(]?\s*[1-9]\d{0,2}\.\d{3}\)?\s*")
DIGITS = re.compile(r"[-−(]?\s*\d[\d\s.,'’\u00a0\u202f]*\)?")
LONG = sorted((word for word in TIMES if len(word) > 2 or word > "⺀"), key=len, reverse=True)
UNIT = re.compile("|".join(word if word > "⺀" else rf"\b{word}\b" for word in LONG) + r"|\b[km](?=[€$£]|usd|eur)")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as exact text, the currency (or those it may be) if one was written, and the remark it deserves."""

    amount: str
    currency: str = ""
    remark: str = ""


@lru_cache(maxsize=50_000)
def understand(written: str) -> Money | None:
    """The amount that is meant, or None."""
    text = unicodedata.normalize("NFKC", written).translate(EASTERN).translate(ARABIC).strip()
    match = DIGITS.search(text)
    if not match:
        return None
    value = number(match[0])
    rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
    currency, words = currency_in(rest)
    times = times_in(words)
    if value is None or times is None:
        return None
    pointed = POINTED.fullmatch(match[0]) and (times == 1 or COMMAS & set(words.split()))
    whole = value * (1000 if pointed else 1) * times
    kept = whole.quantize(CENT, ROUND_HALF_EVEN) if whole != whole.quantize(CENT) else whole
    remark = ROUNDED if kept != whole else READ_AS if pointed or words.strip(SPACES) else ""
    return Money(f"{tidy(kept):f}", currency, remark)


def tidy(value: Decimal) -> Decimal:
    """Without needless zeros, and never in powers of ten."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def number(written: str) -> Decimal | None:
    """Digits with signs between thousands and before decimals, in any of the usual ways."""
    negative = written.strip().startswith(("-", "−", "("))
    text = re.sub(r"[\s'’\u00a0\u202f()\-−]", "", written).rstrip(".,")
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        decimal, thousands = (",", ".") if comma > point else (".", ",")
        text = text.replace(thousands, "").replace(decimal, ".")
    elif comma >= 0:
        text = text.replace(",", "" if groups(text, ",") or text.count(",") > 1 else ".")
    elif point >= 0 and text.count(".") > 1:
        text = text.replace(".", "")
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return -value if negative else value


def groups(text: str, sign: str) -> bool:
    """Does the sign stand between thousands, rather than before decimals?"""
    first, *others = text.split(sign)
    return 1 <= len(first) <= 3 and all(len(part) == 3 for part in others) and first != "0"


def unit_in(head: str) -> str:
    """What a head such as “Budget (US$ million)” adds to each amount below it."""
    said = UNIT.search(head.casefold())
    return f" {said[0]}" if said else ""


def times_in(words: str) -> int | None:
    """What “million” beside a number multiplies it by; None for words that mean something else."""
    said = [word for word in re.split(r"[\s./]+", words.strip(SPACES)) if word]
    times = 1
    for word in said:
        if word not in TIMES and word not in ABOUT and word not in SMALL:
            return None
        times *= TIMES.get(word, 1)
    return times
