"""What differs between two versions of a record, field by field, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from kapok.core.languages import TAGS
from kapok.core.rules import Sentence
from kapok.formats.kinds import KEY, Kind, Parts, Text


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs. `kind` is added, removed or changed; parts hold differences of their own."""

    path: str
    label: Sentence
    kind: str
    before: str = ""
    after: str = ""
    language: str = ""
    pieces: list[tuple[str, str]] = field(default_factory=list)


def differences(
    fields: Mapping[str, Kind], before: Mapping[str, Any], after: Mapping[str, Any], language: str, path: str = ""
) -> list[Difference]:
    """All fields in which two sets of values differ, in the order of the format."""
    found: list[Difference] = []
    for name, kind in fields.items():
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        where = f"{path}-{name}" if path else name
        if isinstance(kind, Parts):
            found.extend(of_parts(kind, old or [], new or [], language, where))
        elif isinstance(kind, Text):
            found.extend(of_text(kind, old or {}, new or {}, where))
        else:
            found.append(one(where, kind.label, kind.show(old, language), kind.show(new, language)))
    return found


def of_text(kind: Kind, old: Mapping[str, str], new: Mapping[str, str], path: str) -> list[Difference]:
    """One difference for each language in which the text changed."""
    return [
        one(f"{path}-{tag}", kind.label, old.get(tag, ""), new.get(tag, ""), tag)
        for tag in TAGS
        if old.get(tag) != new.get(tag)
    ]


def of_parts(kind: Parts, old: list[Any], new: list[Any], language: str, path: str) -> list[Difference]:
    """Parts are paired by their key, so that moving one changes nothing."""
    olds = {item[KEY]: item for item in old}
    news = {item[KEY]: item for item in new}
    found: list[Difference] = []
    for number, item in enumerate(new):
        where = f"{path}-{number}"
        inner = differences(kind.part.fields, olds.get(item[KEY], {}), item, language, where)
        if item[KEY] not in olds and not inner:
            found.append(one(where, kind.one, "", kind.part.heading(item, language)))
        found.extend(inner)
    for item in old:
        if item[KEY] not in news:
            found.append(one(path, kind.one, kind.part.heading(item, language), ""))
    return found


def one(path: str, label: Sentence, before: str, after: str, language: str = "") -> Difference:
    """A difference with its words compared."""
    kind = "changed" if before and after else "added" if after else "removed"
    return Difference(path, label, kind, before, after, language, pieces(before, after))


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """The two texts as one: pairs of `same`, `out` or `in` and the words."""
    old, new = split(before), split(after)
    found: list[tuple[str, str]] = []
    for tag, low, high, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(old[low:high])))
            continue
        if high > low:
            found.append(("out", "".join(old[low:high])))
        if end > start:
            found.append(("in", "".join(new[start:end])))
    return found


def split(text: str) -> list[str]:
    """Words with the spaces after them; texts too long to compare word by word stay whole."""
    words = [piece for part in text.split("\n") for piece in [*(f"{word} " for word in part.split()), "\n"]][:-1]
    return words if len(words) <= 3000 else [text]
