"""Where a problem stands, in the words of the form: “Budget line 2: Amount: Write the number with digits …”."""

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from kapok.core import cldr
from kapok.formats.kinds import Kind, Parts
from kapok.formats.problems import Problems

Fields = Mapping[str, Kind]


def placed(fields: Fields, problems: Problems, within: str = "") -> list[tuple[str, str]]:
    """The place and the sentence of each error; a sentence that does not name its field is told with the field.

    `within` is the beginning of all places where a page asks for one part alone.
    """
    return [(one.path, sentence(fields, one.path.removeprefix(within), str(one.sentence))) for one in problems.errors]


def sentence(fields: Fields, path: str, said: str) -> str:
    """The sentence with the labels on the way to its place."""
    for label in reversed(list(labels(fields, path.split("-")))):
        if not re.search(rf"[“«]\s*{re.escape(label)}\s*[”»]", said):
            said = _("%(field)s: %(sentence)s") % {"field": label, "sentence": said}
    return said


def labels(fields: Fields, steps: list[str]) -> Iterator[str]:
    """The labels from the outermost field to the one meant; a part by its number."""
    kind = fields.get(steps[0])
    if kind is None:
        return
    if not isinstance(kind, Parts) or len(steps) < 2 or not steps[1].isdigit():
        yield str(kind.label)
        return
    yield f"{kind.one} {cldr.number(int(steps[1]) + 1)}"
    if len(steps) > 2:
        yield from labels(kind.part.fields, steps[2:])
