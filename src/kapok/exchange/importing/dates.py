"""Days as people write them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from babel import Locale
from django.utils.translation import gettext_noop

from kapok.core.languages import TAGS

AMBIGUOUS = gettext_noop(
    "“%(value)s” could be two days; it was read as %(read)s. Write year, month and day: 2012-03-09."
)
FISCAL = gettext_noop("“%(value)s” is a fiscal year; it was read as the year %(read)s.")
QUARTER = gettext_noop("“%(value)s” is a quarter; it was read as its first month, %(read)s.")
SERIAL = gettext_noop("“%(value)s” was read as a day counted by a spreadsheet: %(read)s.")
ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[Tt ]\d{1,2}:\d{2}.*)?$")
NUMBERS = re.compile(r"(\d{1,4})[./\-\s](\d{1,2})[./\-\s](\d{1,4})\.?$")
MONTH_YEAR = re.compile(r"(\d{1,2})[./\-](\d{4})$|(\d{4})[./](\d{1,2})$")
FISCAL_WORDS = "fy|fiscal year|exercice|ejercicio|ano fiscal|финансовый год|السنه الماليه|السنة المالية|财年|财政年度"
FISCAL_YEAR = re.compile(rf"(?:{FISCAL_WORDS})\s*'?(\d{{2,4}})(?:\s*[/\-–]\s*\d{{2,4}})?$")
QUARTERS = re.compile(r"(?:q|t|quarter |trimestre |кв\.? ?)([1-4])[\s/\-,.]*(\d{4})$|(\d{4})[\s/\-]*(?:q|t)([1-4])$")
WORDS = re.compile(r"[^\W\d]+|\d+")
ORDINAL = {"st", "nd", "rd", "th", "er", "de", "del", "of", "г", "года", "ro", "le", "the"}
# Months have other names in the Levant, in the Maghreb and in Morocco.
ARABIC_ELSEWHERE = ("ar_SY", "ar_DZ", "ar_MA")
EPOCH = date(1899, 12, 30)
EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
CHINESE = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?)?$")
# “Año 2019”, “2019 г.”, “عام 2019”
YEAR_WORD = re.compile(r"^(?:annee|ano|year|год|عام|سنه|سنة)\s+(?=\d{4}$)|(?<=^\d{4})\s*(?:г|год|гг|года|م)/?$")
# What stands before a period, and between its two days.
BEGUN = re.compile(r"^(?:(?:du|de|from|desde|del|с|от|من)\s+|[从自]\s*)(?=\S)", re.IGNORECASE)
SHORT_END = re.compile(r"(\d{2})(\d{2})\s*[-–/]\s*(\d{2})$")
UNTIL = re.compile(r"\s*[-–—/]\s*|\s+(?:à|a|au|al|to|until|till|hasta|до|по|إلى|حتى)\s+|\s*[至到]\s*", re.IGNORECASE)


MONTHS = re.compile(r"(\d{1,3})\s*(?:months?|mois|mes(?:es)?|мес\w*|个?月|شهر\w*|[أا]شهر)/?$")
YEARS = re.compile(r"(\d{1,2})\s*(?:years?|yrs?|ans?|annees?|anos?|лет|год\w*|年|سنوات|سنة|سنه|أعوام)/?$")


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year in ISO form, and the remark its reading deserves."""

    iso: str
    remark: str = ""


@cache
def months() -> dict[str, int]:
    """The names of months, whole and short, in the six languages."""
    found: dict[str, int] = {}
    for tag in (*TAGS, *ARABIC_ELSEWHERE):
        names = Locale.parse("zh_Hans" if tag == "zh" else tag).months
        for place in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                found |= {plain(name): number for number, name in names[place][width].items()}
    joined_names = {name.replace(" ", ""): number for name, number in found.items()}
    return {name: number for name, number in (joined_names | found).items() if not name.isdigit()}


def plain(text: str) -> str:
    """Without case, accents and points."""
    bare = unicodedata.normalize("NFKD", text).casefold().replace(".", "")
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).strip()


@lru_cache(maxsize=50_000)
def understand(written: str) -> Day | None:
    """The day that is meant, or None."""
    text = plain(written.translate(EASTERN).replace(".", "/")).replace("/ ", " ").strip("/ ")
    for read in (iso, chinese, fiscal, quarter, numbers, month_year, in_words, serial):
        if (found := read(text)) and is_right(found.iso):
            return found
    return None


