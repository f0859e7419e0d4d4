"""What every shape of export knows of itself, and what it is given."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.http import content_disposition_header

from kapok.core.rules import Sentence
from kapok.exchange.exporting.rows import Taken
from kapok.formats.format import Format


@dataclass(frozen=True, slots=True)
class Taking:
    """What is taken along: records by the stretch, all of one format or of several, and what the list is called."""

    rows: Iterator[list[Taken]]
    form: type[Format] | None
    language: str
    title: str = ""
    address: str = ""
    total: int | None = None
    made_at: datetime = field(default_factory=timezone.now)

    def __iter__(self) -> Iterator[Taken]:
        for some in self.rows:
            yield from some


Writer = Callable[[Taking], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape: its name in addresses, its content type, and what writes it.

    `only` are the formats that make sense in it; `drafts` tells that a writer's own drafts go along, as in the list.
    """

    code: str
    label: Sentence
    kind: str
    write: Writer
    suffix: str = ""
    hint: Sentence = ""
    only: tuple[str, ...] = ()
    drafts: bool = False

    def fits(self, *codes: str) -> bool:
        """Does it make sense for any of these formats? Without any: for lists of everything."""
        return not self.only or bool(set(codes or self.only) & set(self.only))

    def filename(self, name: str) -> str:
        """`kapok-initiatives-2026-11-25.csv`."""
        return f"{name}.{self.suffix or self.code}"

    def headers(self, name: str) -> dict[str, str]:
        """The headers of a download."""
        disposition = content_disposition_header(True, self.filename(name))
        return {"Content-Type": self.kind, "Content-Disposition": disposition or "attachment"}
