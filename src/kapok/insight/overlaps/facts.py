"""What of an initiative is compared with others: where, on what, when, how, for whom, by whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kapok import vocab
from kapok.formats.kinds import survivors
from kapok.records.formats.common import expand
from kapok.records.formats.initiative import span

# What stands in these says nothing that two initiatives could share.
SILENT = frozenset({"other", "none"})
# The place of an initiative for all countries: it meets others of that kind.
WORLD = "world"


@dataclass(frozen=True, slots=True)
class Facts:
    """One initiative as far as it can be compared; `key` is the number of its record, 0 while it has none."""

    key: int = 0
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    starts: date | None = None
    ends: date | None = None
    methods: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    # Outside identifiers, such as `GEF 3642`: who shares one is the same undertaking.
    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The same as plain data, for a row of the database."""
        days = {"starts": iso(self.starts), "ends": iso(self.ends)}
        lists = ("countries", "themes", "methods", "audience", "bodies", "names", "titles")
        return {**days, **{name: list(getattr(self, name)) for name in lists}}


def from_plain(key: int, said: Mapping[str, Any]) -> Facts:
    """The facts back from plain data."""
    found: dict[str, Any] = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
    for name in ("starts", "ends"):
        found[name] = date.fromisoformat(said[name]) if said[name] else None
    return Facts(key=key, **found)


def of(values: Mapping[str, Any], key: int = 0) -> Facts:
    """The facts of an initiative's values, a draft's as well."""
    starts, ends = span(values)
    bodies = [one["organisation"] for one in values.get("organisations", ()) if one.get("organisation")]
    names = [f"{one['scheme']} {one['identifier']}" for one in values.get("identifiers", ()) if one.get("identifier")]
    countries = tuple(expand([item["id"] for item in values.get("countries", ())], starts))
    return Facts(
        key=key,
        countries=countries or ((WORLD,) if values.get("scope") == "global" else ()),
        themes=telling(item["id"] for item in values.get("themes", ())),
        starts=starts,
        ends=ends,
        methods=telling(values.get("methods", ())),
        audience=telling(values.get("audience", ())),
        bodies=tuple(survivors(bodies)),
        names=tuple(dict.fromkeys(names)),
        titles=tuple((values.get("title") or {}).values()),
    )


def telling(ids: Iterable[str]) -> tuple[str, ...]:
    """The terms that say something, once each, without own words."""
    bare = dict.fromkeys([vocab.split_value(one)[0] for one in ids if one])
    return tuple([one for one in bare if one not in SILENT])


def above(theme: str) -> tuple[str, ...]:
    """The wider themes that a theme belongs to."""
    return vocab.ancestors("theme", theme)


def iso(day: date | None) -> str:
    """A day as text, or nothing."""
    return day.isoformat() if day else ""
