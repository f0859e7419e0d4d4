"""What a brief is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figure:
    """A count with its label and the address of what it counts."""

    value: int
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: its words, what is said beside them, its number in a ranking, and its address."""

    text: str
    note: str = ""
    rank: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its first few lines, how many more there are, and what is said when there is none."""

    title: str
    lines: Sequence[Line]
    otherwise: str = ""
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.lines or self.otherwise)


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief, in the language in which it was gathered."""

    name: str
    title: str
    facts: Sequence[str]
    figures: Sequence[Figure]
    sections: Sequence[Section]
    day: date
    address: str
    back: str
    past: bool = False
