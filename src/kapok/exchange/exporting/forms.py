"""The Word form of a record type: every question of the format, answered already where the record is."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from kapok.core.languages import LANGUAGES, TAGS, best, code_of, words
from kapok.core.rules import Sentence
from kapok.documents.wordform import Ask, Group, WordForm, write
from kapok.documents.wordform.asks import Kind as Way
from kapok.exchange.exporting.rows import in_work
from kapok.formats.asking import shown_share
from kapok.formats.format import Format
from kapok.formats.kinds import (
    KEY,
    Choice,
    Day,
    Files,
    Kind,
    Lines,
    Part,
    Parts,
    Ref,
    Refs,
    Shares,
    Terms,
    Text,
    Words,
    YesNo,
    resolve,
    term_id,
)
from kapok.formats.kinds.base import joined
from kapok.records.models import Record

# Up to so many terms stand as check boxes; longer lists are chosen from.
FEW = 24
# Empty places: for terms of long lists, for parts, for parts within parts.
MORE_TERMS, MORE_PARTS, MORE_WITHIN = 3, 2, 1
TERMS_AT_LEAST = 5
WORDS, SHARE, MORE = "words", "share", "more"
# Short answers of a part that stand beside each other.
PER_ROW = 3
SHORT = 60


def word_form(form: type[Format], language: str, record: Record | None = None) -> bytes:
    """The form of a type, or of a record with all that is public of it filled in."""
    with translation.override(code_of(language)):
        return write(Asking(form, language, record).whole())


@dataclass
class Asking:
    """One form on its way."""

    form: type[Format]
    language: str
    record: Record | None = None
    keys: dict[str, str] = field(default_factory=dict)

    def whole(self) -> WordForm:
        """Title, introduction, groups, and what the form is about."""
        held = in_work(self.record) if self.record else None
        values = held.values if held else {}
        groups = list(self.groups(values))
        hidden = {
            "kind": "record",
            "format": self.form.code,
            "format_version": str(self.form.version),
            "language": self.language,
            "id": self.record.identifier if self.record else "",
            "number": str(self.record.number) if self.record else "",
            "keys": json.dumps(self.keys, separators=(",", ":")),
        }
        title = words(self.form.title_of(values)) or self.form.label
        return WordForm(title, "\n".join(map(str, self.intro())), self.language, groups, hidden)

    def intro(self) -> Iterator[Sentence]:
        """What the form is for and how it comes back."""
        if self.record:
            yield f"{self.form.label} {self.record.identifier}"
        yield self.form.purpose
        yield _(
            "Fill in the boxes, save the document and upload it in Kapok under “Import”. Nothing needs to be retyped."
        )
        yield _("Answers marked with * are required. Leave empty what you do not know.")

    def groups(self, values: Mapping[str, Any]) -> Iterator[Group]:
        """The sections, with repeated parts as blocks below them."""
        for section, kinds in self.form.grouped():
            title, hint = (section.title, section.hint) if section else (_("Record"), "")
            plain: list[Ask] = []
            for kind in kinds:
                if not isinstance(kind, Parts):
                    plain.extend(self.asks(kind, kind.name, values.get(kind.name)))
                    continue
                if plain or title:
                    yield Group(title, hint, tuple(plain))
                title, hint, plain = "", "", []
                yield from self.parts(kind, kind.name, values.get(kind.name) or [], 2)
            if plain or title:
                yield Group(title, hint, tuple(plain))

    def parts(self, kind: Parts, path: str, items: list[Any], level: int) -> Iterator[Group]:
        """A block for each part, and a few empty ones."""
        yield Group(f"{kind.label} *" if kind.required else kind.label, kind.hint, level=level)
        blank = MORE_PARTS if level == 2 else MORE_WITHIN
        for number, item in enumerate([*items, *[{}] * blank], 1):
            here = f"{path}/{number}"
            if item.get(KEY):
                self.keys[here] = item[KEY]
            yield Group(f"{kind.one} {number}", "", tuple(self.within(kind.part, here, item)), 3)
            for name, inner in kind.part.fields.items():
                if isinstance(inner, Parts):
                    yield from self.parts(inner, f"{here}/{name}", item.get(name) or [], 3)

    def within(self, part: type[Part], path: str, item: Mapping[str, Any]) -> Iterator[Ask]:
        """The questions of one part; short ones stand beside each other. None is required of an empty block."""
        row = 0
        for name, kind in part.fields.items():
            if isinstance(kind, Parts):
                continue
            for ask in self.asks(kind, f"{path}/{name}", item.get(name)):
                short = ask.kind in {"line", "choice", "day", "yesno"} and len(str(ask.hint)) < SHORT
                yield replace(ask, beside=short and 0 < row < PER_ROW)
                row = (row if row < PER_ROW else 0) + 1 if short else 0

    def asks(self, kind: Kind, path: str, value: Any) -> Iterator[Ask]:
        """The questions of one field."""
        match kind:
            case Files():
                return
            case Shares() | Terms() if isinstance(kind, Shares) or len(self.options(kind)) > FEW:
                yield from self.many_terms(kind, path, value or [])
            case Terms():
                yield from self.few_terms(kind, path, value or [])
            case Choice():
                chosen = str(value or "")
                yield self.ask(kind, path, "choice", term_id(chosen), options=self.options(kind))
                yield from self.own_words(kind, path, [chosen])
            case Text():
                yield from self.texts(kind, path, value or {})
            case Refs() | Lines():
                named = [self.named(one) if isinstance(kind, Refs) else one for one in value or ()]
                yield self.ask(kind, path, "text", "\n".join(named), hint=self.each_line(kind))
            case Ref():
                hint = kind.hint or _("Its name, and its identifier in Kapok if you know it")
                yield self.ask(kind, path, "line", self.named(value), hint=hint)
            case YesNo():
                yield self.ask(kind, path, "yesno", "" if value is None else "yes" if value else "no")
            case Day() if not kind.partial:
                yield self.ask(kind, path, "day", value or "")
            case Day():
                hint = kind.hint or _("As 2026-03-31, 2026-03 or 2026")
                yield self.ask(kind, path, "line", value or "", hint=hint)
            case Words():
                yield self.ask(kind, path, "text", value or "")
            case _:
                yield self.ask(kind, path, "line", "" if value is None else str(value))

    def ask(self, kind: Kind, path: str, way: Any, value: Any, **more: Any) -> Ask:
        """One question in the words of its field."""
        hint = more.pop("hint", "") or kind.hint
        required = kind.required and "/" not in path
        return Ask(path, more.pop("label", kind.label), way, hint, value=value, required=required, **more)

    def each_line(self, kind: Kind) -> Sentence:
        """How several stand in one box."""
        return kind.hint or _("One on each line")

    def named(self, identifier: str | None) -> str:
        """A record as people know it, with its identifier: `Title (ORG-000012)`."""
        target = resolve([identifier]).get(identifier) if identifier else None
        title = best(target.title, self.language)[0] if target else ""
        return f"{title} ({identifier})" if title else identifier or ""

    def options(self, kind: Choice) -> list[tuple[str, str]]:
        """The terms that can be chosen, finer ones set in."""
        return [(one.id, " " * 3 * one.depth + one.label) for one in kind.choices(self.language)]

    def texts(self, kind: Text, path: str, value: Mapping[str, str]) -> Iterator[Ask]:
        """A box for the language of the form, and one for each other in which there is a text."""
        way: Way = "line" if kind.line else "text"
        for tag in (self.language, *(tag for tag in TAGS if tag in value and tag != self.language)):
            several = len({*value, self.language}) > 1 and value
            label = f"{kind.label} ({LANGUAGES[tag].autonym})" if several else kind.label
            required = kind.required and "/" not in path and (not value or tag in value)
            yield Ask(f"{path}_{tag}", label, way, kind.hint, value=value.get(tag, ""), required=required, language=tag)

    def few_terms(self, kind: Terms, path: str, value: list[str]) -> Iterator[Ask]:
        """Check boxes."""
        yield self.ask(kind, path, "choices", [term_id(one) for one in value], options=self.options(kind))
        yield from self.own_words(kind, path, value)

    def many_terms(self, kind: Terms, path: str, value: list[Any]) -> Iterator[Ask]:
        """Several lists to choose one term from each, with shares where they are asked."""
        shared = isinstance(kind, Shares)
        items = [item if isinstance(item, Mapping) else {"id": item} for item in value]
        for number in range(1, max(len(items) + MORE_TERMS, TERMS_AT_LEAST) + 1):
            item = items[number - 1] if number <= len(items) else {}
            label = f"{kind.label} {number}"
            hint = kind.hint if number == 1 and not shared else ""
            chosen = term_id(str(item.get("id", "")))
            first = number == 1 and kind.required
            beside = not shared and number % 2 == 0
            yield Ask(f"{path}/{number}", label, "choice", hint, self.options(kind), chosen, first, beside=beside)
            if shared:
                share = shown_share(item.get("share"))
                yield Ask(f"{path}/{number}/{SHARE}", _("Share in per cent"), "line", value=share, beside=True)
        yield from self.own_words(kind, path, [str(item.get("id", "")) for item in items])

    def own_words(self, kind: Choice, path: str, value: list[str]) -> Iterator[Ask]:
        """What “Other” means, where the list has it."""
        if any(kind.asks_words(one) for one, _label in self.options(kind)):
            words = joined(one.partition(":")[2] for one in value if ":" in one)
            label = _("%(question)s: if other, which?") % {"question": kind.label}
            yield Ask(f"{path}/{WORDS}", label, "line", value=words, beside=not kind.several)
