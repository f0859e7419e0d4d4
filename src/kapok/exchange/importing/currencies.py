"""Currencies as people write them. What several countries call by one name is settled by the country of the row."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from babel.numbers import get_territory_currencies

from kapok import vocab

CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
# Each code, or the codes between which only the country tells, and how it is written.
WRITTEN = {
    "USD": "us$; $us; usd$; u$s; us dollars; us dollar; dollars; dollar; dólares; долл. сша; долл; доллар сша; "
    "доллары сша; долларов сша; 美元; دولار; دولار أمريكي; دولارات; بالدولار; الدولار; $",
    "EUR": "€; euros; euro; евро; 欧元; يورو; باليورو",
    "GBP": "£; pounds sterling; фунт стерлингов; 英镑",
    "CHF": "₣; fr.; swiss francs; francs suisses",
    "AUD": "a$; au$",
    "CAD": "c$; ca$",
    "BRL": "r$; reais",
    "NZD": "nz$",
    "NGN": "₦; naira",
    "GHS": "gh₵; ₵; cedi; cedis",
    "ETB": "birr",
    "MGA": "ariary; ar",
    "ZAR": "rand; rands",
    "KES": "ksh; kshs",
    "TZS": "tsh; tshs",
    "UGX": "ush; ushs",
    "CDF": "fc; francs congolais",
    "VND": "₫; đồng",
    "PHP": "₱",
    "PEN": "s/; s/.; soles",
    "GTQ": "quetzales",
    "HNL": "lempiras",
    "PYG": "₲; guaraníes; gs; gs.",
    "CRC": "₡",
    "CNY": "元; 人民币; rmb; yuan; юаней",
    "XOF XAF": "fcfa; f cfa; f.cfa; f. cfa; cfa; franc cfa; francs cfa; cfa franc; cfa francs; франк кфа; فرنك; "
    "非洲法郎",
    "XOF XAF CDF GNF RWF BIF DJF KMF CHF": "f; franc; francs; francos; 法郎",
    "MXN ARS CLP COP CUP DOP PHP UYU": "peso; pesos; 比索",
    "DZD TND LYD IQD JOD KWD BHD RSD MKD": "da; dinar; dinars; dinares; دينار; بالدينار; د.ت; د.ج; 第纳尔",
    "MAD AED": "dh; dhs; dirham; dirhams; درهم; بالدرهم",
    "INR PKR LKR NPR MUR SCR": "₨; rs; rs.; rupee; rupees; roupies; 卢比",
    "KES TZS UGX SOS": "shilling; shillings",
    "EGP SDG SSP LBP SYP GBP": "pound; pounds; livres; libras; جنيه; بالجنيه; ليرة",
    "SAR YER OMR QAR IRR": "rial; rials; riyal; riyals; ريال; بالريال",
    "RUB BYN": "₽; руб.; руб; рубль; рублей; рубли",
    "JPY CNY": "¥",
    "INR": "₹",
}
SIGNS = {sign: codes for codes, signs in WRITTEN.items() for sign in signs.split("; ")}


def bounded(sign: str) -> str:
    """The sign as a pattern: one of letters stands alone, except where letters are written without gaps."""
    plain = re.escape(sign)
    begins = r"(?<![^\W\d])" if sign[0].isalpha() and sign[0] < "⺀" else ""
    ends = r"(?![^\W\d])" if sign[-1].isalpha() and sign[-1] < "⺀" else ""
    return f"{begins}{plain}{ends}"


SIGN = re.compile("|".join(bounded(sign) for sign in sorted(SIGNS, key=len, reverse=True)))


def currency_in(rest: str) -> tuple[str, str]:
    """The currency in the words beside a number (or several, between which the country decides), and the words left."""
    for code in CODE.findall(rest):
        if vocab.term("currency", code):
            return code, rest.replace(code, " ").strip()
    folded = rest.casefold()
    if match := SIGN.search(folded):
        return SIGNS[match[0]], f"{folded[: match.start()]} {folded[match.end() :]}".strip()
    return "", folded


def currency_named(word: str) -> str:
    """The currency (or several) that a word of its own names, a code in small letters too."""
    return currency_in(word.upper())[0] or currency_in(word)[0]


def countries_of(given: Iterable[Any]) -> list[str]:
    """The countries of a record, with or without their shares."""
    return [one.get("id", "") if isinstance(one, dict) else str(one or "") for one in given]


def settled(codes: str, countries: Iterable[str]) -> str:
    """The one currency among several that these countries pay with; nothing when they do not decide it."""
    among = codes.split()
    if len(among) == 1:
        return codes
    paid = {code for country in countries for code in of_country(country)}
    found = [code for code in among if code in paid]
    return found[0] if len(found) == 1 else ""


@cache
def of_country(country: str) -> frozenset[str]:
    """What a country pays with now."""
    term = vocab.term("country", country)
    return frozenset(get_territory_currencies(term.facts.get("iso2", ""))) if term else frozenset()
