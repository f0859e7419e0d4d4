"""What a form asks, and what was read of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kapok.core.rules import Sentence

Kind = Literal["line", "text", "choice", "choices", "day", "yesno"]
KINDS: tuple[Kind, ...] = ("line", "text", "choice", "choices", "day", "yesno")
Value = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `options` are pairs of key and label; `language` is that of the answer where it is known.

    `beside` puts it into one row with the question before it.
    The value of `choices` is a list of keys, of `yesno` “yes” or “no”, of `day` an ISO date, of the others a text.
    """

    key: str
    label: Sentence
    kind: Kind
    hint: Sentence = ""
    options: Sequence[tuple[str, Sentence]] = ()
    value: Value = ""
    required: bool = False
    language: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under a heading; `level` 2 and 3 are headings within one of level 1."""

    title: Sentence
    hint: Sentence = ""
    asks: Sequence[Ask] = ()
    level: int = 1


@dataclass(frozen=True, slots=True)
class WordForm:
    """A whole form, in one language."""

    title: Sentence
    intro: Sentence
    language: str
    groups: Sequence[Group] = ()
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unread:
    """Something written in a form that was not understood: where it stands, what it says, and why."""

    place: str
    text: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form holds. `genuine` says that the hidden part is as Kapok wrote it.

    `answers` holds a text, or a list of keys for `choices`, for each question that was answered; a question that was
    left empty is in `asked` only.
    """

    hidden: dict[str, str] = field(default_factory=dict)
    genuine: bool = False
    answers: dict[str, str | list[str]] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    unread: list[Unread] = field(default_factory=list)
