"""Symbols of United Nations documents: checked when written, and sorted as a documents officer would lay them out."""

import re
from dataclasses import dataclass
from functools import total_ordering

from django.utils.translation import gettext as _

# What alters a document follows it at once; what adds to it comes after.
ALTERATIONS = {"Corr": 0, "Rev": 1, "Amend": 2, "Add": 3}
SERIES = {"": 0, "INF": 1, "L": 2, "CRP": 3}
_PART = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*|\d{1,4}")
_ALTERATION = re.compile(r"(Corr|Rev|Amend|Add)\.([1-9]\d{0,2})")
_NUMBER = re.compile(r"[1-9]\d{0,3}")


@total_ordering
@dataclass(frozen=True, slots=True)
class Symbol:
    """`UNEP/CBD/BS/COP-MOP/6/INF/2/Add.1`: the meeting, the series (none, INF, L, CRP), the number, alterations."""

    meeting: str
    series: str
    number: int
    alterations: tuple[tuple[str, int], ...] = ()
    dotted: bool = False

    @classmethod
    def parse(cls, text: str) -> "Symbol":
        """Read a symbol; ValueError with a sentence when it is none."""
        parts = text.strip().split("/")
        found: list[tuple[str, int]] = []
        while parts and (match := _ALTERATION.fullmatch(parts[-1])):
            found.insert(0, (match[1], int(match[2])))
            parts.pop()
        meeting, series, number, dotted = _numbered(parts)
        if not number or not meeting or not all(map(_PART.fullmatch, meeting)) or not meeting[0][0].isalpha():
            raise ValueError(
                _(
                    "“%(text)s” is no symbol of a document. Write it as UNEP/CBD/BS/COP-MOP/6/7, with INF, L or CRP "
                    "before the number, and Add.1, Rev.1 or Corr.1 after it."
                )
                % {"text": text[:80]}
            )
        return cls("/".join(meeting), series, number, tuple(found), dotted)

    @property
    def base(self) -> "Symbol":
        """The document that this one adds to or alters; itself when it stands alone."""
        return Symbol(self.meeting, self.series, self.number, self.alterations[:-1], self.dotted)

    def __str__(self) -> str:
        middle = f"{self.series}{'.' if self.dotted else '/'}" if self.series else ""
        return "/".join([self.meeting, f"{middle}{self.number}", *(f"{kind}.{at}" for kind, at in self.alterations)])

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Symbol):
            return NotImplemented
        return self._key() < other._key()

    def _key(self) -> tuple[object, ...]:
        meeting = tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in self.meeting.split("/"))
        return (
            meeting,
            SERIES[self.series],
            self.number,
            tuple((ALTERATIONS[kind], at) for kind, at in self.alterations),
        )


def _numbered(parts: list[str]) -> tuple[list[str], str, int, bool]:
    """The meeting, series and number of a symbol without alterations, and whether a point stands between them."""
    last = parts[-1] if parts else ""
    if _NUMBER.fullmatch(last):
        if len(parts) > 1 and parts[-2] and parts[-2] in SERIES:
            return parts[:-2], parts[-2], int(last), False
        return parts[:-1], "", int(last), False
    series, point, number = last.partition(".")
    if point and series in SERIES and series and _NUMBER.fullmatch(number):
        return parts[:-1], series, int(number), True
    return parts, "", 0, False
