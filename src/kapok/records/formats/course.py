"""Course: academically accredited teaching."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.formats.format import Format, Section, Values
from kapok.formats.kinds import (
    Amount,
    Choice,
    Day,
    Files,
    Line,
    Part,
    Parts,
    Ref,
    Terms,
    Text,
    YesNo,
    first_day,
    last_day,
)
from kapok.formats.problems import Problems
from kapok.records.formats.common import Contact, WebLink, in_order, places_of, window


class Intake(Part):
    """One time that the course takes students."""

    opens = Day(_("Applications open on"), partial=True)
    closes = Day(_("Applications close on"), partial=True)
    starts = Day(_("Begins on"), partial=True, required=True)

    @classmethod
    def check(cls, values: dict[str, Any], problems: Problems, path: str) -> None:
        """Applications open before they close."""
        in_order(values, problems, "opens", "closes", path)


class Course(Format):
    """An academic course in biosafety, accredited, that leads to an award."""

    code = "course"
    prefix = "CRS"
    label = _("Course")
    plural = _("Courses")
    purpose = _("Accredited academic courses in biosafety and what they lead to.")

    basics = Section(_("The course"))
    title = Text(_("Title"), line=True, required=True)
    description = Text(_("Description"))
    institution = Ref(_("Institution"), "organisation", required=True, facet="organisation")
    country = Choice(_("Country"), "country", required=True)
    award = Choice(_("Award"), "award", required=True, facet=True)
    accreditation = Text(_("Accredited by"), line=True)
    credits = Line(_("Credits and credit system"), most=120)
    length = Line(_("Length"), most=120, hint=_("For example: two semesters part time"))

    subject = Section(_("What is taught and how"))
    themes = Terms(_("Themes"), "theme", required=True, facet="theme")
    level = Choice(_("Level"), "level", facet=True)
    audience = Terms(_("For whom"), "audience", facet=True)
    mode = Choice(_("On site or online"), "mode", facet=True)
    distance = YesNo(_("Can it be followed from a distance?"), facet="distance")
    languages_ = Terms(_("Teaching languages"), "language", required=True, facet="language", searched=False)
    syllabus = Files(_("Syllabus"))

    entering = Section(_("Entering the course"))
    requirements = Text(_("Entry requirements"))
    fees = Amount(_("Fees"))
    currency = Choice(_("Currency of the fees"), "currency", searched=False)
    funding = Text(_("Funding that students can get"))
    intakes = Parts(_("Intakes"), Intake, one=_("Intake"), most=40)
    links = Parts(_("Links"), WebLink, one=_("Link"), most=20, required=True)
    contact = Parts(_("Contact"), Contact, one=_("Contact"), most=3, required=True)

    @classmethod
    def check(cls, values: Values, problems: Problems, *, final: bool) -> None:
        """A fee has its currency."""
        if final and values.get("fees") and not values.get("currency"):
            problems.add("currency", _("Choose the currency of the fees."))

    @classmethod
    def derive(cls, values: Mapping[str, Any], today: date) -> dict[str, list[str]]:
        """Open or closed by its next intake; places; years of its intakes."""
        intake = coming(values, today)
        opens, closes = first_day(intake.get("opens")), last_day(intake.get("closes") or intake.get("starts"))
        begun = [first_day(item.get("starts")) for item in values.get("intakes", ())]
        return {
            "window": window(opens, closes, today) if intake else ["closed"],
            "year": sorted({str(day.year) for day in begun if day}),
            **places_of([values["country"]] if values.get("country") else [], today),
        }

    @classmethod
    def days(cls, values: Mapping[str, Any]) -> dict[str, date | None]:
        """The days of the next intake."""
        intake = coming(values, date.today())
        return {
            "opens": first_day(intake.get("opens")),
            "closes": last_day(intake.get("closes")),
            "starts": first_day(intake.get("starts")),
        }

    @classmethod
    def countries(cls, values: Mapping[str, Any]) -> list[str]:
        """Where it is taught."""
        return [values["country"]] if values.get("country") else []


def coming(values: Mapping[str, Any], today: date) -> Mapping[str, Any]:
    """The next intake one can still apply for; empty when there is none."""
    left = [
        item
        for item in values.get("intakes", ())
        if (day := last_day(item.get("closes") or item.get("starts"))) and day >= today
    ]
    return min(left, key=lambda item: item.get("closes") or item.get("starts") or "", default={})
