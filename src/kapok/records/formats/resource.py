"""Resource: something in the virtual library."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.formats.format import Format, Section, Values
from kapok.formats.kinds import Choice, Files, Line, Lines, Link, Number, Parts, Ref, Refs, Terms, Text
from kapok.formats.problems import Problems
from kapok.records.formats.common import OtherIdentifier, WebLink, expand, places_of


class Resource(Format):
    """A publication, tool, training material or other thing to learn and work with."""

    code = "resource"
    prefix = "RES"
    label = _("Resource")
    plural = _("Resources")
    purpose = _("The virtual library: guidance, tools, training material, reports and studies.")
    confirm_after = None

    basics = Section(_("The resource"))
    title = Text(_("Title"), line=True, required=True)
    kind = Choice(_("Type of resource"), "resource-type", required=True, facet="resource-type")
    authors = Lines(_("Authors"), required=True, hint=_("Persons or bodies, one on each line"))
    publisher = Line(_("Publisher"))
    year = Number(_("Year"), least=1900, most=2100, required=True, facet=True)
    languages_ = Terms(_("Languages"), "language", required=True, facet="language", searched=False)
    abstract = Text(_("Abstract"))

    subject = Section(_("What about and for whom"))
    themes = Terms(_("Themes"), "theme", required=True, facet="theme")
    audience = Terms(_("For whom"), "audience", facet=True)
    countries_ = Terms(_("Countries"), "place")
    part_of = Ref(_("Made by the initiative"), "initiative")
    organisations = Refs(_("Organisations"), "organisation", facet="organisation")

    getting = Section(_("Getting it"))
    link = Link(_("Link"))
    files = Files(_("Files"), hint=_("One for each language."))
    rights = Line(_("Licence and rights"))
    identifiers = Parts(_("Identifiers"), OtherIdentifier, one=_("Identifier"), most=20)
    used_in = Parts(_("Used in"), WebLink, one=_("Link"), most=40)
    recommended_by = Parts(_("Recommended by"), WebLink, one=_("Link"), most=40)

    @classmethod
    def check(cls, values: Values, problems: Problems, *, final: bool) -> None:
        """There must be a way to get it."""
        if final and not values.get("link") and not values.get("files"):
            problems.add("link", _("Give a link, or attach the file."))

    @classmethod
    def derive(cls, values: Mapping[str, Any], today: date) -> dict[str, list[str]]:
        """Its countries with regions and groups."""
        return places_of(values.get("countries", []), today)

    @classmethod
    def countries(cls, values: Mapping[str, Any]) -> list[str]:
        """The countries it is about."""
        return expand(values.get("countries", []), None)
