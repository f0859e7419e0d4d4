"""Initiative: a project, a programme, or a one-off activity that builds capacity."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.formats.format import Format, Section, Values
from kapok.formats.kinds import (
    Amount,
    Choice,
    Day,
    Files,
    Line,
    Link,
    Number,
    Part,
    Parts,
    Ref,
    Refs,
    Shares,
    Terms,
    Text,
    Words,
    YesNo,
    first_day,
    last_day,
    survivors,
)
from kapok.formats.problems import Problems
from kapok.records.formats.common import (
    Contact,
    OrganisationRole,
    OtherIdentifier,
    Place,
    WebLink,
    expand,
    in_order,
    places_of,
    years,
)

# How long an initiative whose end nobody gave is believed to go on.
OPEN_END_DAYS = 5 * 365
# Counts of participants below this are not published.
SMALL = 5
COUNTS = ("planned", "actual")


class Measurement(Part):
    """One period of an indicator: what was wanted and what was reached."""

    starts = Day(_("From"), partial=True)
    ends = Day(_("To"), partial=True)
    target = Amount(_("Target"), places=6, signed=True)
    actual = Amount(_("Reached"), places=6, signed=True)
    comment = Text(_("Comment"), line=True)
    evidence = Files(_("Evidence"), most=3)

    @classmethod
    def check(cls, values: dict[str, Any], problems: Problems, path: str) -> None:
        """The period ends after it begins."""
        in_order(values, problems, "starts", "ends", path)


class Indicator(Part):
    """How a result is measured; agreed before the start (paragraph 36)."""

    title = Text(_("Indicator"), line=True, required=True)
    unit = Line(_("Unit"), hint=_("For example: people, laboratories, per cent"))
    split_by = Line(_("Split by"), hint=_("For example: sex, kind of body"))
    baseline = Amount(_("Baseline"), places=6, signed=True)
    target = Amount(_("Target"), places=6, signed=True)
    periods = Parts(_("Periods"), Measurement, one=_("Period"), most=40)


class Result(Part):
    """What the initiative wants to reach."""

    title = Text(_("Result"), line=True, required=True)
    description = Text(_("Description"))
    indicators = Parts(_("Indicators"), Indicator, one=_("Indicator"), most=30)


class Money(Part):
    """One line of the budget. Amounts of unlike kind are never added."""

    kind = Choice(_("Kind of money"), "money-kind", required=True, facet="money-kind", searched=False)
    funder = Ref(_("Funder"), "organisation", facet="funder")
    amount = Amount(_("Amount"), required=True)
    currency = Choice(_("Currency"), "currency", required=True, searched=False)
    year = Number(_("Year"), least=1990, most=2100)
    state = Choice(_("Committed or disbursed"), "money-state", searched=False)


class Participants(Part):
    """How many people took part. Published as counts only; small cells stay hidden."""

    country = Choice(_("Country"), "country", searched=False)
    sex = Choice(_("Sex"), "sex", searched=False)
    body = Choice(_("Kind of body"), "participant-body", searched=False)
    planned = Number(_("Planned"), most=10**7)
    actual = Number(_("Actual"), most=10**7)


class Check(Part):
    """A measure that keeps the results alive after the money ends (paragraph 34)."""

    measure = Text(_("Measure"), line=True, required=True)
    check_on = Day(_("Check on"), partial=True)
    state = Text(_("State"), line=True)


class Report(Part):
    """A report of the initiative, inside its record (paragraphs 39(e), 42(a))."""

    kind = Choice(_("Kind of report"), "report-kind", required=True, facet="report", searched=False)
    starts = Day(_("Period from"), partial=True)
    ends = Day(_("Period to"), partial=True)
    accomplishments = Text(_("Main accomplishments"), required=True)
    lessons = Text(_("Lessons learned"))
    rating = Choice(_("How its owner rates it"), "rating", searched=False)
    language = Choice(_("Language of the report"), "language", searched=False)
    files = Files(_("The report itself"), most=6)
    link = Link(_("Link to the report"))

    @classmethod
    def check(cls, values: dict[str, Any], problems: Problems, path: str) -> None:
        """The period ends after it begins."""
        in_order(values, problems, "starts", "ends", path)


class JointAction(Part):
    """Real coordination with others (paragraph 40)."""

    kind = Choice(_("Kind of joint action"), "joint-action", required=True)
    description = Text(_("What is done together"), required=True)
    initiatives = Refs(_("With which initiatives"), "initiative")


class Initiative(Format):
    """A project, a programme, or a one-off activity that builds capacity in biosafety."""

    code = "initiative"
    prefix = "INI"
    label = _("Initiative")
    plural = _("Initiatives")
    purpose = _("Projects, programmes and one-off activities: who does what, where, with whom and with what result.")
    first = ("countries", "themes")

    basics = Section(_("What it is"))
    title = Text(_("Title"), line=True, required=True)
    acronym = Line(_("Acronym"), most=60)
    reference_number = Line(_("Reference number"), most=80)
    kind = Choice(_("Kind of initiative"), "initiative-kind", required=True, facet=True)
    part_of = Ref(_("Part of a larger initiative"), "initiative")
    objectives = Text(_("Objectives"), required=True)
    description = Text(_("Description"), required=True)

    where = Section(_("Where and when"))
    scope = Choice(_("Geographic scope"), "scope", required=True, facet=True, searched=False)
    countries_ = Shares(
        _("Countries"),
        "place",
        hint=_("Regions and groups count for their members on the day the initiative starts."),
    )
    places = Parts(_("Places"), Place, one=_("Place"), most=100)
    starts = Day(_("Starts on"), partial=True, required=True, hint=_("A year or a month will do."))
    ends = Day(_("Ends on"), partial=True)
    planned_months = Number(_("Planned length in months"), least=1, most=600, hint=_("When the end is not known."))
    said_status = Choice(
        _("Status, if it differs from the dates"),
        "status",
        searched=False,
        hint=_("The status follows from the dates. Tell only if it was cancelled or suspended."),
    )

    who = Section(_("Who takes part"))
    organisations = Parts(
        _("Organisations and their roles"),
        OrganisationRole,
        one=_("Organisation"),
        required=True,
        hint=_("Name at least the lead organisation."),
    )
    contact = Parts(_("Contact"), Contact, one=_("Contact"), most=3, required=True)

    what = Section(_("What it builds"))
    themes = Shares(_("Themes"), "theme", required=True, facet="theme")
    duties = Terms(_("Professional duties served"), "duty", facet="duty")
    methods = Terms(_("Methods"), "method", facet="method")
    level = Choice(_("Level"), "level", facet=True)
    audience = Terms(_("For whom"), "audience", facet=True)
    approach = Terms(_("Approach"), "approach", facet=True, searched=False)
    needs = Refs(_("Needs it addresses"), "need", hint=_("This link makes the gaps visible."))

    measured = Section(_("Results and how they are measured"))
    results = Parts(_("Results"), Result, one=_("Result"), most=40)
    participants = Parts(_("Participants"), Participants, one=_("Group of participants"), most=200)

    money = Section(_("Money"))
    budget = Parts(_("Budget"), Money, one=_("Budget line"), most=200)
    funds_for_participants = YesNo(_("Are there funds for participants?"))
    funds_words = Text(_("About the funds for participants"), line=True)

    lasting = Section(_("What lasts"))
    sustainability = Text(_("How the results are kept"))
    checks = Parts(_("Measures that keep the results"), Check, one=_("Measure"), most=30)
    mainstreaming = Terms(_("Taken up in"), "instrument")
    mainstreaming_words = Text(_("About taking it up in plans and policies"))

    together = Section(_("Working together"))
    cooperation = Terms(_("Cooperation wanted"), "cooperation-wanted", facet=True)
    joint_actions = Parts(_("Joint actions"), JointAction, one=_("Joint action"), most=30)

    reported = Section(_("Reports, links and files"))
    reports = Parts(_("Reports"), Report, one=_("Report"), most=60)
    links = Parts(_("Links"), WebLink, one=_("Link"), most=40)
    files = Files(_("Files"))
    identifiers = Parts(_("Other identifiers"), OtherIdentifier, one=_("Identifier"), most=20)
    notes = Words(_("Private notes"), private=True, hint=_("Seen only by those who may edit the record."))

    @classmethod
    def check(cls, values: Values, problems: Problems, *, final: bool) -> None:
        """Dates in order; countries unless global; a lead; no status against the dates."""
        in_order(values, problems, "starts", "ends")
        if final and not values.get("countries") and values.get("scope") not in (None, "global"):
            problems.add("countries", _("Name the countries, or choose “global” as the scope."))
        roles = [item.get("role") for item in values.get("organisations", ())]
        if final and roles and "lead" not in roles:
            problems.add("organisations", _("One of the organisations must have the role “lead”."))
        said, derived = values.get("said_status"), by_dates(values, date.today())
        if said in {"planned", "ongoing", "completed"} and said != derived:
            problems.remark("said_status", _("The dates say otherwise; the status shown follows the dates."))

    @classmethod
    def derive(cls, values: Mapping[str, Any], today: date) -> dict[str, list[str]]:
        """Status, years, places, roles and languages."""
        start, end = span(values)
        ids = [item["id"] for item in values.get("countries", ())]
        taking_part = [
            item for item in values.get("organisations", ()) if item.get("role") and item.get("organisation")
        ]
        roles = [(item["role"], *survivors([item["organisation"]])) for item in taking_part]
        return {
            "status": [cls.state_of(values, today)],
            "year": years(start, end, today),
            **places_of(ids, start or today),
            "role": [f"{role}|{organisation}" for role, organisation in roles],
            "funder": [organisation for role, organisation in roles if role == "funder"],
            "reported": ["yes" if values.get("reports") else "no"],
        }

    @classmethod
    def state_of(cls, values: Mapping[str, Any], today: date) -> str:
        """Its status."""
        return status(values, today)

    @classmethod
    def public(cls, values: Mapping[str, Any]) -> Values:
        """Without what is private, and without counts of people so small that one could tell who they were."""
        public = super().public(values)
        if "participants" in public:
            public["participants"] = [
                {name: value for name, value in group.items() if not (name in COUNTS and 0 < value < SMALL)}
                for group in public["participants"]
            ]
        return public

    @classmethod
    def days(cls, values: Mapping[str, Any]) -> dict[str, date | None]:
        """Its first and last day."""
        start, end = span(values)
        return {"starts": start, "ends": end}

    @classmethod
    def turns(cls, values: Mapping[str, Any], today: date) -> date | None:
        """With its days; without an end also with each year, until nobody can tell its status any more."""
        start, end = span(values)
        found = [super().turns(values, today)]
        if start and not end:
            unknown = start + timedelta(days=OPEN_END_DAYS + 1)
            found += [day for day in (date(today.year + 1, 1, 1), unknown) if today < day]
        return min((day for day in found if day), default=None)

    @classmethod
    def countries(cls, values: Mapping[str, Any]) -> list[str]:
        """Its countries, groups expanded as of the start."""
        return expand([item["id"] for item in values.get("countries", ())], span(values)[0])


def span(values: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """First and last day; a planned length counts from the start when no end is given."""
    start, end = first_day(values.get("starts")), last_day(values.get("ends"))
    months = values.get("planned_months")
    if start and not end and months:
        year, month = divmod(start.month - 1 + months, 12)
        end = last_day(f"{start.year + year - (month == 0)}-{month or 12:02d}")
    return start, end


def by_dates(values: Mapping[str, Any], today: date) -> str:
    """Planned before the first day, completed after the last, ongoing between; unknown without days.

    Without a last day nobody can tell for ever: five years after the start the status is unknown.
    """
    start, end = span(values)
    if end and end < today:
        return "completed"
    if start is None or (end is None and (today - start).days > OPEN_END_DAYS):
        return "unknown"
    return "planned" if start > today else "ongoing"


def status(values: Mapping[str, Any], today: date) -> str:
    """The status from the dates, unless it was cancelled or suspended."""
    said = values.get("said_status")
    return said if said in {"cancelled", "suspended"} else by_dates(values, today)
