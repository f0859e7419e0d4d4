"""Sentences with figures in them: `{143.yes|Party|Parties}` gives the words that fit the number.

A text is taken apart into words and references; checking it says in a sentence what is wrong, writing it fills in
the figures of a bank and keeps each reference, so that a page can link it and mark what has changed since.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from babel import Locale
from django.utils.translation import gettext as _

from kapok.core.languages import LANGUAGES
from kapok.surveys.synthesis.figures import LISTS, Figures, Ref, Unclear, parse

SLOT = re.compile(r"\{([^{}]*)\}")
ORDER = ("zero", "one", "two", "few", "many", "other")
# What a sentence on any question may name instead of a certain one.
THIS = "this"
NAMES = frozenset({"question", "label", "option", "cycle"})
# What the opening of a document may name.
FRAME_NAMES = frozenset({"cycle", "day"})
# The words for a group and for an item of a list, which a text must not name directly.
Phrase = Callable[[str], str]
Label = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of a written text: words, or a figure with its reference. `now` is what the figure has become since."""

    text: str
    ref: Ref | None = None
    value: int | None = None
    now: int | None = None
    compared: bool = False

    @property
    def changed(self) -> bool:
        return self.compared and self.now != self.value


@dataclass(frozen=True, slots=True)
class Language:
    """What a language needs to write a text: words for groups, names of options, and how to make a list."""

    tag: str
    phrase: Phrase
    label: Label
    names: Mapping[str, str]


@cache
def forms(tag: str) -> tuple[str, ...]:
    """The plural forms of whole numbers in a language, in the order in which a text gives them."""
    rule = locale(tag).plural_form
    met = {rule(number) for number in range(201)}
    return tuple(form for form in ORDER if form in met)


@cache
def locale(tag: str) -> Locale:
    # The United Nations write "a, b and c".
    return Locale.parse("en_GB" if tag == "en" else LANGUAGES[tag].locale)


def fitting(tag: str, number: int, words: list[str]) -> str:
    """The words for a number."""
    form = locale(tag).plural_form(number)
    known = forms(tag)
    return words[known.index(form) if form in known else len(known) - 1]


def check(text: str, tag: str, figures: Figures, allow_this: bool = False, names: bool = False) -> None:
    """Refuse a text whose placeholders name nothing or lack a plural form. Raises `Unclear` with a sentence."""
    if text.count("{") != text.count("}") or len(SLOT.findall(text)) != text.count("{"):
        raise Unclear(_("A bracket { or } stands alone."))
    for slot in SLOT.findall(text):
        name, *words = slot.split("|")
        if words and len(words) != len(forms(tag)):
            raise Unclear(
                _("“%(slot)s” must give %(count)s forms in this language: %(forms)s.")
                % {"slot": slot, "count": len(forms(tag)), "forms": ", ".join(forms(tag))}
            )
        if (name in NAMES and allow_this) or (name in FRAME_NAMES and names):
            continue
        if name.split(".")[0] == THIS and allow_this:
            parse(standing_in(name, "143", "yes"))
            continue
        ref = parse(name)
        if ref.measure in LISTS:
            figures.counted(ref.question)
        else:
            figures.value(ref)


def standing_in(name: str, question: str, option: str) -> str:
    """A reference to `this` as one to the question and answer in hand."""
    rest = name.split(".")[1:]
    if rest and rest[0] in ("reported", "asked", "respondents", "silent", "ticks", *LISTS[1:]):
        return ".".join((question, *rest))
    return ".".join((question, option, *rest))


def write(text: str, figures: Figures, language: Language, about: tuple[str, str] = ("", "")) -> list[Said]:
    """Fill in a text: words and figures in order."""
    made: list[Said] = []
    for place, piece in enumerate(SLOT.split(text)):
        if place % 2 == 0:
            made += [Said(piece)] if piece else []
            continue
        name, *words = piece.split("|")
        if name in language.names:
            made.append(Said(language.names[name]))
            continue
        ref = parse(standing_in(name, *about) if name.split(".")[0] == THIS else name)
        if words:
            made.append(Said(fitting(language.tag, figures.value(ref) or 0, words)))
        elif ref.measure == "groups":
            made += listed(figures, figures.by_group(ref), language, grouped)
        elif ref.measure == "answers":
            made += listed(figures, figures.by_answer(ref), language, shared)
        elif ref.measure in LISTS:
            made += listed(figures, figures.by_share(ref), language, shared)
        else:
            made.append(figure(figures, ref))
    return made


def figure(figures: Figures, ref: Ref) -> Said:
    """A single figure; a dash where there is nothing to count."""
    value = figures.value(ref)
    return Said("–" if value is None else str(value), ref, value)


def listed(
    figures: Figures,
    refs: Iterable[Ref],
    language: Language,
    item: Callable[[Figures, Ref, Language, bool], list[Said]],
) -> list[Said]:
    """Several figures as an enumeration in the manner of the language."""
    items = [item(figures, ref, language, place == 0) for place, ref in enumerate(refs)]
    patterns = locale(language.tag).list_patterns["standard"]
    made: list[Said] = []
    for place, said in enumerate(items):
        if place:
            last = place == len(items) - 1
            pattern = patterns["2" if len(items) == 2 else "end" if last else "middle"]
            made.append(Said(pattern.removeprefix("{0}").removesuffix("{1}")))
        made += said
    return made


def grouped(figures: Figures, ref: Ref, language: Language, first: bool) -> list[Said]:
    """One group: 84% of the respondents in Africa."""
    return framed(language.phrase("first" if first else "item"), figure(figures, ref), language.phrase(ref.group))


def shared(figures: Figures, ref: Ref, language: Language, _first: bool) -> list[Said]:
    """One option: risk management (6%)."""
    return framed(language.phrase("share"), figure(figures, ref), language.label(ref.question, ref.option))


def framed(frame: str, said: Said, words: str) -> list[Said]:
    """A figure and words put into the frame of an item."""
    pieces = re.split(r"(\{figure\}|\{words\})", frame)
    slots = {"{figure}": said, "{words}": Said(words)}
    return [slots.get(piece, Said(piece)) for piece in pieces if piece]


def against(said: Iterable[Said], today: Figures) -> list[Said]:
    """The same text, each figure knowing what the answers of today would make it."""
    return [replace(one, now=now_of(one.ref, today), compared=True) if one.ref else one for one in said]


def now_of(ref: Ref, today: Figures) -> int | None:
    """What a reference says today; nothing, when the questionnaire has lost it."""
    try:
        return today.value(ref)
    except Unclear:
        return None


def plain(said: Iterable[Said]) -> str:
    """The text without its references."""
    return "".join(one.text for one in said)
