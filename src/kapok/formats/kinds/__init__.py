"""The kinds of field. To add a kind, give it the answers of `base.Kind` and a macro in `formats/ask.html`."""

from kapok.formats.kinds.base import Kind
from kapok.formats.kinds.parts import KEY, Part, Parts
from kapok.formats.kinds.plain import Amount, Day, Link, Mail, Number, YesNo, first_day, last_day
from kapok.formats.kinds.references import (
    Files,
    Ref,
    Refs,
    Target,
    knowing,
    names,
    resolve,
    resolver,
    supposing,
    survivors,
)
from kapok.formats.kinds.terms import Choice, Shares, Terms, term_id
from kapok.formats.kinds.text import Line, Lines, Text, Words

__all__ = [
    "KEY",
    "Amount",
    "Choice",
    "Day",
    "Files",
    "Kind",
    "Line",
    "Lines",
    "Link",
    "Mail",
    "Number",
    "Part",
    "Parts",
    "Ref",
    "Refs",
    "Shares",
    "Target",
    "Terms",
    "Text",
    "Words",
    "YesNo",
    "first_day",
    "knowing",
    "last_day",
    "names",
    "resolve",
    "resolver",
    "supposing",
    "survivors",
    "term_id",
]
