"""Text tables: the encoding and the delimiter are found, odd line ends are evened out."""

import csv
import io
from collections.abc import Iterator

from charset_normalizer import from_bytes
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import filled
from kapok.exchange.importing.source import MOST_COLUMNS, MOST_ROWS, Unreadable

DELIMITERS = ",;\t|"
LOOKED_AT = 60
SAMPLE = 200_000
LONGEST_CELL = 1_000_000
MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its first line."""
    text = decoded(content)
    if "\x00" in text[:SAMPLE]:
        raise Unreadable(_("This is not a text table. Save it as CSV or XLSX and send it again."))
    even = text.replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(LONGEST_CELL)
    sign = delimiter(even)
    ended: list[bool] = []
    reader = csv.reader(lines(even, ended), delimiter=sign)
    line = 1
    try:
        for count, row in enumerate(reader):
            if ended:
                raise csv.Error
            if len(row) > MOST_COLUMNS:
                raise too_wide(len(row))
            if count > MOST_ROWS:
                raise too_long()
            yield line, [cell.strip() for cell in row]
            line = reader.line_num + 1
    except csv.Error:
        said = _("Line %(line)s of this table cannot be read: a quotation mark is missing or a cell is far too long.")
        raise Unreadable(filled(said, line=line)) from None


def lines(text: str, ended: list[bool]) -> Iterator[str]:
    """The lines of a text; `ended` tells a row that went on beyond the last of them, within a quotation."""
    yield from io.StringIO(text)
    ended.append(True)


def too_wide(columns: int) -> Unreadable:
    said = _("This table has %(columns)s columns; at most %(most)s are taken. Keep only those that are needed.")
    return Unreadable(filled(said, columns=columns, most=MOST_COLUMNS))


def too_long() -> Unreadable:
    return Unreadable(filled(_("This table has more than %(most)s rows. Send it in several files."), most=MOST_ROWS))


def decoded(content: bytes) -> str:
    """The text: by its mark, as UTF-8, or in the older encoding that fits best."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        best = from_bytes(content[:SAMPLE]).best()
        return content.decode(best.encoding if best else "cp1252", "replace")


def delimiter(text: str) -> str:
    """The sign between cells: the one that cuts the first lines into the same number of pieces most often."""
    lines = text[:SAMPLE].split("\n")[:LOOKED_AT]

    def evenness(sign: str) -> tuple[int, int]:
        cut = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        usual = max(set(cut), key=cut.count, default=1)
        return (cut.count(usual) if usual > 1 else 0, usual)

    try:
        return max(DELIMITERS, key=evenness)
    except csv.Error:
        return ","
