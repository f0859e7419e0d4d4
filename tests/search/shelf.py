"""A small index in a folder, without a database: for tests of what the engine finds."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from kapok.search import asking, suggesting
from kapok.search.concepts import NONE, Concepts
from kapok.search.documents import Document
from kapok.search.engine import Reader, open_index, to_row
from kapok.search.questions import Answer, Hit, Question, Suggestion

PUBLIC = ("public",)


def document(number: int, titles: dict[str, str] | str, **facts: Any) -> Document:
    """A public initiative, unless told otherwise; a plain title is English."""
    said: dict[str, Any] = {"kind": "initiative", "seen_by": PUBLIC, **facts}
    return Document(f"record:INI-{number:06}", titles={"en": titles} if isinstance(titles, str) else titles, **said)


class Shelf:
    """Documents in an index of their own, in parts of so many where `each` is given, and questions to it."""

    def __init__(self, documents: Iterable[Document], concepts: Concepts = NONE, each: int = 0) -> None:
        folder = Path(tempfile.mkdtemp(prefix="shelf-", dir=settings.DATA))
        writer = open_index(folder).writer(15_000_000, 1)
        for number, one in enumerate(documents, 1):
            writer.add_document(to_row(one, concepts))
            if each and number % each == 0:
                writer.commit()
        writer.commit()
        writer.wait_merging_threads()
        self.reader = Reader(folder, concepts)

    def ask(self, q: str = "", **facts: Any) -> Answer:
        return asking.ask(self.reader.view(), Question(q, **facts))

    def found(self, q: str = "", **facts: Any) -> list[int]:
        """The numbers of the found documents, in their order."""
        return [int(hit.origin[-6:]) for hit in self.ask(q, **facts).hits]

    def suggest(self, prefix: str, viewer: tuple[str, ...] = PUBLIC, **facts: Any) -> list[Suggestion]:
        return suggesting.suggest(self.reader.view(), prefix, viewer, **facts)

    def similar(self, text: str = "", viewer: tuple[str, ...] = PUBLIC, **facts: Any) -> list[Hit]:
        return suggesting.similar(self.reader.view(), text, viewer=viewer, **facts)
