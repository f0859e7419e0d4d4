"""The reasons of a match: what they are, kept as plain data, and said in the reader's language."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Sentence
from kapok.insight.overlaps.words import listed, terms

SENTENCES: dict[str, tuple[Sentence, str]] = {
    "theme": (_("On the theme: %(names)s"), "theme"),
    "country": (_("At work in: %(names)s"), "country"),
    "region": (_("At work in the same region: %(names)s"), "group"),
    "open-to": (_("Open to people of: %(names)s"), "country"),
    "open-all": (_("Open to people of all countries"), ""),
    "taught": (_("Taught in the same region: %(names)s"), "group"),
    "distance": (_("Can be followed from a distance"), ""),
    "from": (_("From the same region: %(names)s"), "group"),
    "about": (_("About: %(names)s"), "country"),
    "help": (_("Gives help of the kind asked for: %(names)s"), "help-kind"),
    "audience": (_("For the same people: %(names)s"), "audience"),
}


class Ground(NamedTuple):
    """One reason: its code, and the terms it speaks of. Hundreds are made for a page, few are shown."""

    code: str
    ids: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The reason as a sentence."""
        sentence, vocabulary = SENTENCES[self.code]
        return str(sentence) % {"names": listed(terms(vocabulary, self.ids))} if vocabulary else str(sentence)

    def plain(self) -> list[str]:
        """As plain data, for a row of the database."""
        return [self.code, *self.ids]


def from_plain(rows: Iterable[Sequence[str]]) -> list[Ground]:
    """The reasons back from plain data; what is not known any more is left out."""
    return [Ground(row[0], tuple(row[1:])) for row in rows if row and row[0] in SENTENCES]


def ground(code: str, ids: Iterable[str]) -> list[Ground]:
    """A reason, where there is something to name."""
    found = tuple(dict.fromkeys(ids))
    return [Ground(code, found)] if found else []
