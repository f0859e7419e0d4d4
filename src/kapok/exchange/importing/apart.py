"""Read an XLS or ODS workbook in a process of its own: `apart.py COLUMNS ROWS < file`, one JSON line for each row.

These formats may claim millions of cells in a few bytes; here the system stops whoever asks for too much.
"""

import io
import json
import resource
import sys
from datetime import date, datetime
from typing import Any

import python_calamine

MEMORY = 1_200_000_000
SECONDS = 45


def text(value: Any) -> str:
    """A cell as text."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**15 else repr(value)
    return "" if value is None else str(value).strip()


def main() -> int:
    """Print the rows of all sheets."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    columns, rows = int(sys.argv[1]), int(sys.argv[2])
    book = python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_width > columns:
            sys.stdout.write(json.dumps({"wide": sheet.total_width}) + "\n")
            return 0
        for number, row in enumerate(sheet.iter_rows(), 1):
            if number > rows:
                return 1
            cells = [text(value) for value in row]
            sys.stdout.write(json.dumps({"sheet": name, "row": number, "cells": cells}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
