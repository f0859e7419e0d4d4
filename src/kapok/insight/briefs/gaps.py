"""Where needs meet no support and where much is done at once, from two counts over the same terms."""

from collections.abc import Mapping
from dataclasses import dataclass

# So many initiatives on one theme at once are worth a word between them.
MANY = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """A term with open needs or initiatives: how many of each."""

    term: str
    needs: int
    support: int


def gaps(needs: Mapping[str, int], support: Mapping[str, int]) -> list[Gap]:
    """The terms with an open need on which nothing is under way or planned; the most needs first."""
    found = [Gap(term, count, 0) for term, count in needs.items() if count and not support.get(term)]
    return sorted(found, key=lambda one: (-one.needs, one.term))


def crowded(needs: Mapping[str, int], support: Mapping[str, int]) -> list[Gap]:
    """The terms on which three or more are at work at once; the most first."""
    found = [Gap(term, needs.get(term, 0), count) for term, count in support.items() if count >= MANY]
    return sorted(found, key=lambda one: (-one.support, one.term))
