"""What fits a need, and which needs fit something: candidates from the index, reasons from what is published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kapok import vocab
from kapok.core.languages import current
from kapok.insight.matches import fits
from kapok.insight.matches.grounds import Ground
from kapok.records.models import Record, Stage
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

    @property
    def order(self) -> tuple[int, int]:
        """Most reasons first, then the newest."""
        return -len(self.grounds), -self.other.pk


def candidates(code: str, filters: Mapping[str, tuple[str, ...]], themes: Iterable[str]) -> list[Record]:
    """Published records of a type on some themes, the newest; those on the themes themselves before wider ones."""
    exact = tuple(themes)
    wider = tuple(dict.fromkeys(up for one in exact for up in vocab.ancestors("theme", one)))
    found: dict[str, None] = {}
    for on in (exact, wider):
        if on:
            asked: dict[str, tuple[str, ...]] = {"type": (code,), "theme": on, **filters}
            question = Question(filters=asked, language=current(), sort="newest", per_page=CANDIDATES)
            found |= dict.fromkeys(str(hit.extra["id"]) for hit in index.ask(question).hits)
    records = Record.objects.filter(identifier__in=list(found), stage=Stage.PUBLISHED)
    return list(records.select_related("owner"))


def for_need(need: Record, types: Iterable[str] = FITTING) -> dict[str, list[Match]]:
    """What fits a need, by type."""
    asked = fits.sides(need.values)
    return {code: of_type(need, asked, code) for code in types}


def of_type(need: Record, asked: fits.Sides, code: str) -> list[Match]:
    """What of one type fits a need."""
    filters = dict(FITTING[code])
    if code == "initiative":
        filters["region"] = (asked.region,)
    if code == "opportunity":
        filters["open-to"] = (asked.country, "all")
    found = [Match(need, one, fits.grounds(asked, code, one.values)) for one in candidates(code, filters, asked.themes)]
    return ordered(found)


def ordered(found: Iterable[Match]) -> list[Match]:
    """Those with reasons, in order."""
    return sorted((one for one in found if one.grounds), key=lambda one: one.order)


def needs_for(record: Record) -> list[Match]:
    """The unmet needs that something fits."""
    if record.format not in FITTING:
        return []
    values = record.values
    found = [
        Match(need, record, fits.grounds(fits.sides(need.values), record.format, values))
        for need in unmet(fits.themes_of(record.format, values))
    ]
    return by_need(found)


def unmet(themes: Iterable[str]) -> list[Record]:
    """The needs on some themes that nobody meets yet."""
    return candidates("need", {"need-state": UNMET}, themes)


def by_need(found: Iterable[Match]) -> list[Match]:
    """Those with reasons, most first, then the newest need."""
    return sorted((one for one in found if one.grounds), key=lambda one: (-len(one.grounds), -one.need.pk))


def needs_for_organisation(record: Record, profile: Mapping[str, Any] | None = None) -> list[Match]:
    """The unmet needs that fit the themes, places and kinds of help of an organisation."""
    values = profile or profile_of(record)
    found = [
        Match(need, record, fits.grounds(fits.sides(need.values), "organisation", values))
        for need in unmet(values["themes"])
    ]
    return by_need(found)


def profile_of(record: Record) -> dict[str, Any]:
    """What an organisation says of itself, and what its initiatives show: themes, places, kinds of help."""
    said, code = record.values, record.identifier
    asked: dict[str, tuple[str, ...]] = {"type": ("initiative",), "organisation": (code,)}
    tallies = index.ask(Question(filters=asked, per_page=1, facets=("theme", "country", "method", "funder"))).facets
    shown = {name: [one for one, _count in tallies.get(name, ())] for name in ("theme", "country", "method", "funder")}
    standing = [fits.HELP_OF_STANDING.get(one, "") for one in said.get("roles", ())]
    by_doing = [fits.HELP_OF_METHOD.get(one, "") for one in shown["method"]]
    funds = ["funding"] if code in shown["funder"] else []
    countries = [*record.form.countries(said), *shown["country"]]
    return {
        "themes": list(dict.fromkeys([*said.get("themes", ()), *shown["theme"][:6]])),
        "countries": list(dict.fromkeys(countries)),
        "help": [one for one in dict.fromkeys([*standing, *funds, *by_doing]) if one],
    }
