"""What every kind of field can answer."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Sentence
from kapok.formats.indexing import Indexed
from kapok.formats.problems import Problems

Cells = dict[str, str]
PIECE = re.compile(r"(?:\\.|[^\\;|])+", re.DOTALL)


def joined(items: Iterable[str]) -> str:
    """Several texts in one cell; a semicolon or stroke within one is written with a backslash before it."""
    return "; ".join(re.sub(r"([\\;|])", r"\\\1", item) for item in items)


def apart(cell: str) -> list[str]:
    """The texts of a cell that `joined` made, or that a person wrote with semicolons or strokes between them."""
    pieces = (re.sub(r"\\(.)", r"\1", piece, flags=re.DOTALL).strip() for piece in PIECE.findall(cell))
    return [piece for piece in pieces if piece]


class Kind:
    """A field of a format. Subclasses answer for one kind of value.

    `facet` makes it countable in search (True: under the field's own name, or another name);
    `private` keeps it from the public page, search, exports and the API;
    `several` tells that the value is a list.
    """

    widget = "line"
    several = False
    made = 0

    def __init__(
        self,
        label: Sentence,
        *,
        required: bool = False,
        hint: Sentence = "",
        facet: bool | str = False,
        searched: bool = True,
        private: bool = False,
        wide: bool = False,
    ) -> None:
        Kind.made += 1
        self.order = Kind.made
        self.label = label
        self.required = required
        self.hint = hint
        self._facet = facet
        self.searched = searched
        self.private = private
        self.wide = wide
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = self.name or name.rstrip("_")

    @property
    def facet(self) -> str:
        """The name under which search counts it, or nothing."""
        if self._facet is True:
            return self.name
        return self._facet or ""

    @property
    def is_long(self) -> bool:
        """Does it take paragraphs rather than a line?"""
        return False

    # Ask
    def parse(self, post: QueryDict, path: str) -> Any:
        """The raw value of this field in a posted form."""
        return post.get(path, "")

    # Accept
    def is_empty(self, value: Any) -> bool:
        return value in (None, "", [], {})

    def is_silent(self, value: Any) -> bool:
        """Has a page nothing to show of this value?"""
        return self.is_empty(value)

    def clean(self, raw: Any, problems: Problems, path: str, *, final: bool) -> Any:
        """The value as it is kept, or None. What is wrong is told to `problems` at `path`.

        `final` asks for what must be answered; a draft may leave it open.
        """
        if raw is None and not (final and self.required):
            return None
        value = None if self.is_empty(raw) else self.accept(raw, problems, path, final=final)
        if final and self.required and self.is_empty(value) and not problems.below(path):
            problems.add(path, self.missing)
        return None if self.is_empty(value) else value

    @property
    def missing(self) -> Sentence:
        """What is said when a required field was left empty."""
        return _("Answer “%(label)s”: it is required.") % {"label": self.label}

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> Any:
        """The kept form of a raw value that is not empty."""
        raise TypeError(f"{type(self).__name__} does not accept values")

    # Describe
    def describe(self) -> dict[str, Any]:
        """The JSON Schema of the value."""
        return {"type": "string"}

    def schema(self) -> dict[str, Any]:
        """The JSON Schema with title and description."""
        described = {"title": str(self.label), **self.describe()}
        if self.hint:
            described["description"] = str(self.hint)
        if self.facet:
            described["x-facet"] = self.facet
        return described

    # Index
    def index(self, value: Any, out: Indexed) -> None:
        """Tell the search index what to find and count."""
        if self.searched:
            out.say(str(value))

    def references(self, value: Any) -> Iterator[str]:
        """The identifiers of records that the value points to."""
        return iter(())

    # Write in a cell, and read back
    def columns(self) -> list[str]:
        """The column heads it fills at the least."""
        return [self.name]

    def write(self, value: Any, column: str) -> Cells:
        """Its cells in a row of a spreadsheet, from column name to text."""
        return {} if self.is_empty(value) else {column: str(value)}

    def read(self, cells: Mapping[str, str], column: str) -> Any:
        """The raw value from the cells of a row."""
        return cells.get(column, "")

    # Show
    def show(self, value: Any, language: str) -> str:
        """The value as plain words, for differences, titles and mails."""
        return "" if self.is_empty(value) else str(value)

    def but(self, **changes: Any) -> Self:
        """A copy with other settings, for a field that differs in one trait only."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        for name, change in changes.items():
            setattr(other, name, change)
        return other
