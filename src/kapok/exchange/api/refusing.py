"""Refusals of the interface that pages do not know, and how problems of values become sentences at fields."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.exchange.api.shapes import Wrong
from kapok.formats.problems import Problem, Problems


class Wanting(Refused):
    """Values that are not right; each problem stands at its field, in the words of the form."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(_("Some answers are not right. Nothing was saved."))
        self.problems = problems


class Stale(Refused):
    """Somebody saved the draft since it was read."""

    def __init__(self, revision: int) -> None:
        super().__init__(_("Somebody else saved this draft since you read it. Read it again and bring both together."))
        self.revision = revision


class Unmatched(Refused):
    """A change that does not say which revision it goes on from."""

    def __init__(self) -> None:
        super().__init__(_("Say with If-Match which revision of the draft you go on from: its ETag."))


class Misused(Refused):
    """An idempotency key that cannot be, or that was used for something else."""


def wrongs(problems: Iterable[Problem]) -> list[Wrong]:
    """Each problem at its field."""
    return [Wrong(field=one.path, detail=str(one.sentence)) for one in problems]
