"""Countries, groups and every list of terms: data files with permanent ids and labels in six languages.

Other rooms write `from kapok import vocab` and ask what stands here. The files in `data/` are the truth;
there is no table. `kapok.vocab.exports` gives them out as JSON, CSV and SKOS.
"""

from kapok.vocab.exports import api_payload, to_csv, to_json, to_skos
from kapok.vocab.finding import find
from kapok.vocab.groups import REGIONS, groups_of, members, region_of
from kapok.vocab.queries import (
    ancestors,
    choices,
    codes,
    countries,
    descendants,
    group_label,
    is_valid,
    label,
    note,
    sort_key,
    split_value,
    synonyms,
    term,
    vocabulary,
)
from kapok.vocab.terms import Choice, Term, Vocabulary

__all__ = [
    "REGIONS",
    "Choice",
    "Term",
    "Vocabulary",
    "ancestors",
    "api_payload",
    "choices",
    "codes",
    "countries",
    "descendants",
    "find",
    "group_label",
    "groups_of",
    "is_valid",
    "label",
    "members",
    "note",
    "region_of",
    "regions",
    "sort_key",
    "split_value",
    "synonyms",
    "term",
    "to_csv",
    "to_json",
    "to_skos",
    "vocabulary",
]


def regions() -> frozenset[str]:
    """The five regional groups of the United Nations."""
    return frozenset(REGIONS.values())
