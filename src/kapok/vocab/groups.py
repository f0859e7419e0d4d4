"""Which country belongs to which group, on which day."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache

from kapok.vocab.loading import Row, country_rows, day

REGIONS = {"Africa": "africa", "Asia-Pacific": "asia-pacific", "CEE": "cee", "GRULAC": "grulac", "WEOG": "weog"}
# The Convention entered into force on this day, and for later Parties ninety days after their deposit.
CONVENTION_IN_FORCE = date(1993, 12, 29)
# The list of economies in transition of the 1990s holds until the first of them joined the European Union.
TRANSITION_LIST_CHANGED = date(2004, 5, 1)


def is_in_region(group: str) -> Callable[[Row, date], bool]:
    """The test for one of the five regions of the United Nations."""
    return lambda row, _as_of: REGIONS[row["un_region"]] == group


def is_ldc(row: Row, as_of: date) -> bool:
    """Listed as least developed on this day, and not yet graduated."""
    since, until = day(row["ldc_since"]), day(row["ldc_until"])
    return since is not None and since <= as_of and (until is None or as_of < until)


def is_sids(row: Row, _as_of: date) -> bool:
    """A small island developing State; the list has not moved in our time."""
    return row["sids"] == "yes"


def is_eit(row: Row, as_of: date) -> bool:
    """An economy in transition, by the list in use on this day."""
    return row["eit_1997_2003" if as_of < TRANSITION_LIST_CHANGED else "eit_current"] == "yes"


def is_cpb_party(row: Row, as_of: date) -> bool:
    """The Protocol is in force for it on this day."""
    begins = day(row["cpb_entry_into_force"])
    return begins is not None and begins <= as_of


def is_cbd_party(row: Row, as_of: date) -> bool:
    """The Convention is in force for it on this day."""
    deposit = day(row["cbd_deposit_date"])
    return deposit is not None and max(CONVENTION_IN_FORCE, deposit + timedelta(days=90)) <= as_of


TESTS: dict[str, Callable[[Row, date], bool]] = {group: is_in_region(group) for group in REGIONS.values()} | {
    "ldc": is_ldc,
    "sids": is_sids,
    "eit": is_eit,
    "cpb-parties": is_cpb_party,
    "cbd-parties": is_cbd_party,
}


def members(group: str, as_of: date | None = None) -> list[str]:
    """The countries of a group on a day (today, when not given), by their codes in order."""
    return list(members_on(group, as_of or date.today()))


@cache
def members_on(group: str, as_of: date) -> tuple[str, ...]:
    """The countries of a group on a day."""
    belongs = TESTS[group]
    return tuple(sorted(iso3 for iso3, row in country_rows().items() if belongs(row, as_of)))


def groups_of(country: str, as_of: date | None = None) -> list[str]:
    """The groups a country belongs to on a day, its region first."""
    return list(groups_on(country, as_of or date.today()))


@lru_cache(maxsize=20_000)
def groups_on(country: str, as_of: date) -> tuple[str, ...]:
    """The groups of a country on a day."""
    row = country_rows()[country]
    return tuple(group for group, belongs in TESTS.items() if belongs(row, as_of))


def region_of(country: str) -> str:
    """The region of the United Nations a country belongs to."""
    return REGIONS[country_rows()[country]["un_region"]]
