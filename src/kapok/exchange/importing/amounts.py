"""Amounts of money and numbers as people write them."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import lru_cache

from django.utils.translation import gettext_noop

from kapok import vocab
from kapok.exchange.importing.dates import EASTERN

ROUNDED = gettext_noop("“%(value)s” was rounded to %(read)s.")
READ_AS = gettext_noop("“%(value)s” was read as “%(read)s”.")
SPACES = " .:=~≈-–"
CENT = Decimal("0.01")
SIGNS = {
    "us$": "USD",
    "$us": "USD",
    "usd$": "USD",
    "u$s": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₣": "CHF",
    "₹": "INR",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "r$": "BRL",
    "nz$": "NZD",
    "us dollars": "USD",
    "us dollar": "USD",
    "dollars": "USD",
    "euros": "EUR",
    "euro": "EUR",
    "доллар сша": "USD",
    "долларов сша": "USD",
    "美元": "USD",
    "欧元": "EUR",
    "دولار": "USD",
    "$": "USD",
}
TIMES = {
    "thousand": 10**3,
    "thousands": 10**3,
    "mille": 10**3,
    "mil": 10**3,
    "тыс": 10**3,
    "k": 10**3,
    "million": 10**6,
    "millions": 10**6,
    "millones": 10**6,
    "mio": 10**6,
    "mln": 10**6,
    "mn": 10**6,
    "m": 10**6,
    "млн": 10**6,
    "مليون": 10**6,
    "百万": 10**6,
    "万": 10**4,
    "billion": 10**9,
    "bn": 10**9,
    "milliard": 10**9,
    "milliards": 10**9,
    "млрд": 10**9,
    "亿": 10**8,
}
# Words that say an amount is not exact.
ABOUT = frozenset("env environ approx approximately about ca circa aprox unos около حوالي نحو 约 大约".split())  # noqa: SIM905
# 80.000: a single point before three digits stands between thousands more often than before decimals.
POINTED = re.compile(r"[-−(]?\s*[1-9]\d{0,2}\.\d{3}\)?\s*")
DIGITS = re.compile(r"[-−(]?\s*\d[\d\s.,'’\u00a0\u202f]*\)?")
UNIT = re.compile(r"\b(millions?|thousands?|millones|mille|млн|тыс)\b")
CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as exact text, the currency if one was written, and whether the reading deserves a remark."""

    amount: str
    currency: str = ""
    remark: str = ""


@lru_cache(maxsize=50_000)
def understand(written: str) -> Money | None:
    """The amount that is meant, or None."""
    text = written.translate(EASTERN).strip()
    match = DIGITS.search(text)
    if not match:
        return None
    value = number(match[0])
    rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
    currency, words = currency_in(rest)
    times = times_in(words)
    if value is None or times is None:
        return None
    pointed = times == 1 and POINTED.fullmatch(match[0])
    whole = value * (1000 if pointed else times)
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
        text = text.replace(",", "" if groups(text, ",") else ".")
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


def currency_in(rest: str) -> tuple[str, str]:
    """The currency in the words beside a number, and the words without it."""
    for code in CODE.findall(rest):
        if vocab.term("currency", code):
            return code, rest.replace(code, " ").strip()
    folded = rest.casefold()
    for sign, code in SIGNS.items():
        if sign in folded:
            return code, folded.replace(sign, " ").strip()
    return "", folded


def unit_in(head: str) -> str:
    """What a head such as “Budget (US$ million)” adds to each amount below it."""
    said = UNIT.search(head.casefold())
    return f" {said[1]}" if said else ""


def times_in(words: str) -> int | None:
    """What “million” beside a number multiplies it by; None for words that mean something else."""
    said = [word for word in re.split(r"[\s./]+", words.strip(SPACES)) if word]
    times = 1
    for word in said:
        if word not in TIMES and word not in ABOUT:
            return None
        times *= TIMES.get(word, 1)
    return times
