"""Repeated parts: a record within the record, such as a result with its indicators."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Sentence
from kapok.formats.indexing import Indexed
from kapok.formats.kinds.base import Cells, Kind
from kapok.formats.problems import Problems

KEY = "key"


class Fields(type):
    """Gathers the kinds among a class's attributes, in the order they were written."""

    fields: dict[str, Kind]

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> "Fields":
        made = super().__new__(mcs, name, bases, body)
        found: dict[str, Kind] = {}
        for base in bases:
            found.update(getattr(base, "fields", {}))
        own = [value for value in body.values() if isinstance(value, Kind)]
        found.update({kind.name: kind for kind in sorted(own, key=lambda kind: kind.order)})
        made.fields = found
        return made


class Part(metaclass=Fields):
    """The fields of one repeated part. A subclass may look at them together in `check`."""

    fields: dict[str, Kind]

    @classmethod
    def check(cls, values: dict[str, Any], problems: Problems, path: str) -> None:
        """Tell what is wrong between fields."""

    @classmethod
    def heading(cls, values: Mapping[str, Any], language: str) -> str:
        """What stands for the part in a heading: its first answered field."""
        for name, kind in cls.fields.items():
            if values.get(name) not in (None, "", [], {}):
                return kind.show(values[name], language)
        return ""

    @classmethod
    def answered(cls, values: Mapping[str, Any]) -> list[Kind]:
        """The public fields that have an answer, in order."""
        public = [kind for kind in cls.fields.values() if not kind.private]
        return [kind for kind in public if kind.name in values and not kind.is_silent(values[kind.name])]

    @classmethod
    def used(cls, items: Iterable[Mapping[str, Any]]) -> list[Kind]:
        """The public fields that any of several parts answers: the columns of their table."""
        names = {kind.name for item in items for kind in cls.answered(item)}
        return [kind for kind in cls.fields.values() if kind.name in names]

    @classmethod
    def is_links(cls) -> bool:
        """Is each of these parts an address and its words?"""
        return set(cls.fields) == {"address", "words"}

    @classmethod
    def is_flat(cls, items: Iterable[Mapping[str, Any]]) -> bool:
        """Do these parts fit into a table: no parts within them, no long texts?"""
        return not any(kind.widget in {"parts", "words"} or kind.is_long for kind in cls.used(items))


def key() -> str:
    """A new key for a part: it stays when the part moves, so that versions can be compared."""
    return get_random_string(6, "abcdefghjkmnpqrstuvwxyz23456789")


class Parts(Kind):
    """A list of parts. Each is an object with a `key` that stays through all versions."""

    widget = "parts"
    several = True

    def __init__(self, label: Sentence, part: type[Part], *, one: Sentence, most: int = 200, **traits: Any) -> None:
        super().__init__(label, **{"wide": True, **traits})
        self.part = part
        self.one = one
        self.most = most

    def parse(self, post: QueryDict, path: str) -> list[dict[str, Any]]:
        given = post.getlist(f"{path}-row")
        return [self.parse_one(post, f"{path}-{row}") for row in given[: self.most + 1]]

    def parse_one(self, post: QueryDict, path: str) -> dict[str, Any]:
        values = {name: kind.parse(post, f"{path}-{name}") for name, kind in self.part.fields.items()}
        return {KEY: post.get(f"{path}-key", ""), **values}

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> list[dict[str, Any]] | None:
        if not isinstance(raw, list) or not all(isinstance(item, Mapping) for item in raw):
            problems.add(path, _("Give a list of objects."))
            return None
        if len(raw) > self.most:
            problems.add(path, _("Give at most %(most)s.") % {"most": self.most})
            return None
        kept = []
        for number, item in enumerate(raw):
            values = self.accept_one(item, problems, f"{path}-{number}", final=final)
            if set(values) - {KEY} or not final:
                kept.append(values)
        return kept

    def accept_one(self, item: Mapping[str, Any], problems: Problems, path: str, *, final: bool) -> dict[str, Any]:
        answered = final and any(not kind.is_empty(item.get(name)) for name, kind in self.part.fields.items())
        values: dict[str, Any] = {KEY: str(item.get(KEY) or key())[:12]}
        for name, kind in self.part.fields.items():
            value = kind.clean(item.get(name), problems, f"{path}-{name}", final=answered)
            if value is not None:
                values[name] = value
        for stranger in sorted(set(item) - set(self.part.fields) - {KEY}):
            problems.add(path, _("There is no field “%(name)s” here.") % {"name": str(stranger)[:60]})
        self.part.check(values, problems, path)
        return values

    def is_silent(self, value: Any) -> bool:
        """A part that was added and left open says nothing yet."""
        return not any(self.part.answered(item) for item in value or ())

    def describe(self) -> dict[str, Any]:
        public = {name: kind for name, kind in self.part.fields.items() if not kind.private}
        properties = {name: kind.schema() for name, kind in public.items()}
        required = [name for name, kind in public.items() if kind.required]
        item = {"type": "object", "properties": {KEY: {"type": "string"}, **properties}, "additionalProperties": False}
        return {"type": "array", "maxItems": self.most, "items": {**item, "required": required} if required else item}

    def index(self, value: Any, out: Indexed) -> None:
        for item in value:
            for name, kind in self.part.fields.items():
                if name in item and not kind.private:
                    kind.index(item[name], out)

    def references(self, value: Any) -> Iterator[str]:
        for item in value or ():
            for name, kind in self.part.fields.items():
                if name in item:
                    yield from kind.references(item[name])

    def columns(self) -> list[str]:
        return [f"{self.name}/1/{column}" for kind in self.part.fields.values() for column in kind.columns()]

    def write(self, value: Any, column: str) -> Cells:
        cells: Cells = {}
        for number, item in enumerate(value or (), 1):
            cells[f"{column}/{number}/{KEY}"] = item.get(KEY, "")
            for name, kind in self.part.fields.items():
                cells.update(kind.write(item.get(name), f"{column}/{number}/{name}"))
        return cells

    def read(self, cells: Mapping[str, str], column: str) -> Any:
        """From one cell that holds them all as JSON, or from a cell for each field of each part."""
        whole = cells.get(column, "").strip()
        return self.unpacked(whole) if whole else self.gathered(cells, column)

    def unpacked(self, text: str) -> Any:
        """Parts from JSON; what is none stays as it is, to be refused."""
        try:
            return json.loads(text)
        except ValueError:
            return text

    def gathered(self, cells: Mapping[str, str], column: str) -> list[dict[str, Any]]:
        """Parts from columns such as `budget/1/amount`."""
        numbers = {
            int(number)
            for name, text in cells.items()
            if text and name.startswith(f"{column}/") and (number := name[len(column) + 1 :].split("/")[0]).isdigit()
        }
        rows = []
        for place in sorted(numbers):
            below = f"{column}/{place}/"
            row = {name: kind.read(cells, f"{below}{name}") for name, kind in self.part.fields.items()}
            rows.append({KEY: cells.get(f"{below}{KEY}", ""), **row})
        return rows

    def show(self, value: Any, language: str) -> str:
        return "; ".join(self.part.heading(item, language) for item in value or ())
