"""News: a short item, with a day when it is about an event."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.formats.format import Format
from kapok.formats.kinds import Day, Link, Terms, Text, first_day, last_day
from kapok.records.formats.common import expand, places_of, years


class News(Format):
    """A short item of news about capacity-building."""

    code = "news"
    prefix = "NEW"
    label = _("News item")
    plural = _("News")
    purpose = _("What is new in capacity-building for biosafety.")
    confirm_after = None

    title = Text(_("Title"), line=True, required=True)
    text = Text(_("Text"), required=True)
    countries_ = Terms(_("Countries"), "place")
    themes = Terms(_("Themes"), "theme", facet="theme")
    link = Link(_("Link"))
    event_on = Day(_("Day of the event"))
    expires = Day(_("Expires on"), hint=_("After this day it leaves the front page."))

    @classmethod
    def derive(cls, values: Mapping[str, Any], today: date) -> dict[str, list[str]]:
        """Places and year."""
        event = first_day(values.get("event_on"))
        return {"year": years(event, event, today), **places_of(values.get("countries", []), today)}

    @classmethod
    def days(cls, values: Mapping[str, Any]) -> dict[str, date | None]:
        """When the event is."""
        return {"starts": first_day(values.get("event_on")), "ends": last_day(values.get("event_on"))}

    @classmethod
    def countries(cls, values: Mapping[str, Any]) -> list[str]:
        """The countries it is about."""
        return expand(values.get("countries", []), None)
