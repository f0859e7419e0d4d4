"""Organisation: a body that gives, does or receives capacity-building."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.formats.format import Format, Section
from kapok.formats.kinds import Choice, Files, Line, Lines, Link, Parts, Ref, Terms, Text
from kapok.records.formats.common import Contact, OtherIdentifier, expand, places_of
from kapok.records.formats.letters import initials


class Organisation(Format):
    """A body that funds, carries out, teaches, or receives."""

    code = "organisation"
    prefix = "ORG"
    label = _("Organisation")
    plural = _("Organisations")
    purpose = _("Who funds, who carries out, who teaches, and with whom one can work.")

    basics = Section(_("The organisation"))
    name = Text(_("Name"), line=True, required=True)
    acronym = Line(_("Acronym"), most=60)
    other_names = Lines(_("Other names"))
    kind = Choice(_("Kind of organisation"), "organisation-kind", required=True, facet="organisation-kind")
    country = Choice(_("Country of its seat"), "country", required=True)
    parent = Ref(_("Part of the organisation"), "organisation")
    about = Text(_("About"))

    work = Section(_("What it does"))
    works_in = Terms(_("Works in"), "place")
    themes = Terms(_("Themes"), "theme", facet="theme")
    roles = Terms(_("Roles"), "organisation-standing-role", facet="standing-role")

    reach = Section(_("How to reach it"))
    web = Link(_("Web site"))
    identifiers = Parts(_("Other identifiers"), OtherIdentifier, one=_("Identifier"), most=20)
    files = Files(_("Files"))
    contact = Parts(_("Contact"), Contact, one=_("Contact"), most=3)

    @classmethod
    def derive(cls, values: Mapping[str, Any], today: date) -> dict[str, list[str]]:
        """Where it sits and works, and under which letter its name stands in each language."""
        seat = [values["country"]] if values.get("country") else []
        return {**places_of([*seat, *values.get("works_in", [])], today), "initial": initials(cls.title_of(values))}

    @classmethod
    def countries(cls, values: Mapping[str, Any]) -> list[str]:
        """Its seat and where it works."""
        seat = [values["country"]] if values.get("country") else []
        return expand([*seat, *values.get("works_in", [])], None)
