"""What a record gives to the search index, gathered field by field."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Indexed:
    """Words by language, facet values by name, and days, before they become a search document."""

    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    facets: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def say(self, text: Mapping[str, str] | str) -> None:
        """Make words findable; a plain string has no language."""
        if isinstance(text, str):
            self.texts[""].append(text)
        else:
            for tag, words in text.items():
                self.texts[tag].append(words)

    def count(self, facet: str, ids: Iterable[str]) -> None:
        """Count the record under each id of a facet, once."""
        known = self.facets[facet]
        known.extend(one for one in dict.fromkeys(ids) if one and one not in known)
