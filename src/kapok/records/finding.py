"""Finding a record to point to, while one types or after “Find” was pressed."""

from collections.abc import Iterable
from typing import Any

from kapok.core.languages import current
from kapok.formats.kinds import Target
from kapok.formats.kinds.references import IDENTIFIER
from kapok.people.access import tokens
from kapok.records import access
from kapok.records.models import Record, Stage
from kapok.records.queries import target
from kapok.search import index
from kapok.search.questions import Question

MOST = 8


def organisations(words: str) -> list[str]:
    """The codes of the organisations that words may mean to everybody: also by acronym, and in spite of one typo."""
    asked = Question(q=words, filters={"type": ("organisation",)}, language=current(), per_page=MOST)
    return [str(hit.extra.get("id")) for hit in index.ask(asked).hits]


def find(words: str, formats: Iterable[str], who: Any) -> list[Target]:
    """Records of some formats that words or an identifier may mean, as far as this person may see them."""
    words, wanted = words.strip()[:200], tuple(formats)
    if not words:
        return []
    open_ = access.visible_to(who).filter(stage__in=(Stage.PUBLISHED, Stage.UNPUBLISHED))
    if wanted:
        open_ = open_.filter(format__in=wanted)
    if named := IDENTIFIER.search(words.upper()):
        return [target(record) for record in open_.filter(identifier=named[1])]
    filters = {"type": wanted} if wanted else {}
    asked = Question(q=words, filters=filters, viewer=tokens(who), language=current(), per_page=MOST)
    order = list(dict.fromkeys(str(hit.extra.get("id")) for hit in index.ask(asked).hits))
    found: dict[str, Record] = {record.identifier: record for record in open_.filter(identifier__in=order)}
    return [target(found[one]) for one in order if one in found]
