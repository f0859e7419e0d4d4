"""Questions that repeat a known number of times are asked so many times, each under a name of its own."""

import re

from kapok.surveys.questionnaires.xlsform.pages import Row

# More repetitions than this make a questionnaire that nobody fills in on one page after the other.
MOST = 10
Numbered = tuple[int, Row]


def unrolled(rows: list[Numbered]) -> list[Numbered]:
    """The rows, each repetition with a fixed number written out; the others stay as they are."""
    made: list[Numbered] = []
    place = 0
    while place < len(rows):
        end = end_of(rows, place)
        times = number_of(rows[place][1])
        if end is None or not times:
            made.append(rows[place])
            place += 1
            continue
        inner = rows[place : end + 1]
        for number in range(1, times + 1):
            made += [(line, copy(row, inner, number)) for line, row in inner]
        place = end + 1
    return made


def kind_of(row: Row) -> str:
    """What a row is, in one spelling."""
    return row.get("type", "").strip().lower().replace(" ", "_")


def number_of(row: Row) -> int:
    """How often the questions that begin with this row are asked; nothing where that is not known beforehand."""
    count = row.get("repeat_count", "").strip().removesuffix(".0")
    if kind_of(row) != "begin_repeat" or not count.isdecimal() or len(count) > 3:
        return 0
    return int(count) if 1 <= int(count) <= MOST else 0


def end_of(rows: list[Numbered], begin: int) -> int | None:
    """Where the repetition ends that begins here; nothing if it has none, or holds another one."""
    if kind_of(rows[begin][1]) != "begin_repeat":
        return None
    for place in range(begin + 1, len(rows)):
        match kind_of(rows[place][1]):
            case "begin_repeat":
                return None
            case "end_repeat":
                return place
    return None


def copy(row: Row, inner: list[Numbered], number: int) -> Row:
    """One row of one repetition: its name, its label and what it refers to within the repetition say which."""
    names = {each.get("name", "").strip() for _line, each in inner}
    made = dict(row)
    if row.get("name", "").strip():
        made["name"] = f"{row['name'].strip()}_{number}"
    if kind_of(row) == "begin_repeat":
        made |= {column: f"{text} ({number})" for column, text in row.items() if column.startswith("label") and text}
        made |= {"type": "begin_group", "repeat_count": ""}
    elif kind_of(row) == "end_repeat":
        made["type"] = "end_group"
    for column in ("relevant", "constraint"):
        made[column] = re.sub(
            r"\$\{([^}]+)\}",
            lambda found: f"${{{found[1]}_{number}}}" if found[1] in names else found[0],
            row.get(column, ""),
        )
    return made
