"""What an amount was worth in United States dollars of its year, by a table that can be replaced.

`DATA/rates.csv` and `DATA/deflator.csv`, where they exist, stand in for the tables shipped with Kapok.
A currency or a year that the table does not hold is not converted: its amounts are shown in their own currency.
"""

import csv
import hashlib
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from pathlib import Path

from django.conf import settings

SHIPPED = Path(__file__).resolve().parent / "data"
ONE = Decimal(1)


def path_of(name: str) -> Path:
    """The table in use: the installation's own, else the shipped one."""
    own: Path = settings.DATA / name
    return own if own.exists() else SHIPPED / name


@lru_cache(maxsize=8)
def _rates(path: Path, changed: int) -> dict[tuple[str, int], Decimal]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return {(row["currency"], int(row["year"])): Decimal(row["usd"]) for row in rows}


@lru_cache(maxsize=8)
def _deflator(path: Path, changed: int) -> dict[int, Decimal]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return {int(row["year"]): Decimal(row["index"]) for row in rows}


def rates() -> dict[tuple[str, int], Decimal]:
    """USD for one unit of a currency, on the average of a year."""
    path = path_of("rates.csv")
    return _rates(path, path.stat().st_mtime_ns)


def deflator() -> dict[int, Decimal]:
    """The level of prices in the United States by year."""
    path = path_of("deflator.csv")
    return _deflator(path, path.stat().st_mtime_ns)


def digest() -> str:
    """A short hash of the rates in use: other rates mean that all money is converted anew."""
    return hashlib.blake2b(path_of("rates.csv").read_bytes(), digest_size=12).hexdigest()


def usd_cents(cents: int, currency: str, year: int | None) -> int | None:
    """The cents of a currency in cents of USD of that year; None when nobody can tell."""
    if currency == "USD":
        return cents
    rate = rates().get((currency, year)) if year else None
    return None if rate is None else int((cents * rate).quantize(ONE, ROUND_HALF_EVEN))


def at_prices_of(cents: int, year: int, base: int) -> int | None:
    """Cents of one year at the prices of another; None when the table lacks a year."""
    index = deflator()
    if year not in index or base not in index:
        return None
    return int((cents * index[base] / index[year]).quantize(ONE, ROUND_HALF_EVEN))
