"""What is said about a row: kept as a sentence and its facts, and put into the language of whoever reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from kapok.formats.format import Format

REFUSED, DROPPED, REMARK = "refused", "dropped", "remark"
LABEL = "label"
Note = dict[str, Any]


@dataclass
class Notes:
    """The notes on one row. `refused` keeps the row out, `dropped` one value of it; a remark keeps nothing out."""

    found: list[Note] = field(default_factory=list)

    def add(self, weight: str, sentence: str, path: str = "", value: Any = "", **facts: Any) -> None:
        """Say something about a field and what its cell holds; the sentence is marked with `gettext_noop`."""
        if value != "":
            facts = {"value": str(value)[:80], **facts}
        note: Note = {"weight": weight, "say": sentence, "path": path, "value": str(value)[:200], "with": facts}
        if note not in self.found:
            self.found.append(note)

    def refuse(self, sentence: str, path: str = "", value: Any = "", **facts: Any) -> None:
        self.add(REFUSED, sentence, path, value, **facts)

    def drop(self, sentence: str, path: str = "", value: Any = "", **facts: Any) -> None:
        self.add(DROPPED, sentence, path, value, **facts)

    def remark(self, sentence: str, path: str = "", value: Any = "", **facts: Any) -> None:
        self.add(REMARK, sentence, path, value, **facts)

    def of(self, weight: str) -> list[Note]:
        return [note for note in self.found if note["weight"] == weight]

    def extend(self, notes: Iterable[Note]) -> None:
        self.found.extend(note for note in notes if note not in self.found)


def spoken(note: Mapping[str, Any], form: type[Format] | None = None) -> str:
    """The note in the reader's language; a field is named by its label."""
    facts = {name: shown(name, value, form) for name, value in note.get("with", {}).items()}
    if why := note.get("why"):
        facts = {"why": filled_in(why, facts)}
    return filled_in(note["say"], facts)


def filled_in(said: str, facts: Mapping[str, Any]) -> str:
    """A kept sentence in the language now spoken, with its facts."""
    sentence = gettext(said)
    return sentence % facts if facts else sentence


def shown(name: str, value: Any, form: type[Format] | None) -> Any:
    """A fact as it stands in a sentence."""
    if name == LABEL and form:
        return label(form, str(value))
    if isinstance(value, list):
        return ", ".join(label(form, str(one)) if form and name == "labels" else str(one) for one in value)
    return value


def label(form: type[Format], path: str) -> str:
    """The label of the field at a path."""
    kind = form.fields.get(path.partition("-")[0].partition("/")[0].partition(":")[0])
    return str(kind.label) if kind else path
