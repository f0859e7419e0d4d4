"""Proving that the index says what the store says, and mending it where it does not."""

from collections import defaultdict
from dataclasses import dataclass, field

import tantivy
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kapok.search import describers
from kapok.search.engine import CURSOR, SCHEMA, Reader, View
from kapok.search.facets import number
from kapok.search.indexer import Broken, batches, drain, reindex, repair, unbroken
from kapok.search.place import Place

Query = tantivy.Query
PER_KEY = 20  # documents that one thing may have


@dataclass(slots=True)
class Report:
    """What a check found: keys the index lacks, keys it tells wrongly, keys that exist no more."""

    checked: int = 0
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    rebuilt: bool = False
    repaired: bool = False

    @property
    def wrong(self) -> list[str]:
        """Every key on which index and store differ."""
        return [*self.missing, *self.stale, *self.extra]

    @property
    def agrees(self) -> bool:
        """Index and store say the same, perhaps only since the repair."""
        return not self.wrong or self.repaired

    def sentences(self) -> list[str | Promise]:
        """The report in words."""
        said: list[str | Promise] = [
            ngettext("%(number)d thing was compared.", "%(number)d things were compared.", self.checked)
            % {"number": self.checked}
        ]
        if self.rebuilt:
            said.append(_("The search index could not be read; it was built anew from the store."))
        for keys, sentence in (
            (self.missing, _("The index lacks: %(keys)s.")),
            (self.stale, _("The index tells something else than the store about: %(keys)s.")),
            (self.extra, _("The index still holds what exists no more: %(keys)s.")),
        ):
            if keys:
                said.append(sentence % {"keys": ", ".join(keys[:20]) + (" …" if len(keys) > 20 else "")})
        if not self.wrong:
            said.append(_("The index and the store agree."))
        elif self.repaired:
            said.append(_("The differences were repaired; the index and the store agree."))
        else:
            said.append(_("Repair the differences with: kapok verify --repair"))
        return said


def verify(place: Place, mend: bool = False) -> Report:
    """Compare every document of the store with the index, after applying what waits in the outbox."""
    report = Report()
    folder = place.current()
    drain(place)
    report.rebuilt = folder is not None and place.current() != folder
    try:
        _compare(place, report)
    except Broken:
        reindex(place)
        report = Report(rebuilt=True)
        _compare(place, report)
    if report.wrong and mend:
        repair(place, report.wrong)
        again = Report()
        _compare(place, again)
        report.repaired = not again.wrong
    return report


def _compare(place: Place, report: Report) -> None:
    view = _view(place)
    left = _origins(view)
    doubtful: list[str] = []
    for keys in batches(describers.every_key()):
        report.checked += len(keys)
        left.difference_update(keys)
        doubtful.extend(key for key, verdict in _verdicts(view, keys).items() if verdict)
    # What changed while we looked is compared once more after the outbox was applied.
    drain(place)
    view = _view(place)
    for keys in batches(doubtful):
        for key, verdict in _verdicts(view, keys).items():
            if verdict:
                getattr(report, verdict).append(key)
    known = set(describers.kinds())
    for keys in batches(sorted(left)):
        said = describers.describe([key for key in keys if key.partition(":")[0] in known])
        report.extra.extend(key for key in keys if not said.get(key) and _is_held(view, key))


def _view(place: Place) -> View:
    folder = place.current()
    if folder is None:
        raise Broken("There is no index.")
    with unbroken():
        return Reader(folder).view()


def _origins(view: View) -> set[str]:
    with unbroken():
        return {origin for origin, _ in view.searcher.terms_with_prefix("origin", "", None, None)} - {CURSOR}


def _is_held(view: View, key: str) -> bool:
    return bool(number(view.searcher.search(Query.term_query(SCHEMA, "origin", key), 1)))


def _verdicts(view: View, keys: list[str]) -> dict[str, str]:
    """For each key: empty if the index says what the store says, else what is wrong."""
    held: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with unbroken():
        found = view.searcher.search(Query.term_set_query(SCHEMA, "origin", keys), len(keys) * PER_KEY)
        for _score, address in found.hits:
            row = view.searcher.doc(address)
            held[str(row.get_first("origin"))].append(
                (str(row.get_first("key")), bytes(row.get_first("digest") or b"").decode())
            )
    verdicts = {}
    for key, documents in describers.describe(keys).items():
        said = sorted((document.key, document.digest()) for document in documents)
        has = sorted(held[key])
        verdicts[key] = "" if said == has else "missing" if said and not has else "stale" if said else "extra"
    return verdicts
