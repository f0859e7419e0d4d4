"""Two cycles beside each other, where the question is the same; else the sentence that says why not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import words
from kapok.surveys.models import Comparability, Question, Questionnaire
from kapok.surveys.synthesis.counting import Cell, count
from kapok.surveys.synthesis.figures import Figures
from kapok.surveys.synthesis.payload import country_names
from kapok.surveys.synthesis.reading import cycles

COMPARABLE = {Comparability.SAME, Comparability.MAPPED, Comparability.PARTLY}
# The weaker link of a chain of cycles decides.
WEAKEST = (
    Comparability.NO,
    Comparability.TEXT,
    Comparability.DIFFER,
    Comparability.PARTLY,
    Comparability.MAPPED,
    Comparability.SAME,
)
WHY: Mapping[str, str | Promise] = {
    Comparability.PARTLY: _("Only answers that mean the same in both cycles are set beside each other."),
    Comparability.MAPPED: _(
        "The answers had other names in the earlier cycle; they are set beside those of the same meaning."
    ),
    Comparability.DIFFER: _(
        "The answers on offer have changed between the two cycles, so their counts cannot be compared."
    ),
    Comparability.TEXT: _("This question is answered in own words, which are read and not counted."),
    Comparability.NO: _("The two questions ask about different matters, so their answers cannot be compared."),
}


@dataclass(frozen=True, slots=True)
class Link:
    """The same question in an earlier and a later cycle, as far as it is the same."""

    earlier: Question
    later: Question
    verdict: str
    carries: Mapping[str, str]

    @property
    def comparable(self) -> bool:
        return self.verdict in COMPARABLE

    @property
    def why(self) -> str:
        return str(WHY.get(self.verdict, ""))

    @property
    def note(self) -> str:
        """What the questionnaire itself says about the difference."""
        return self.later.note


@dataclass(frozen=True, slots=True)
class Beside:
    """One answer in both cycles."""

    key: str
    label: str
    earlier: Cell
    later: Cell

    @property
    def points(self) -> int | None:
        """By how many percentage points the later share differs."""
        before, after = self.earlier.percent, self.later.percent
        return None if before is None or after is None else after - before


@dataclass(frozen=True, slots=True)
class Move:
    """The Parties that answered one thing then and another later."""

    before: str
    after: str
    countries: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The Parties by name."""
        return [name for _code, name in country_names(list(self.countries))]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the two cycles say of the same question. `both` counts the Parties that answered it in both."""

    link: Link
    rows: tuple[Beside, ...]
    both: int
    unchanged: int
    moves: tuple[Move, ...]


def links(question: Question) -> Iterator[Link]:
    """The other cycles in which the question was asked, as far as that is known."""
    for of in cycles():
        if of.code != question.questionnaire.code and (found := link(question, of)):
            yield found


def link(question: Question, other: Questionnaire) -> Link | None:
    """The question in another cycle, through all cycles between the two."""
    here = question.questionnaire.number or 0
    if (other.number or 0) < here:
        return back(question, other)
    for candidate in other.questions.filter(concept=question.concept).exclude(concept=""):
        if (found := back(candidate, question.questionnaire)) and found.earlier.key == question.key:
            return found
    return None


def back(later: Question, to: Questionnaire) -> Link | None:
    """Go from cycle to cycle until the one wanted, keeping the weakest verdict on the way."""
    at, verdict = later, Comparability.SAME.value
    carries: dict[str, str] = {}
    while at.questionnaire.code != to.code:
        before = at.questionnaire.previous
        earlier = before.questions.filter(key=at.previous).first() if before and at.previous else None
        if earlier is None:
            return None
        verdict = min(verdict, at.comparability or Comparability.SAME.value, key=weight)
        carries = dict(at.carries) if not carries else {key: at.carries.get(to_, to_) for key, to_ in carries.items()}
        at = earlier
    return Link(at, later, verdict, carries)


def weight(verdict: str) -> int:
    return WEAKEST.index(Comparability(verdict)) if verdict else len(WEAKEST)


def compare(found: Link, earlier: Figures, later: Figures) -> Comparison | None:
    """Both cycles counted, and who changed; nothing where they cannot be compared."""
    if not found.comparable:
        return None
    then, now = count(earlier.bank, found.earlier.key), count(later.bank, found.later.key)
    before, after = {tally.key: tally for tally in then.options}, {tally.key: tally for tally in now.options}
    names = {found.carries.get(key) or key: key for key in before}
    labels = {option.key: words(option.label) for option in found.later.options.all()}
    shared = [key for key in after if key in names]
    rows = tuple(Beside(key, labels.get(key, key), before[names[key]].all, after[key].all) for key in shared)
    said_then = {key: set(earlier.bank.names(before[names[key]].bits)) for key in shared}
    said_now = {key: set(later.bank.names(after[key].bits)) for key in shared}
    both = set().union(*said_then.values()) & set().union(*said_now.values()) if shared else set()
    if now.multiple or then.multiple:
        return Comparison(found, rows, len(both), 0, ())
    moves = [
        Move(labels[old], labels[new], tuple(sorted(said_then[old] & said_now[new])))
        for old in shared
        for new in shared
        if old != new and said_then[old] & said_now[new]
    ]
    moves.sort(key=lambda move: -len(move.countries))
    changed = sum(len(move.countries) for move in moves)
    return Comparison(found, rows, len(both), len(both) - changed, tuple(moves))
