"""When something fits a need: it is on its theme, reaches its country, and has more to say for itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kapok import vocab
from kapok.insight.matches.grounds import Ground, ground
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
        themes=bare([values.get("theme", ""), *values.get("subjects", ())]),
        help=bare(values.get("help", ())),
        audience=bare(values.get("audience", ())),
    )


def bare(ids: Iterable[str]) -> tuple[str, ...]:
    """Terms without own words; “other” says nothing."""
    found = (vocab.split_value(one)[0] for one in ids if one)
    return tuple(dict.fromkeys(one for one in found if one not in {"other", "none"}))


def shared_themes(these: Iterable[str], those: Iterable[str]) -> list[str]:
    """Themes of one that are themes of the other, or lie below them; the finer of the two is named."""
    mine, theirs = list(these), list(those)
    found = [one for one in mine if one in theirs or set(vocab.ancestors("theme", one)) & set(theirs)]
    return found + [one for one in theirs if one not in mine and set(vocab.ancestors("theme", one)) & set(mine)]


def common(these: Iterable[str], those: Iterable[str]) -> list[str]:
    """What both name."""
    others = set(those)
    return [one for one in these if one in others]


def initiative(need: Sides, values: Values) -> list[Ground]:
    """An initiative at work in the country or its region."""
    countries = expand([item["id"] for item in values.get("countries", ())], date.today())
    gives = [HELP_OF_METHOD.get(one, "") for one in bare(values.get("methods", ()))]
    if any(line.get("kind") in GIVING for line in values.get("budget", ())):
        gives.append("funding")
    place = reach(need, countries)
    return place and [
        *place,
        *ground("help", common(need.help, gives)),
        *ground("audience", common(need.audience, bare(values.get("audience", ())))),
    ]


def reach(need: Sides, countries: Iterable[str], region: str = "region") -> list[Ground]:
    """The country itself, else its region."""
    listed_ = list(countries)
    if need.country in listed_:
        return [Ground("country", (need.country,))]
    return ground(region, [need.region] if near(need, listed_) else [])


def near(need: Sides, countries: Iterable[str]) -> bool:
    """Does one of the countries lie in the region of the need?"""
    return any(vocab.region_of(one) == need.region for one in countries if vocab.term("country", one))


def opportunity(need: Sides, values: Values) -> list[Ground]:
    """Something its people may apply for."""
    eligible = expand(values.get("eligible", []), date.today())
    if eligible and need.country not in eligible:
        return []
    kind = HELP_OF_OPPORTUNITY.get(values.get("kind", ""), "training")
    return [
        Ground("open-to", (need.country,)) if eligible else Ground("open-all"),
        *ground("help", common(need.help, [kind])),
        *ground("audience", common(need.audience, bare(values.get("audience", ())))),
    ]


def course(need: Sides, values: Values) -> list[Ground]:
    """A course that its people can follow."""
    at_home = near(need, [values["country"]] if values.get("country") else [])
    return [
        *ground("taught", [need.region] if at_home else []),
        *([Ground("distance")] if values.get("distance") else []),
        *ground("help", common(need.help, ["training"])),
        *ground("audience", common(need.audience, bare(values.get("audience", ())))),
    ]


def expert(need: Sides, values: Values) -> list[Ground]:
    """An expert who is there."""
    if values.get("availability") == "unavailable":
        return []
    at_home = near(need, [values["government"]] if values.get("government") else [])
    return [*ground("from", [need.region] if at_home else []), *ground("help", common(need.help, ["expert"]))]


def resource(need: Sides, values: Values) -> list[Ground]:
    """Something of the library."""
    countries = expand(values.get("countries", []), None)
    kind = HELP_OF_RESOURCE.get(values.get("kind", ""), "information")
    return [
        *ground("about", common([need.country], countries)),
        *ground("help", common(need.help, [kind])),
        *ground("audience", common(need.audience, bare(values.get("audience", ())))),
    ]


def organisation(need: Sides, values: Values) -> list[Ground]:
    """A body by what it says of itself and does: `themes`, `countries` and `help` as `profiles` gathers them."""
    place = reach(need, values["countries"])
    return [*place, *ground("help", common(need.help, values["help"]))] if place else []


FITS: dict[str, Callable[[Sides, Values], list[Ground]]] = {
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
    return bare(item["id"] if isinstance(item, Mapping) else item for item in given)


def grounds(need: Sides, code: str, values: Values) -> list[Ground]:
    """Why something fits a need, the theme first; nothing when it does not."""
    on = shared_themes(need.themes, themes_of(code, values))
    besides = FITS[code](need, values) if on and code in FITS else []
    return [*ground("theme", on), *besides] if besides else []
