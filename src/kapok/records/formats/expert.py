"""Expert: an entry of the roster."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.formats.format import Format, Section, Values
from kapok.formats.kinds import Choice, Day, Line, Link, Mail, Part, Parts, Terms, Text, YesNo
from kapok.formats.problems import Problems
from kapok.records.formats.common import places_of


class Degree(Part):
    """A degree."""

    title = Line(_("Degree and subject"), required=True)
    institution = Line(_("Institution"))


class Post(Part):
    """An earlier post."""

    title = Line(_("Post"), required=True)
    body = Line(_("Body"))


class Publication(Part):
    """A key publication."""

    citation = Line(_("Citation"), most=600, required=True)
    link = Link(_("Link"))


class Assignment(Part):
    """Work done through the roster."""

    country = Choice(_("Country"), "country", required=True)
    year = Day(_("When"), partial=True)
    task = Text(_("Task"), line=True, required=True)


class Expert(Format):
    """A person whom a government nominates to the roster of biosafety experts."""

    code = "expert"
    prefix = "EXP"
    label = _("Expert")
    plural = _("Experts")
    purpose = _("The roster of experts whom governments nominate to help others.")
    national = True
    owners = ("government",)
    # Decision BS-IV/4: a record lapses four years after its last update.
    lapses_after = 48

    basics = Section(_("The expert"))
    government = Choice(_("Government that nominates"), "country", required=True)
    name = Line(_("Name"), required=True)
    post = Line(_("Present post"), required=True)
    body = Line(_("Present body"))
    profile = Text(_("Profile"), words=150, required=True, hint=_("At most 150 words."))

    fields_known = Section(_("Fields"))
    field = Terms(_("Fields of expertise"), "expert-field", required=True, facet="expert-field")
    special = Terms(_("Special fields"), "expert-field", most=3, facet="expert-field")
    themes = Terms(_("Themes"), "theme", facet="theme")
    languages_ = Terms(_("Working languages"), "language", required=True, facet="language")
    availability = Choice(_("Availability"), "availability", facet=True, searched=False)

    background = Section(_("Background"))
    degrees = Parts(_("Degrees"), Degree, one=_("Degree"), most=3)
    posts = Parts(_("Earlier posts"), Post, one=_("Post"), most=3)
    publications = Parts(_("Key publications"), Publication, one=_("Publication"), most=3)
    assignments = Parts(_("Assignments done"), Assignment, one=_("Assignment"), most=60)

    kept_private = Section(_("Not published"))
    sex = Choice(_("Sex"), "sex", private=True, searched=False, hint=_("Optional; used for counts only."))
    mail = Mail(_("E-mail address"), required=True)
    consent = YesNo(
        _("The expert agrees to this entry"),
        required=True,
        private=True,
        hint=_("Without consent the entry can't be published."),
    )

    @classmethod
    def check(cls, values: Values, problems: Problems, *, final: bool) -> None:
        """Nobody is listed against their will."""
        if final and values.get("consent") is False:
            problems.add("consent", _("The expert must agree before the entry can be published."))

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> dict[str, str]:
        """The name."""
        return {"": str(values["name"])} if values.get("name") else {}

    @classmethod
    def derive(cls, values: Mapping[str, Any], today: date) -> dict[str, list[str]]:
        """The nominating country with region and groups."""
        return places_of([values["government"]] if values.get("government") else [], today)

    @classmethod
    def countries(cls, values: Mapping[str, Any]) -> list[str]:
        """The country that nominates."""
        return [values["government"]] if values.get("government") else []
