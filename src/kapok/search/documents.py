"""What a room tells the index about one thing: words, facets, dates, and who may see it."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# The days a document can be sorted and filtered by; each is a column of the index.
DATES = ("published", "updated", "confirmed", "starts", "ends", "opens", "closes", "due")
# The end of time, for an opportunity that stays open.
NEVER = 3_652_059
FACET_NAME = re.compile(r"[a-z][a-z0-9_-]*")
PUBLIC = "public"
# Facets whose values narrow each other: what lacks both a country and a theme. Those of all others are alternatives.
EVERY = frozenset({"lacks"})


@dataclass(frozen=True, slots=True)
class Document:
    """One findable thing.

    `key` is its reference, alone or followed by a part (`record:INI-000001`, `record:INI-000001/draft`).
    `seen_by` lists the tokens that open it; without one that the viewer holds, it does not exist for them.
    Texts are by language tag, with an empty tag where the language is unknown. Dates are ordinals
    (`date.toordinal()`). `extra` is kept for showing a result without asking the database. `number` names the
    thing to programs that count many at once.
    """

    key: str
    kind: str
    seen_by: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: Mapping[str, int | None] = field(default_factory=dict)
    sort_title: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0

    def __post_init__(self) -> None:
        for name in self.facets:
            if not FACET_NAME.fullmatch(name):
                raise ValueError(f"A facet is named with small letters, digits, - and _, not {name!r}.")
        for name in self.dates:
            if name not in DATES:
                raise ValueError(f"The index knows the dates {', '.join(DATES)}, not {name!r}.")

    @property
    def origin(self) -> str:
        """The reference of the thing it describes: the key without its part."""
        return origin_of(self.key)

    def digest(self) -> str:
        """A short hash over all it says; equal digests mean that the index holds what the store says."""
        said = (
            self.key,
            self.kind,
            sorted(self.seen_by),
            dict(self.titles),
            dict(self.texts),
            {name: sorted(values) for name, values in self.facets.items()},
            dict(self.dates),
            dict(self.sort_title),
            self.extra,
        )
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
        return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def origin_of(key: str) -> str:
    """`record:INI-000001/draft` describes `record:INI-000001`."""
    return key.split("/", 1)[0]
