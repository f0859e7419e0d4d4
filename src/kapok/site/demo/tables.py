"""Reading the data files of the demo."""

import csv
import tomllib
from importlib.resources import files
from io import StringIO
from typing import Any

Row = dict[str, str]


def text(name: str) -> str:
    """The text of one data file."""
    return (files("kapok.site.demo") / "data" / name).read_text(encoding="utf-8-sig")


def rows(name: str) -> list[Row]:
    """The rows of a table."""
    return list(csv.DictReader(StringIO(text(f"{name}.csv"))))


def entries(name: str) -> list[dict[str, Any]]:
    """The entries of a data file that holds longer texts: `[[entry]]` after `[[entry]]`."""
    found: list[dict[str, Any]] = tomllib.loads(text(f"{name}.toml"))["entry"]
    return found


def parts(cell: str) -> list[str]:
    """The pieces of a cell that holds several, separated by semicolons."""
    return [piece.strip() for piece in cell.split(";") if piece.strip()]


def given(values: dict[str, Any]) -> dict[str, Any]:
    """The values without those that are empty."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}
