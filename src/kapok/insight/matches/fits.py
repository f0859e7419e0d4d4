"""When something fits a need: it is on its theme, reaches its country, and has more to say for itself."""

from collections.abc import Callable, Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any

from kapok import vocab
from kapok.insight.matches.grounds import Ground, ground
from kapok.insight.overlaps.facts import telling
from kapok.records.formats.common import expand

Values = Mapping[str, Any]
HELP_OF_METHOD = {
    "workshop": "training",
    "formal-education": "training",
    "exchange-visit": "training",
    "technical-assistance": "expert",
    "equipment": "equipment",
    "on-the-job": "training",
    "fellowship-research": "training",
    "peer-network": "partnership",
    "information-access": "information",
    "e-learning": "training",
    "training-of-trainers": "training",
}
HELP_OF_OPPORTUNITY = {"grant-call": "funding", "expert-mission": "expert", "conference": "information"}
HELP_OF_RESOURCE = {
    "guidance": "methods-guidance",
    "toolkit": "methods-guidance",
    "manual": "methods-guidance",
    "policy-law": "methods-guidance",
    "training-material": "training",
    "e-learning": "training",
}
HELP_OF_STANDING = {
    "donor": "funding",
    "training-provider": "training",
    "laboratory": "expert",
    "network": "partnership",
}
GIVING = frozenset({"grant", "loan"})


@dataclass(frozen=True, slots=True)
class Sides:
    """What of a need is compared."""

    country: str
    region: str
    themes: tuple[str, ...]
    help: tuple[str, ...]
    audience: tuple[str, ...]


def sides(values: Values) -> Sides:
    """The sides of a need."""
    country = values.get("government", "")
    return Sides(
        country=country,
        region=vocab.region_of(country) if country else "",
        themes=telling([values.get("theme", ""), *values.get("subjects", ())]),
        help=telling(values.get("help", ())),
        audience=telling(values.get("audience", ())),
    )


def shared_themes(these: Collection[str], those: Collection[str]) -> list[str]:
    """Themes of one that are themes of the other, or lie below them; the finer of the two is named."""
    mine, theirs = frozenset(these), frozenset(those)
    found = [one for one in these if one in theirs or below(one, theirs)]
    return found + [one for one in those if one not in mine and below(one, mine)]


def below(theme: str, others: AbstractSet[str]) -> bool:
    """Does a theme lie below one of the others?"""
    return not others.isdisjoint(vocab.ancestors("theme", theme))


def common(these: Iterable[str], those: Collection[str]) -> list[str]:
    """What both name; each names few."""
    return [one for one in these if one in those]


@dataclass(frozen=True, slots=True)
class Places:
    """Countries, and the regions they lie in."""

    countries: frozenset[str]
    regions: frozenset[str]

    @classmethod
    def of(cls, ids: Iterable[str], on: date | None = None) -> "Places":
        """The places of some countries and groups, as of a day."""
        countries = expand(list(ids), on)
        regions = {vocab.region_of(one) for one in countries if vocab.term("country", one)}
        return cls(frozenset(countries), frozenset(regions - {""}))

    def reach(self, need: Sides) -> list[Ground]:
        """The country itself, else its region."""
        if need.country in self.countries:
            return [Ground("country", (need.country,))]
        return self.near("region", need)

    def near(self, code: str, need: Sides) -> list[Ground]:
        """The region of the need, where something of it lies there."""
        return ground(code, [need.region] if need.region in self.regions else [])


# How something answers a need: the reasons besides the theme. What is the same for every need is worked out once.
Fit = Callable[[Sides], list[Ground]]


def initiative(values: Values) -> Fit:
    """An initiative at work in the country or its region."""
    places = Places.of([item["id"] for item in values.get("countries", ())], date.today())
    gives = [HELP_OF_METHOD.get(one, "") for one in telling(values.get("methods", ()))]
    if any(line.get("kind") in GIVING for line in values.get("budget", ())):
        gives.append("funding")
    audience = telling(values.get("audience", ()))

    def fit(need: Sides) -> list[Ground]:
        place = places.reach(need)
        return place and [*place, *shared(need, gives, audience)]

    return fit


def shared(need: Sides, gives: Collection[str], audience: Collection[str] = ()) -> list[Ground]:
    """The kinds of help and the people that both name."""
    return [*ground("help", common(need.help, gives)), *ground("audience", common(need.audience, audience))]


def opportunity(values: Values) -> Fit:
    """Something its people may apply for."""
    eligible = frozenset(expand(values.get("eligible", []), date.today()))
    kind = HELP_OF_OPPORTUNITY.get(values.get("kind", ""), "training")
    audience = telling(values.get("audience", ()))

    def fit(need: Sides) -> list[Ground]:
        if eligible and need.country not in eligible:
            return []
        open_to = Ground("open-to", (need.country,)) if eligible else Ground("open-all")
        return [open_to, *shared(need, [kind], audience)]

    return fit


def course(values: Values) -> Fit:
    """A course that its people can follow."""
    places = Places.of([values["country"]] if values.get("country") else [])
    distance = [Ground("distance")] if values.get("distance") else []
    audience = telling(values.get("audience", ()))
    return lambda need: [*places.near("taught", need), *distance, *shared(need, ["training"], audience)]


def expert(values: Values) -> Fit:
    """An expert who is there."""
    if values.get("availability") == "unavailable":
        return lambda need: []
    places = Places.of([values["government"]] if values.get("government") else [])
    return lambda need: [*places.near("from", need), *shared(need, ["expert"])]


def resource(values: Values) -> Fit:
    """Something of the library."""
    countries = frozenset(expand(values.get("countries", []), None))
    kind = HELP_OF_RESOURCE.get(values.get("kind", ""), "information")
    audience = telling(values.get("audience", ()))
    return lambda need: [*ground("about", common([need.country], countries)), *shared(need, [kind], audience)]


def organisation(values: Values) -> Fit:
    """A body by what it says of itself and does: `themes`, `countries` and `help` as `profile_of` gathers them."""
    places = Places.of(values["countries"])

    def fit(need: Sides) -> list[Ground]:
        place = places.reach(need)
        return place and [*place, *shared(need, values["help"])]

    return fit


FITS: dict[str, Callable[[Values], Fit]] = {
    "initiative": initiative,
    "opportunity": opportunity,
    "course": course,
    "expert": expert,
    "resource": resource,
    "organisation": organisation,
}


def themes_of(code: str, values: Values) -> tuple[str, ...]:
    """The themes of something."""
    given = values.get("themes", ())
    return telling(item["id"] if isinstance(item, Mapping) else item for item in given)


def answering(code: str, values: Values) -> Fit:
    """Why something of a type fits a need, the theme first; nothing when it does not. For one that meets many needs."""
    themes = themes_of(code, values)
    fit = FITS[code](values)

    def answer(need: Sides) -> list[Ground]:
        on = shared_themes(need.themes, themes)
        besides = fit(need) if on else []
        return [*ground("theme", on), *besides] if besides else []

    return answer


def grounds(need: Sides, code: str, values: Values) -> list[Ground]:
    """Why one thing fits one need, the theme first; nothing when it does not."""
    return answering(code, values)(need) if code in FITS else []
