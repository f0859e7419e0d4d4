"""Parts and readings that several formats share."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok import vocab
from kapok.formats.kinds import (
    Amount,
    Choice,
    Day,
    Line,
    Link,
    Mail,
    Part,
    Ref,
    Text,
    first_day,
    last_day,
)
from kapok.formats.problems import Problems

SOON = timedelta(days=30)


class Contact(Part):
    """Who answers questions about the record: an office rather than a person."""

    office = Line(_("Office or role"), required=True, hint=_("For example: Biosafety office, Ministry of Environment"))
    body = Line(_("Institution"))
    mail = Mail(_("E-mail address"), hint=_("Never shown to the public: a letter form passes messages on."))
    web = Link(_("Web page of the office"))


class WebLink(Part):
    """A link with its words."""

    address = Link(_("Web address"), required=True)
    words = Text(_("What it leads to"), line=True)


class OrganisationRole(Part):
    """An organisation and what it does in an initiative."""

    organisation = Ref(_("Organisation"), "organisation", required=True, facet="organisation")
    role = Choice(_("Role"), "organisation-role", required=True, searched=False)


class OtherIdentifier(Part):
    """An identifier under which others know the record."""

    scheme = Line(_("Scheme"), required=True, most=40, hint=_("For example IATI, BCH, GEF, DOI, ROR, ISBN"))
    identifier = Line(_("Identifier"), required=True)


class Place(Part):
    """A place below the country, with a point where it is known."""

    name = Line(_("Name of the place"), required=True)
    latitude = Amount(_("Latitude"), places=6, signed=True, hint=_("Degrees from -90 to 90"))
    longitude = Amount(_("Longitude"), places=6, signed=True, hint=_("Degrees from -180 to 180"))

    @classmethod
    def check(cls, values: dict[str, Any], problems: Problems, path: str) -> None:
        """A point lies on the globe, and has both its numbers."""
        for name, most in (("latitude", 90), ("longitude", 180)):
            if abs(float(values.get(name, 0))) > most:
                problems.add(f"{path}-{name}", _("Degrees beyond the globe: at most %(most)s.") % {"most": most})
        if ("latitude" in values) != ("longitude" in values):
            problems.add(f"{path}-latitude", _("Give both latitude and longitude, or neither."))


class Period(Part):
    """A span of days."""

    starts = Day(_("From"), partial=True)
    ends = Day(_("To"), partial=True)

    @classmethod
    def check(cls, values: dict[str, Any], problems: Problems, path: str) -> None:
        """It ends after it begins."""
        in_order(values, problems, "starts", "ends", path)


def in_order(values: Mapping[str, Any], problems: Problems, early: str, late: str, path: str = "") -> None:
    """Tell when the later day lies before the earlier one."""
    begin, end = first_day(values.get(early)), last_day(values.get(late))
    if begin and end and end < begin:
        where = f"{path}-{late}" if path else late
        problems.add(where, _("This day lies before %(early)s.") % {"early": values[early]})


def expand(ids: list[str], as_of: date | None) -> list[str]:
    """Countries, with regions and groups replaced by their members on that day."""
    found: list[str] = []
    for one in ids:
        found.extend([one] if vocab.term("country", one) else vocab.members(one, as_of))
    return list(dict.fromkeys(found))


def places_of(ids: list[str], as_of: date) -> dict[str, list[str]]:
    """The facets country, region and group for a list of countries as of a day."""
    countries = expand(ids, as_of)
    groups = list(dict.fromkeys(group for country in countries for group in vocab.groups_of(country, as_of)))
    regions = vocab.regions()
    return {
        "country": countries,
        "region": [group for group in groups if group in regions],
        "group": [group for group in groups if group not in regions],
    }


def years(begin: date | None, end: date | None, today: date) -> list[str]:
    """The years from begin to end, for counting by year; an open end reaches to today."""
    if not begin:
        return [str(end.year)] if end else []
    last = end or max(begin, today)
    return [str(year) for year in range(begin.year, min(last.year, begin.year + 40) + 1)]


def window(opens: date | None, closes: date | None, today: date) -> list[str]:
    """Whether one can apply now: not yet open, open, closing soon, closed."""
    if closes and closes < today:
        return ["closed"]
    if opens and opens > today:
        return ["coming"]
    return ["open", "closing-soon"] if closes and closes - today <= SOON else ["open"]
