"""What is wrong with given values, in sentences, each at its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kapok.core.rules import Sentence

ERROR, REMARK = "error", "remark"


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about one place. A remark informs; an error keeps the record from being submitted."""

    path: str
    sentence: Sentence
    weight: str = ERROR


@dataclass(slots=True)
class Problems:
    """The problems met while values were read."""

    found: list[Problem] = field(default_factory=list)

    def add(self, path: str, sentence: Sentence, weight: str = ERROR) -> None:
        self.found.append(Problem(path, sentence, weight))

    def remark(self, path: str, sentence: Sentence) -> None:
        self.add(path, sentence, REMARK)

    def at(self, path: str) -> list[Problem]:
        """The problems that stand at exactly this place."""
        return [problem for problem in self.found if problem.path == path]

    def below(self, path: str) -> bool:
        """Is anything wrong here or further down?"""
        return any(problem.path == path or problem.path.startswith(path + "-") for problem in self.found)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.found if problem.weight == ERROR]

    @property
    def remarks(self) -> list[Problem]:
        return [problem for problem in self.found if problem.weight == REMARK]

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __bool__(self) -> bool:
        return bool(self.errors)