def is_right(iso: str) -> bool:
    """A day that the calendar has, in a century that is meant."""
    parts = [int(part) for part in iso.split("-")] + [1, 1]
    return 1900 <= parts[0] <= 2200 and 1 <= parts[1] <= 12 and 1 <= parts[2] <= 31


def joined(year: int, month: int = 0, day: int = 0) -> str:
    return "-".join([f"{year:04}", *([f"{month:02}"] if month else []), *([f"{day:02}"] if day else [])])


def iso(text: str) -> Day | None:
    match = ISO.match(YEAR_WORD.sub("", text))
    return Day(joined(int(match[1]), int(match[2] or 0), int(match[3] or 0))) if match else None


def chinese(text: str) -> Day | None:
    match = CHINESE.match(text)
    return Day(joined(int(match[1]), int(match[2] or 0), int(match[3] or 0))) if match else None


def fiscal(text: str) -> Day | None:
    match = FISCAL_YEAR.match(text)
    return Day(joined(whole_year(match[1])), FISCAL) if match else None


def whole_year(digits: str) -> int:
    """`08` is 2008, `98` is 1998."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 70 else 1900)


def quarter(text: str) -> Day | None:
    match = QUARTERS.match(text)
    if not match:
        return None
    number, year = (match[1], match[2]) if match[1] else (match[4], match[3])
    return Day(joined(int(year), int(number) * 3 - 2), QUARTER)


def numbers(text: str) -> Day | None:
    """Three numbers: the year stands first or last; of the others the one past twelve is the day."""
    match = NUMBERS.match(text)
    if not match:
        return None
    first, middle, last = (int(part) for part in match.groups())
    if len(match[1]) == 4:
        return Day(joined(first, middle, last))
    year = whole_year(match[3])
    if middle > 12:
        return Day(joined(year, first, middle))
    unclear = first <= 12 and first != middle
    return Day(joined(year, middle, first), AMBIGUOUS if unclear else "")


def month_year(text: str) -> Day | None:
    match = MONTH_YEAR.match(text)
    if not match:
        return None
    return Day(joined(int(match[2] or match[3]), int(match[1] or match[4])))


def in_words(text: str) -> Day | None:
    """A month by its name, with a year and perhaps a day, in any order."""
    for name in (name for name in months() if " " in name and name in text):
        text = text.replace(name, name.replace(" ", ""))
    pieces = [piece for piece in WORDS.findall(text) if piece not in ORDINAL]
    named = [months()[piece] for piece in pieces if piece in months()]
    digits = [piece for piece in pieces if piece.isdigit()]
    years = [int(piece) for piece in digits if len(piece) == 4]
    days = [int(piece) for piece in digits if len(piece) <= 2]
    if len(named) != 1 or len(years) != 1 or len(days) > 1 or len(named) + len(digits) != len(pieces):
        return None
    return Day(joined(years[0], named[0], days[0] if days else 0))


def serial(text: str) -> Day | None:
    """A number of days since 1900, as spreadsheets count."""
    if not (text.isdigit() and 20_000 <= int(text) <= 80_000):
        return None
    return Day((EPOCH + timedelta(days=int(text))).isoformat(), SERIAL)


def period(written: str) -> tuple[Day, ...] | None:
    """The first and the last day of “2019-2021”, “janvier 2019 à mars 2020” and the like; one alone is the first."""
    text = BEGUN.sub("", written.translate(EASTERN).strip())
    if whole := understand(text):
        return (whole,)
    if (match := SHORT_END.match(text)) and int(match[3]) > int(match[2]):
        return Day(match[1] + match[2]), Day(match[1] + match[3])
    for match in UNTIL.finditer(text):
        days = understand(text[: match.start()]), understand(text[match.end() :])
        if days[0] and days[1] and days[0].iso[:4] <= days[1].iso[:4]:
            return days[0], days[1]
    return None


def months_in(written: str) -> int:
    """How many months “36 mois” or “3 years” are; nothing for other words."""
    text = plain(written.translate(EASTERN))
    months, years = MONTHS.match(text), YEARS.match(text)
    return int(months[1]) if months else 12 * int(years[1]) if years else 0
