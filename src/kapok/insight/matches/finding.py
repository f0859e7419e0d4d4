"""What fits a need, and which needs fit something: candidates from the index, reasons from what is published."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from kapok import vocab
from kapok.core.cache import generation
from kapok.core.prepared import prepared
from kapok.insight.matches import fits
from kapok.insight.matches.grounds import Ground
from kapok.records.models import Record, Stage
from kapok.records.queries import with_owners
from kapok.records.search import identifier_of
from kapok.search import index
from kapok.search.questions import Question

# The types of what may fit a need, in the order in which they are shown, and what they must be besides.
FITTING: dict[str, Mapping[str, tuple[str, ...]]] = {
    "initiative": {"status": ("planned", "ongoing")},
    "opportunity": {"window": ("open", "coming")},
    "course": {"window": ("open", "coming")},
    "expert": {},
    "resource": {},
}
UNMET = ("open", "offered")
CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Match:
    """A need and what fits it, with the reasons."""

    need: Record
    other: Record
    grounds: list[Ground]


class Fitting(NamedTuple):
    """What fits something, best first: the number of each record and the reasons."""

    pk: int
    grounds: list[Ground]


def candidates(code: str, filters: Mapping[str, tuple[str, ...]], themes: Iterable[str]) -> list[str]:
    """The identifiers of a type on some themes, the newest; those on the themes themselves before wider ones."""
    exact = tuple(themes)
    wider = tuple(dict.fromkeys(up for one in exact for up in vocab.ancestors("theme", one)))
    found: dict[int, None] = {}
    for on in (exact, wider):
        if on and len(found) < CANDIDATES:
            asked: dict[str, tuple[str, ...]] = {"type": (code,), "theme": on, **filters}
            found |= dict.fromkeys(index.newest(Question(filters=asked), CANDIDATES))
    return [identifier_of(number) for number in list(found)[:CANDIDATES]]


# What is compared of a record, by its key, its version, when it changed, and the day it was worked out on.
_compared: dict[tuple[Any, ...], Any] = {}
KEPT = 12_000  # about 25 MB
Version = tuple[int, int, str]


@prepared
def versions(identifiers: Sequence[str]) -> QuerySet[Record, Any]:
    """Of some records that are before the public: identifier, key, version, and when it changed last.

    The moment comes as text: to make moments of hundreds takes as long as to find the records.
    """
    public = Record.objects.filter(identifier__in=identifiers, stage=Stage.PUBLISHED).order_by()
    changed = public.annotate(changed=Cast("changed_at", TextField()))
    return changed.values_list("identifier", "pk", "number", "changed")


class Present:
    """Key, version and last change of records that are before the public, asked once between two news."""

    def __init__(self) -> None:
        self.since = (0, 0)
        self.known: dict[str, Version | None] = {}

    def of(self, identifiers: Iterable[str]) -> Iterator[tuple[str, Version]]:
        """Those of some records that are before the public."""
        asked = list(identifiers)
        # Looked at before the database: what changes meanwhile is asked for again.
        now = generation()
        if now != self.since or len(self.known) > KEPT:
            self.since, self.known = now, {}
        if unknown := [one for one in asked if one not in self.known]:
            found = {one: (key, number, changed) for one, key, number, changed in versions(unknown)}
            self.known |= {one: found.get(one) for one in unknown}
        return ((one, held) for one in asked if (held := self.known[one]))


_present = Present()


def compared(by_type: Mapping[str, Iterable[str]]) -> dict[str, list[tuple[int, Any]]]:
    """Of each type, the keys of those that are before the public, and what is compared of them.

    A need is compared by its sides, anything else by how it answers one; each version once a day.
    """
    code_of = {identifier: code for code, ones in by_type.items() for identifier in ones}
    today = date.today()
    keys = {held[0]: (code_of[identifier], (*held, today)) for identifier, held in _present.of(code_of)}
    held = {pk: _compared[key] for pk, (_code, key) in keys.items() if key in _compared}
    # The oldest go.
    for old in [*islice(_compared, max(0, len(_compared) - KEPT))]:
        del _compared[old]
    rest = keys.keys() - held.keys()
    for pk, values in Record.objects.filter(pk__in=rest).order_by().values_list("pk", "values") if rest else ():
        code, key = keys[pk]
        held[pk] = _compared[key] = fits.sides(values) if code == "need" else fits.answering(code, values)
    found: dict[str, list[tuple[int, Any]]] = {code: [] for code in by_type}
    for pk, (code, _key) in keys.items():
        if pk in held:
            found[code].append((pk, held[pk]))
    return found


def forget() -> None:
    """Work everything out anew, as tests want between each other."""
    _compared.clear()
    _present.known.clear()


def best_first(found: Iterable[tuple[int, list[Ground]]]) -> list[Fitting]:
    """Those with reasons: most reasons first, then the newest."""
    held = (Fitting(pk, grounds) for pk, grounds in found if grounds)
    return sorted(held, key=lambda one: (-len(one.grounds), -one.pk))


def records_of(found: Iterable[Fitting]) -> dict[int, Record]:
    """The records themselves."""
    return {one.pk: one for one in with_owners([one.pk for one in found])}


def for_need(need: Record, types: Iterable[str] = FITTING) -> dict[str, list[Match]]:
    """What fits a need, by type."""
    return matches_of(need, fitting_need(need, types))


def fitting_need(need: Record, types: Iterable[str] = FITTING) -> dict[str, list[Fitting]]:
    """What fits a need, by type, without the records."""
    asked = fits.sides(need.values)
    sought = compared({code: candidates(code, limits(asked, code), asked.themes) for code in types})
    return {code: best_first((pk, answer(asked)) for pk, answer in ones) for code, ones in sought.items()}


def limits(asked: fits.Sides, code: str) -> dict[str, tuple[str, ...]]:
    """What something of a type must be to fit a need, besides its theme."""
    filters = dict(FITTING[code])
    if code == "initiative":
        filters["region"] = (asked.region,)
    if code == "opportunity":
        filters["open-to"] = (asked.country, "all")
    return filters


def matches_of(need: Record, found: Mapping[str, Sequence[Fitting]]) -> dict[str, list[Match]]:
    """A need and what fits it, by type, with the records."""
    known = records_of(one for ones in found.values() for one in ones)
    return {
        code: [Match(need, known[one.pk], one.grounds) for one in ones if one.pk in known]
        for code, ones in found.items()
    }


def needs_for(record: Record) -> list[Match]:
    """The unmet needs that a record or an organisation fits."""
    return needs_of(record, fitting_needs(record))


def needs_of(record: Record, found: Sequence[Fitting]) -> list[Match]:
    """Needs and what fits them, with the needs."""
    known = records_of(found)
    return [Match(known[one.pk], record, one.grounds) for one in found if one.pk in known]


def fitting_needs(record: Record) -> list[Fitting]:
    """The unmet needs that a record or an organisation fits, without the needs."""
    if record.format == "organisation":
        values = profile_of(record)
        return unmet("organisation", values, {"region": regions_of(values["countries"])})
    if record.format not in FITTING:
        return []
    values, near = record.values, {}
    if record.format == "initiative":
        near["region"] = regions_of(item["id"] for item in values.get("countries", ()))
    return unmet(record.format, values, near)


def regions_of(ids: Iterable[str]) -> tuple[str, ...]:
    """The regions that some countries and groups lie in today."""
    return tuple(sorted(fits.Places.of(ids, date.today()).regions))


def unmet(code: str, values: Mapping[str, Any], near: Mapping[str, tuple[str, ...]]) -> list[Fitting]:
    """The needs nobody meets yet that something of a type fits; `near` says where they must lie, if anywhere."""
    if not all(near.values()):
        return []
    answer = fits.answering(code, values)
    sought = candidates("need", {"need-state": UNMET, **near}, fits.themes_of(code, values))
    return best_first((pk, answer(asked)) for pk, asked in compared({"need": sought})["need"])


def profile_of(record: Record) -> dict[str, Any]:
    """What an organisation says of itself, and what its initiatives show: themes, places, kinds of help."""
    said, code = record.values, record.identifier
    asked: dict[str, tuple[str, ...]] = {"type": ("initiative",), "organisation": (code,)}
    names = ("theme", "country", "method", "funder")
    tallies = index.ask(Question(filters=asked, per_page=1, facets=names, keep={"funder": (code,)})).facets
    shown = {name: [one for one, count in tallies.get(name, ()) if count] for name in names}
    standing = [fits.HELP_OF_STANDING.get(one, "") for one in said.get("roles", ())]
    by_doing = [fits.HELP_OF_METHOD.get(one, "") for one in shown["method"]]
    funds = ["funding"] if code in shown["funder"] else []
    countries = [*record.form.countries(said), *shown["country"]]
    return {
        "themes": list(dict.fromkeys([*said.get("themes", ()), *shown["theme"][:6]])),
        "countries": list(dict.fromkeys(countries)),
        "help": [one for one in dict.fromkeys([*standing, *funds, *by_doing]) if one],
    }
