"""Words: in one language, in up to six, long and short, and lists of short ones."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import TAGS, best
from kapok.core.rules import Sentence
from kapok.formats.indexing import Indexed
from kapok.formats.kinds.base import Cells, Kind
from kapok.formats.problems import Problems

INVISIBLE = dict.fromkeys((0x0000, 0x202A, 0x202B, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0xFEFF))
# Halves of letters and places that never hold one: no file and no feed can carry them.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def tidy(raw: object, *, line: bool) -> str:
    """Text without control characters, with even line ends; one line where only one is meant."""
    text = str(raw)
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if line else text.strip()
    text = unicodedata.normalize("NFC", text).translate(INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    text = CONTROLS.sub("", text)
    return " ".join(text.split()) if line else text.strip()


class Line(Kind):
    """One line of text without a language: a name, a number, a code."""

    def __init__(self, label: Sentence, *, most: int = 300, **traits: Any) -> None:
        super().__init__(label, **traits)
        self.most = most

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> str | None:
        if not isinstance(raw, str | int | float):
            problems.add(path, _("Write this as text."))
            return None
        text = tidy(raw, line=True)
        if len(text) > self.most:
            problems.add(path, too_long(len(text), self.most))
        return text

    def describe(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.most}


class Words(Line):
    """Several lines of text without a language, such as a private note."""

    widget = "words"

    def __init__(self, label: Sentence, *, most: int = 20_000, **traits: Any) -> None:
        super().__init__(label, most=most, **traits)

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> str | None:
        if not isinstance(raw, str):
            problems.add(path, _("Write this as text."))
            return None
        text = tidy(raw, line=False)
        if len(text) > self.most:
            problems.add(path, too_long(len(text), self.most))
        return text


class Lines(Kind):
    """A list of short texts, one on each line of its box: other names, authors."""

    widget = "lines"
    several = True

    def __init__(self, label: Sentence, *, most: int = 60, **traits: Any) -> None:
        super().__init__(label, **traits)
        self.most = most

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> list[str] | None:
        items = raw.split("\n") if isinstance(raw, str) else raw
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            problems.add(path, _("Give a list of texts."))
            return None
        kept = list(dict.fromkeys(text for item in items if (text := tidy(item, line=True))))
        if len(kept) > self.most:
            problems.add(path, _("Give at most %(most)s lines.") % {"most": self.most})
        if any(len(text) > 300 for text in kept):
            problems.add(path, too_long(max(map(len, kept)), 300))
        return kept

    def describe(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string", "maxLength": 300}, "maxItems": self.most}

    def index(self, value: Any, out: Indexed) -> None:
        if self.searched:
            for item in value:
                out.say(item)

    def write(self, value: Any, column: str) -> Cells:
        return {column: "\n".join(value)} if value else {}

    def show(self, value: Any, language: str) -> str:
        return "; ".join(value or ())


class Text(Kind):
    """Text in up to six languages: `{"en": "…", "fr": "…"}`. Long unless it is a `line`."""

    widget = "text"

    def __init__(self, label: Sentence, *, line: bool = False, most: int = 0, words: int = 0, **traits: Any) -> None:
        super().__init__(label, **traits)
        self.line = line
        self.most = most or (300 if line else 20_000)
        self.most_words = words

    @property
    def is_long(self) -> bool:
        return not self.line

    def parse(self, post: QueryDict, path: str) -> dict[str, str]:
        return {tag: text for tag in TAGS if (text := post.get(f"{path}-{tag}", ""))}

    def is_empty(self, value: Any) -> bool:
        return not value or (isinstance(value, Mapping) and not any(value.values()))

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> dict[str, str] | None:
        if not isinstance(raw, Mapping):
            problems.add(path, _("Give the text by language, such as {“en”: “…”}."))
            return None
        kept = {}
        for tag, given in raw.items():
            if tag not in TAGS:
                problems.add(path, _("“%(tag)s” is not one of the six languages.") % {"tag": str(tag)[:20]})
                continue
            text = tidy(given or "", line=self.line)
            if text:
                kept[tag] = text
                self.measure(text, problems, f"{path}-{tag}")
        return {tag: kept[tag] for tag in TAGS if tag in kept}

    def measure(self, text: str, problems: Problems, path: str) -> None:
        """Tell when a text is longer than the format allows."""
        if len(text) > self.most:
            problems.add(path, too_long(len(text), self.most))
        count = len(text.split())
        if self.most_words and count > self.most_words:
            said = _("This has %(count)s words; at most %(most)s are allowed.")
            problems.add(path, said % {"count": count, "most": self.most_words})

    def describe(self) -> dict[str, Any]:
        one = {"type": "string", "maxLength": self.most}
        return {"type": "object", "properties": dict.fromkeys(TAGS, one), "additionalProperties": False}

    def index(self, value: Any, out: Indexed) -> None:
        if self.searched:
            out.say(value)

    def columns(self) -> list[str]:
        return [f"{self.name}_en"]

    def write(self, value: Any, column: str) -> Cells:
        return {f"{column}_{tag}": text for tag, text in (value or {}).items()}

    def read(self, cells: Mapping[str, str], column: str) -> dict[str, str]:
        return {tag: cells[f"{column}_{tag}"] for tag in TAGS if cells.get(f"{column}_{tag}")}

    def show(self, value: Any, language: str) -> str:
        return best(value, language)[0]


def too_long(length: int, most: int) -> Sentence:
    """The sentence for a text past its measure."""
    said = _("This has %(length)s characters; at most %(most)s are allowed.")
    return said % {"length": length, "most": most}
