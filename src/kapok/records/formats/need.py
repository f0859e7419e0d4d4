"""Need: what a country lacks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.formats.format import Format, Section, Values
from kapok.formats.kinds import Amount, Choice, Day, Line, Number, Part, Parts, Ref, Terms, Text, YesNo
from kapok.formats.problems import Problems
from kapok.records.formats.common import Contact, places_of


class Offer(Part):
    """Something offered to meet the need, and the answer to it."""

    offered = Ref(_("What is offered"), "initiative", "opportunity", "course", "resource", required=True)
    by = Line(_("Offered by"))
    on = Day(_("Offered on"))
    answer = Text(_("Answer"), line=True)


class Need(Format):
    """A capacity that a country or one of its institutions needs and does not yet have."""

    code = "need"
    prefix = "NED"
    label = _("Need")
    plural = _("Needs")
    purpose = _("What countries need most, in their own order, with the help that would meet it.")
    national = True
    owners = ("government",)

    basics = Section(_("The need"))
    government = Choice(_("Government"), "country", required=True)
    institution = Ref(_("Institution in the country"), "organisation", facet="organisation")
    title = Text(_("Title"), line=True, required=True)
    theme = Choice(_("Theme"), "theme", required=True, facet=True)
    subjects = Terms(_("Finer subjects"), "theme", facet="theme")
    level = Choice(_("Level of capacity"), "need-level", facet="need-level")
    no_need = YesNo(_("There is no need here"), hint=_("“No need” is an answer too: it keeps others from guessing."))

    measured = Section(_("How much is lacking"))
    now = Choice(_("Capacity now"), "capacity-step", required=True, searched=False)
    wanted = Choice(_("Capacity wanted"), "capacity-step", required=True, searched=False)
    rank = Number(
        _("Rank in the country's list"),
        least=1,
        most=999,
        required=True,
        hint=_("1 is the most pressing. Two needs can't share a rank."),
    )
    horizon = Choice(_("By when"), "horizon", required=True, facet=True)
    why = Text(_("Why it matters"), required=True)
    exists = Text(
        _("What exists already"), required=True, hint=_("Stocktaking comes first: people, laws, laboratories.")
    )

    asked = Section(_("What help is asked for"))
    audience = Terms(_("For whom"), "audience", required=True, facet=True)
    people = Number(_("How many people"), most=10**6)
    help = Terms(_("Kind of help wanted"), "help-kind", required=True, facet="help")
    wanted_by = Day(_("Wanted by"), partial=True)
    cost = Amount(_("Estimate of the cost"))
    currency = Choice(_("Currency"), "currency", searched=False)

    known = Section(_("How it is known"))
    consulted = Terms(_("Groups consulted"), "group-consulted")
    source = Line(_("Source"), hint=_("The assessment or the national report it comes from"))
    derived = YesNo(_("Derived from a national report"))
    state = Choice(_("State"), "need-state", facet="need-state", searched=False)
    offers = Parts(_("Offers"), Offer, one=_("Offer"), most=100)
    contact = Parts(_("Contact"), Contact, one=_("Contact"), most=3)

    @classmethod
    def check(cls, values: Values, problems: Problems, *, final: bool) -> None:
        """The capacity wanted is not below what there is; a cost has its currency."""
        now, wanted = values.get("now"), values.get("wanted")
        if now and wanted and not values.get("no_need") and int(wanted) <= int(now):
            said = _("The capacity wanted must lie above the capacity now; or say that there is no need.")
            problems.add("wanted", said)
        if final and values.get("cost") and not values.get("currency"):
            problems.add("currency", _("Choose the currency of the estimate."))

    @classmethod
    def derive(cls, values: Mapping[str, Any], today: date) -> dict[str, list[str]]:
        """Its country with region and groups, and its state."""
        return {
            **places_of([values["government"]] if values.get("government") else [], today),
            "need-state": [] if values.get("state") else [cls.state_of(values, today)],
        }

    @classmethod
    def state_of(cls, values: Mapping[str, Any], today: date) -> str:
        """Open until somebody says otherwise; “no need here” is none."""
        return values.get("state") or ("none" if values.get("no_need") else "open")

    @classmethod
    def countries(cls, values: Mapping[str, Any]) -> list[str]:
        """The country that needs it."""
        return [values["government"]] if values.get("government") else []
