"""Opportunity: something one can apply for, once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.formats.format import Format, Section, Values
from kapok.formats.kinds import (
    Choice,
    Day,
    Files,
    Line,
    Link,
    Number,
    Parts,
    Ref,
    Refs,
    Terms,
    Text,
    YesNo,
    first_day,
    last_day,
)
from kapok.formats.problems import Problems
from kapok.records.formats.common import Contact, expand, in_order, places_of, window, years


class Opportunity(Format):
    """Something a reader can apply for: a workshop, a grant, a fellowship, a study visit."""

    code = "opportunity"
    prefix = "OPP"
    label = _("Opportunity")
    plural = _("Opportunities")
    purpose = _("Workshops, grants, fellowships and other offers that one can apply for until a day.")

    basics = Section(_("What is offered"))
    title = Text(_("Title"), line=True, required=True)
    kind = Choice(_("Kind of opportunity"), "opportunity-kind", required=True, facet="opportunity-kind")
    description = Text(_("Description"))
    organiser = Ref(_("Organiser"), "organisation", required=True, facet="organisation")
    funder = Ref(_("Funder"), "organisation", facet="funder")
    part_of = Ref(_("Part of the initiative"), "initiative")

    subject = Section(_("What about and for whom"))
    themes = Terms(_("Themes"), "theme", required=True, facet="theme")
    level = Choice(_("Level"), "level", facet=True)
    audience = Terms(_("For whom"), "audience", facet=True)
    eligible = Terms(_("Countries whose people may apply"), "place", hint=_("Leave empty if all may apply."))
    eligibility = Text(_("Who may apply"), required=True)
    criteria = Text(_("How applicants are chosen"), hint=_("Most in need, background, able to apply what is learnt."))
    places_available = Number(_("Places available"), least=1, most=100_000)
    trains_trainers = YesNo(_("Does it train trainers?"), facet="trains-trainers")

    when = Section(_("Where and when"))
    place = Line(_("Place"), hint=_("City and country, or “online”"))
    mode = Choice(_("On site or online"), "mode", required=True, facet=True)
    languages_ = Terms(_("Teaching languages"), "language", required=True, facet="language", searched=False)
    opens = Day(_("Applications open on"))
    closes = Day(_("Applications close on"))
    rolling = YesNo(_("Can one apply at any time?"))
    starts = Day(_("Begins on"), partial=True)
    ends = Day(_("Ends on"), partial=True)

    applying = Section(_("Cost and how to apply"))
    cost = Text(_("What it costs"), line=True)
    paid = Text(_("What is paid for"), line=True, hint=_("Travel, stay, fee"))
    apply_link = Link(_("Where to apply"))
    how = Text(_("How to apply"))
    certificate = Text(_("Certificate"), line=True)
    needs = Refs(_("Needs it answers"), "need")
    files = Files(_("Files"))
    contact = Parts(_("Contact"), Contact, one=_("Contact"), most=3, required=True)

    @classmethod
    def check(cls, values: Values, problems: Problems, *, final: bool) -> None:
        """A closing day or rolling; a way to apply; days in order."""
        in_order(values, problems, "opens", "closes")
        in_order(values, problems, "starts", "ends")
        if final and not values.get("closes") and not values.get("rolling"):
            problems.add("closes", _("Give the closing day, or say that one can apply at any time."))
        if final and not values.get("apply_link") and not values.get("how"):
            problems.add("apply_link", _("Say where or how to apply."))

    @classmethod
    def derive(cls, values: Mapping[str, Any], today: date) -> dict[str, list[str]]:
        """Open or closed, years, places, and whose people may apply."""
        begin, end = first_day(values.get("starts")), last_day(values.get("ends"))
        return {
            "open-to": expand(values.get("eligible", []), today) or ["all"],
            "window": window(first_day(values.get("opens")), first_day(values.get("closes")), today),
            "year": years(begin, end or begin, today),
            **places_of(values.get("eligible", []), today),
        }

    @classmethod
    def days(cls, values: Mapping[str, Any]) -> dict[str, date | None]:
        """When it opens, closes, begins and ends."""
        early, late = ("opens", "starts"), ("closes", "ends")
        return {
            **{name: first_day(values.get(name)) for name in early},
            **{name: last_day(values.get(name)) for name in late},
        }

    @classmethod
    def countries(cls, values: Mapping[str, Any]) -> list[str]:
        """The countries whose people may apply; none named means all."""
        return expand(values.get("eligible", []), None)
