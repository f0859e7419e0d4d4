"""What a column can be taken for, and by which names people call it."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from kapok import vocab
from kapok.core.languages import TAGS
from kapok.core.rules import Sentence
from kapok.formats.format import Format, format_of
from kapok.formats.kinds import Kind, Part, Parts, Text
from kapok.records.formats.common import Contact, OrganisationRole, Place, WebLink
from kapok.records.formats.initiative import Money
from kapok.vocab.finding import fold

ID, IDENTIFIER, PERIOD = "id", "identifier", "period"
OWN = "="
# Parts that a single column can fill, and the pieces of them it may hold.
PIECES: dict[type[Part], tuple[str, ...]] = {
    OrganisationRole: ("lead", "funder", "implementing", "partner"),
    Money: ("grant", "own", "co-financing", "in-kind", "loan", "leverage", "currency"),
    Contact: ("office", "mail", "web"),
}
WHOLE = (Place, WebLink)
LONG = {"arabic": "ar", "english": "en", "spanish": "es", "french": "fr", "russian": "ru", "chinese": "zh"}
LANGUAGE = re.compile(rf"(.+?)[\s_]*[(\[_\s]\s*({'|'.join([*TAGS, *LONG])})\s*[)\]]?$", re.IGNORECASE)


def targets(form: type[Format]) -> dict[str, Sentence]:
    """Everything a column can be taken for, with its words, in the order of the format."""
    found: dict[str, Sentence] = {ID: _("Identifier in Kapok")}
    if "identifiers" in form.fields:
        found[IDENTIFIER] = _("Identifier given by the source")
    if {"starts", "ends"} <= form.fields.keys():
        found[PERIOD] = _("Start and end in one column")
    for name, kind in form.fields.items():
        if isinstance(kind, Parts):
            found.update(pieces(name, kind))
        elif kind.widget != "files":
            found[name] = kind.label
    return found


def pieces(name: str, kind: Parts) -> Iterator[tuple[str, Sentence]]:
    """What a column may hold of a repeated part."""
    if kind.part in WHOLE:
        yield name, kind.label
    for piece in PIECES.get(kind.part, ()):
        yield f"{name}:{piece}", f"{kind.label}: {word(kind.part, piece)}"


def word(part: type[Part], piece: str) -> str:
    """The words of one piece, in the language now spoken."""
    lists: dict[type[Part], str] = {OrganisationRole: "organisation-role", Money: "money-kind"}
    vocabulary = lists.get(part, "")
    if vocabulary and vocab.term(vocabulary, piece):
        return vocab.label(vocabulary, piece)
    return str(part.fields[piece].label)


@cache
def names(code: str) -> dict[str, str]:
    """From a folded head to what it is taken for: labels in six languages first, then what people write."""
    form = format_of(code)
    found: dict[str, str] = {}
    for tag in TAGS:
        with override("zh-hans" if tag == "zh" else tag):
            for key, said in targets(form).items():
                found.setdefault(fold(str(said)), key)
    known = targets(form)
    written = (files("kapok.exchange") / "data" / "heads.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(written.splitlines()):
        if row["format"] in {code, "*"} and row["target"] in known:
            for name in row["names"].split(";"):
                found.setdefault(fold(name), row["target"])
    found.setdefault(fold("id"), ID)
    return found


@cache
def spelled(code: str, tag: str) -> frozenset[str]:
    """The folded labels of a format in one language."""
    with override("zh-hans" if tag == "zh" else tag):
        return frozenset(fold(str(said)) for said in targets(format_of(code)).values())


def own_column(form: type[Format], head: str) -> bool:
    """Is this one of the column heads that exports of this format have?"""
    if head in form.fields:
        return True
    name, slash, _rest = head.partition("/")
    if slash:
        return isinstance(form.fields.get(name), Parts)
    return head[-3:-2] == "_" and head[-2:] in TAGS and isinstance(form.fields.get(head[:-3]), Text)


def language_of(head: str) -> tuple[str, str]:
    """A head without the language it names, and that language: `Title (fr)` is a French title."""
    match = LANGUAGE.match(head.strip())
    if not match:
        return head, ""
    said = match[2].lower()
    return match[1], LONG.get(said, said)


def spoken(form: type[Format], key: str) -> str:
    """What a column is taken for, in words."""
    if not key:
        return gettext("Left out")
    base, _at, tag = key.removeprefix(OWN).partition("@")
    said = targets(form).get(base)
    if said is None:
        kind = form.fields.get(re.split(r"[/_]", base)[0]) or form.fields.get(base)
        said = f"{kind.label} ({base})" if isinstance(kind, Kind) else base
    return f"{said} [{tag}]" if tag else str(said)
