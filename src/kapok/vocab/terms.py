"""What a vocabulary and a term are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kapok.core import languages

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Map:
    """How a term relates to a term of another list: `kind` says what the other term is to ours.

    `exact`: the same; `broader`, `narrower`: the other is wider or finer; `split`: ours is divided among
    several of theirs; `merged`: theirs joins several of ours.
    """

    kind: str
    scheme: str
    code: str

    def __str__(self) -> str:
        return f"{self.kind} {self.scheme}:{self.code}"


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a vocabulary. Its id is permanent; a term whose meaning changes gets a new id."""

    id: str
    labels: Mapping[str, str]
    note: Mapping[str, str] = field(default_factory=dict)
    broader: str | None = None
    narrower: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    maps: tuple[Map, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def asks_words(self) -> bool:
        """Whether choosing this term asks for words of one's own: the value is then `other:words`."""
        return self.id == OTHER

    def label(self, language: str | None = None) -> str:
        """The label in this language, or the reader's."""
        return languages.words(self.labels, language)

    def holds(self, as_of: date) -> bool:
        """Whether the term could be chosen on this day."""
        return (self.valid_from is None or self.valid_from <= as_of) and (
            self.valid_until is None or as_of < self.valid_until
        )


@dataclass(frozen=True)
class Vocabulary:
    """A list of terms, in order: each term is followed by its finer ones."""

    code: str
    version: str
    title: Mapping[str, str]
    terms: tuple[Term, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Term]:
        """The terms by id."""
        return {term.id: term for term in self.terms}

    def depth(self, term: Term) -> int:
        """How many broader terms stand above this one."""
        steps = 0
        while term.broader:
            term = self.by_id[term.broader]
            steps += 1
        return steps


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a select: id, label and how deep it stands."""

    id: str
    label: str
    depth: int = 0
    asks_words: bool = False
