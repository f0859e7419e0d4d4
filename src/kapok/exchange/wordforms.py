"""A Word form that came back: which record it is about, what it answers, and what was not understood."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.core.languages import TAGS
from kapok.documents.wordform import Reading
from kapok.exchange.exporting.forms import SHARE, WORDS
from kapok.formats.format import Format, formats
from kapok.formats.kinds import KEY, Choice, Files, Kind, Lines, Parts, Refs, Shares, Terms, Text, term_id
from kapok.formats.kinds.base import apart
from kapok.formats.kinds.terms import percent
from kapok.formats.problems import Problem

OTHER = "other"


@dataclass(frozen=True, slots=True)
class FormValues:
    """What a form says: raw values of every field it asked, an empty one where it was left empty."""

    format: str
    identifier: str
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # The version of the record that the form was made from.
    number: int = -1


def values_of(reading: Reading) -> FormValues:
    """The raw values of a record's form. A form of something else, or of no known type, is a problem."""
    code = reading.hidden.get("format", "")
    form = formats.get(code) if reading.hidden.get("kind") == "record" else None
    if form is None:
        said = _("This document is no form of a Kapok record. Take a fresh form and copy your answers into it.")
        return FormValues(code, "", {}, [*told(reading, set()), Problem("", said)])
    # Without a signature that holds, what the form says of itself is not believed: it counts as a new one.
    identifier = reading.hidden.get("id", "") if reading.genuine else ""
    back = Back(form, reading)
    values = back.record()
    problems = told(reading, back.used)
    if not reading.genuine:
        said = _("The hidden part of this form was changed, so it cannot tell which record it is about.")
        problems.append(Problem("", said, "remark"))
    number = reading.hidden.get("number", "")
    return FormValues(code, identifier, values, problems, int(number) if identifier and number.isdecimal() else -1)


def told(reading: Reading, used: set[str]) -> list[Problem]:
    """What was not understood and could not be passed on as it was written."""
    return [
        Problem(one.place.replace("/", "-"), f"{one.why} “{one.text[:80]}”" if one.text else one.why)
        for one in reading.unread
        if one.place not in used
    ]


class Back:
    """Answers on their way to raw values."""

    def __init__(self, form: type[Format], reading: Reading) -> None:
        self.form = form
        self.asked = reading.asked | set(reading.answers) | {one.place for one in reading.unread}
        self.answers: dict[str, Any] = {one.place: one.text for one in reversed(reading.unread)} | reading.answers
        self.used: set[str] = set()
        keys = json.loads(reading.hidden.get("keys") or "{}")
        self.keys: dict[str, str] = keys if isinstance(keys, dict) else {}

    def record(self) -> dict[str, Any]:
        """Every field that the form asked."""
        return self.fields(self.form.fields, "")

    def fields(self, kinds: Mapping[str, Kind], path: str) -> dict[str, Any]:
        """The fields of a record or a part. A private one left empty was not filled in beforehand: it stays."""
        found = {}
        for name, kind in kinds.items():
            here = f"{path}{name}"
            if isinstance(kind, Files) or not self.was_asked(here):
                continue
            value = self.value(kind, here)
            if not (kind.private and kind.is_empty(value)):
                found[name] = value
        return found

    def was_asked(self, path: str) -> bool:
        return any(one == path or one.startswith((f"{path}/", f"{path}_")) for one in self.asked)

    def value(self, kind: Kind, path: str) -> Any:
        """The raw value of one field."""
        match kind:
            case Parts():
                return [part for number in self.numbers(path) if (part := self.part(kind, f"{path}/{number}"))]
            case Shares():
                return self.terms(path, shared=True)
            case Terms():
                return self.terms(path, shared=False)
            case Choice():
                return next(iter(self.worded([self.text(path)], path)), "")
            case Text():
                return {tag: self.text(f"{path}_{tag}") for tag in TAGS if f"{path}_{tag}" in self.asked}
            case Refs() | Lines():
                return [line.strip() for line in self.text(path).split("\n") if line.strip()]
            case _:
                return self.text(path)

    def text(self, path: str) -> str:
        """One answer as text."""
        self.used.add(path)
        value = self.answers.get(path, "")
        return value if isinstance(value, str) else "; ".join(value)

    def numbers(self, path: str) -> list[int]:
        """The numbers of the blocks or places below a path."""
        below = re.compile(re.escape(path) + r"/(\d{1,4})(?:/|$)")
        return sorted({int(match[1]) for one in self.asked if (match := below.match(one))})

    def part(self, kind: Parts, path: str) -> dict[str, Any]:
        """One block; an empty one that stood for nothing is left out."""
        values = self.fields(kind.part.fields, f"{path}/")
        if all(kind.part.fields[name].is_empty(value) for name, value in values.items()):
            return {}
        return {KEY: self.keys[path], **values} if path in self.keys else values

    def terms(self, path: str, *, shared: bool) -> list[Any]:
        """Terms from check boxes or from lists to choose from, with their shares."""
        if path in self.answers or not self.numbers(path):
            given = self.answers.get(path, [])
            self.used.add(path)
            return self.worded(given if isinstance(given, list) else apart(given), path)
        chosen: list[str] = []
        shares: list[str] = []
        for number in self.numbers(path):
            if one := self.text(f"{path}/{number}"):
                chosen.append(one)
                shares.append(percent(self.text(f"{path}/{number}/{SHARE}")))
        named = self.worded(chosen, path)
        if not shared:
            return named
        pairs = zip_longest(named, shares, fillvalue="")
        return [{"id": one, "share": share} if share else {"id": one} for one, share in pairs]

    def worded(self, chosen: list[str], path: str) -> list[str]:
        """The chosen terms; each “other” takes the words given for it, and words without one count as one."""
        words = iter(apart(self.text(f"{path}/{WORDS}")))
        named = [
            f"{one}:{said}" if term_id(one) == OTHER and (said := next(words, "")) else one for one in chosen if one
        ]
        return named + [f"{OTHER}:{said}" for said in words]
