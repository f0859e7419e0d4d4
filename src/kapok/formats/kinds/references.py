"""Links to other records, and files."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import best
from kapok.core.rules import Sentence
from kapok.formats.indexing import Indexed
from kapok.formats.kinds.base import Cells, Kind, apart, joined
from kapok.formats.kinds.text import tidy
from kapok.formats.problems import Problems

# A file in a cell: its id, its name, and its language in brackets.
IN_CELL = re.compile(r"(?P<file>\S+)(?: (?P<name>.*?))??(?: \[(?P<language>[\w-]{0,12})\])?")
IDENTIFIER = re.compile(r"\b([A-Z]{3}-\d{6,9})\b")


@dataclass(frozen=True, slots=True)
class Target:
    """A record that another points to: what must be known to link to it and to find the pointing one by its name."""

    identifier: str
    format: str
    title: dict[str, str]
    address: str
    public: bool = True


Resolver = Callable[[Iterable[str]], dict[str, Target]]
_resolvers: list[Resolver] = []
_known: ContextVar[dict[str, Target]] = ContextVar("known", default={})  # noqa: B039


def resolver(function: Resolver) -> Resolver:
    """The room that keeps the records tells here how identifiers are looked up."""
    _resolvers[:] = [function]
    return function


def resolve(identifiers: Iterable[str]) -> dict[str, Target]:
    """The records behind identifiers, a merged one by the record it stands for; what does not exist is left out."""
    wanted = list(dict.fromkeys(identifiers))
    known = _known.get()
    missing = [one for one in wanted if one not in known]
    looked_up = _resolvers[0](missing) if _resolvers and missing else {}
    return {one: known.get(one) or looked_up[one] for one in wanted if one in known or one in looked_up}


@contextmanager
def knowing(identifiers: Iterable[str]) -> Iterator[None]:
    """Look many identifiers up at once; within the block `resolve` asks no more for them."""
    token = _known.set({**_known.get(), **resolve(identifiers)})
    try:
        yield
    finally:
        _known.reset(token)


@contextmanager
def supposing(targets: dict[str, Target]) -> Iterator[None]:
    """Within the block these records are known, and those added to `targets` meanwhile; some may not exist yet."""
    token = _known.set(targets)
    try:
        yield
    finally:
        _known.reset(token)


def survivors(identifiers: Iterable[str]) -> list[str]:
    """The identifiers, with that of a merged record replaced by the one it stands for."""
    wanted = list(identifiers)
    targets = resolve(wanted)
    return list(dict.fromkeys(targets[one].identifier if one in targets else one for one in wanted))


class Ref(Kind):
    """One other record, by its identifier: `ORG-000012`. A title typed beside it is for the eye only."""

    widget = "ref"

    def __init__(self, label: Sentence, *formats: str, **traits: Any) -> None:
        super().__init__(label, **traits)
        self.formats = formats

    def understand(self, raw: Any) -> str | None:
        """The identifier within what was typed or chosen: `UNEP (ORG-000012)`."""
        found = IDENTIFIER.search(tidy(raw, line=True).upper()) if isinstance(raw, str) else None
        return found[1] if found else None

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> Any:
        value = self.understand(raw)
        if value is None:
            problems.add(path, self.unclear(raw))
            return None
        return value if self.exist([value], problems, path) else None

    def exist(self, values: list[str], problems: Problems, path: str) -> list[str]:
        """Those that are records of the right type; the others are told."""
        targets = resolve(values)
        kept = []
        for value in values:
            target = targets.get(value)
            if target is None:
                problems.add(path, _("There is no record %(id)s.") % {"id": value})
            elif self.formats and target.format not in self.formats:
                problems.add(path, _("%(id)s is not a record of the kind asked for here.") % {"id": value})
            else:
                kept.append(value)
        return kept

    def unclear(self, raw: Any) -> Sentence:
        said = _("“%(given)s” does not name a record: choose one from the list, or give its identifier (ORG-000012).")
        return said % {"given": str(raw)[:80]}

    def describe(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{6,9}$", "x-formats": list(self.formats)}

    def references(self, value: Any) -> Iterator[str]:
        if value:
            yield value

    def index(self, value: Any, out: Indexed) -> None:
        self.index_targets([value], out)

    def index_targets(self, values: list[str], out: Indexed) -> None:
        """Count under the identifiers; make the names of the targets findable."""
        if self.facet:
            out.count(self.facet, survivors(values))
        if self.searched:
            for target in resolve(values).values():
                if target.public:
                    out.say(target.title)

    def show(self, value: Any, language: str) -> str:
        return names([value] if value else [], language)


class Refs(Ref):
    """Several other records."""

    widget = "refs"
    several = True

    def __init__(self, label: Sentence, *formats: str, most: int = 200, **traits: Any) -> None:
        super().__init__(label, *formats, **traits)
        self.most = most

    def parse(self, post: QueryDict, path: str) -> Any:
        return [text for text in post.getlist(path) if text.strip()]

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> Any:
        items = re.split(r"[;\n]", raw) if isinstance(raw, str) else raw
        if not isinstance(items, list):
            problems.add(path, _("Give a list of identifiers."))
            return None
        kept = []
        for item in items[: self.most]:
            value = self.understand(item)
            if value is None and str(item).strip():
                problems.add(path, self.unclear(item))
            elif value and value not in kept:
                kept.append(value)
        return self.exist(kept, problems, path)

    def describe(self) -> dict[str, Any]:
        return {"type": "array", "items": super().describe(), "maxItems": self.most}

    def references(self, value: Any) -> Iterator[str]:
        yield from value or ()

    def index(self, value: Any, out: Indexed) -> None:
        self.index_targets(value, out)

    def write(self, value: Any, column: str) -> Cells:
        return {column: "; ".join(value)} if value else {}

    def show(self, value: Any, language: str) -> str:
        return names(value or [], language)


def names(identifiers: list[str], language: str) -> str:
    """The titles of records, with the identifier where there is no title."""
    targets = resolve(identifiers)
    shown = []
    for one in identifiers:
        target = targets.get(one)
        shown.append(best(target.title, language)[0] or one if target else one)
    return ", ".join(shown)


class Files(Kind):
    """Uploaded files: `[{"file": id, "name": …, "language": tag}]`. They are kept by the room `files`."""

    widget = "files"
    several = True

    def __init__(self, label: Sentence, *, most: int = 20, **traits: Any) -> None:
        super().__init__(label, **traits)
        self.most = most

    def parse(self, post: QueryDict, path: str) -> Any:
        kept = post.getlist(path)
        return [
            {
                "file": one,
                "name": post.get(f"{path}-name-{one}", ""),
                "language": post.get(f"{path}-language-{one}", ""),
            }
            for one in kept
            if one and one not in post.getlist(f"{path}-drop")
        ]

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> Any:
        if not isinstance(raw, list) or not all(isinstance(item, dict) and item.get("file") for item in raw):
            problems.add(path, _("Give a list of files."))
            return None
        if len(raw) > self.most:
            problems.add(path, _("Give at most %(most)s files.") % {"most": self.most})
        kept = []
        for item in raw[: self.most]:
            entry = {"file": str(item["file"])[:40], "name": tidy(item.get("name") or "", line=True)[:200]}
            language = str(item.get("language") or "")[:12]
            kept.append({**entry, "language": language} if language else entry)
        return kept

    def describe(self) -> dict[str, Any]:
        properties = {name: {"type": "string"} for name in ("file", "name", "language")}
        item = {"type": "object", "properties": properties, "required": ["file"]}
        return {"type": "array", "items": item, "maxItems": self.most}

    def index(self, value: Any, out: Indexed) -> None:
        for item in value:
            out.say(item.get("name", ""))

    def write(self, value: Any, column: str) -> Cells:
        return {column: joined(cell_of_file(item) for item in value)} if value else {}

    def read(self, cells: Mapping[str, str], column: str) -> Any:
        found = [IN_CELL.fullmatch(part) for part in apart(cells.get(column, ""))]
        return [{name: text for name, text in match.groupdict().items() if text} for match in found if match]

    def show(self, value: Any, language: str) -> str:
        return ", ".join(item.get("name") or item["file"] for item in value or ())


def cell_of_file(item: Mapping[str, str]) -> str:
    """`a1b2 Manual.pdf [fr]`; the brackets stand empty where the name itself ends in some."""
    name, language = item.get("name", ""), item.get("language", "")
    said = f"{item['file']} {name}".strip()
    return f"{said} [{language}]" if language or name.endswith("]") else said
