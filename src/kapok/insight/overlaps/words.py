"""The reasons of an overlap in words, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kapok import vocab
from kapok.core.languages import LANGUAGES, current, words
from kapok.formats.kinds import resolve

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two things come together: which kind of reason, and the whole in words."""

    code: str
    words: str


def reasons(shared: Mapping[str, Any], kind: str = "") -> list[Reason]:
    """Every reason there is, the place first."""
    found = [
        ("country", _("Both in: %(names)s"), terms("country", shared["countries"])),
        ("theme", _("Both on: %(names)s"), terms("theme", shared["themes"])),
        ("method", _("Both by way of: %(names)s"), terms("method", shared["methods"])),
        ("audience", _("Both for: %(names)s"), terms("audience", shared["audience"])),
        ("body", _("Both with: %(names)s"), titles(shared["bodies"])),
        ("name", _("Both known as: %(names)s"), shared["names"]),
    ]
    told = [Reason(code, said % {"names": listed(names)}) for code, said, names in found if names]
    told[2:2] = [Reason("time", said) for said in [when(shared["span"], kind)] if said]
    return told


def when(span: list[int], kind: str) -> str:
    """The time they share."""
    if kind == "continues":
        return _("One begins about when the other ends")
    if not span:
        return ""
    first, last = (date.fromordinal(day).year for day in span)
    return _("Both at work in %(year)s") % {"year": first} if first == last else (
        _("Both at work from %(first)s to %(last)s") % {"first": first, "last": last}
    )  # fmt: skip


def terms(vocabulary: str, ids: Iterable[str]) -> list[str]:
    """Terms by their labels."""
    return [vocab.label(vocabulary, one) for one in ids]


def titles(identifiers: list[str]) -> list[str]:
    """Records by their titles."""
    known = resolve(identifiers)
    return [words(known[one].title) if one in known else one for one in identifiers]


def listed(names: list[str]) -> str:
    """The first few names, and how many more there are."""
    shown = list(names[:SHOWN])
    if more := len(names) - len(shown):
        shown.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": more})
    return format_list(shown, locale=LANGUAGES[current()].locale)
