"""The figures that the report of 2012 published, and what our counting makes of the answers."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapok import vocab
from kapok.surveys.synthesis.bank import Bank
from kapok.surveys.synthesis.counting import Base, Counted, count
from kapok.surveys.synthesis.grouping import by
from kapok.surveys.synthesis.rounding import percent, tenths

DOCUMENT = "UNEP/CBD/BS/COP-MOP/6/7"
# The day on which footnote 1 of the document counts Parties.
PREPARED = date(2012, 6, 30)

WHY: dict[str, str | Promise] = {
    "same": "",
    "joint": _(
        "The document gives the percentage only; "
        "count and base are the only ones that fit all its figures for this group."
    ),
    "two-counts": _("The document gives the percentage only. Two counts round to it; the smaller one is taken."),
    "silence": _("The figures fit together only if %(silent)s of the %(asked)s Parties left this question out."),
    "silence-unnamed": _(
        "The figures fit together only if %(silent)s of the %(asked)s Parties left this question out. "
        "The document names no question; this one fits by its content."
    ),
    "misnamed": _(
        "The document names Question 56. The figure belongs to Questions 146 and 147: Parties that named every area."
    ),
    "shares-elements": _(
        "The document says per cent of the Parties. The fifteen figures add up to 101: they are shares of all areas "
        "named."
    ),
    "shares-channels": _(
        "A share of all channels named. No split of %(asked)s single answers gives these figures, "
        "so Parties could name more than one."
    ),
    "register": _("Counted in the registers of that time, not in the reports: it cannot be counted again here."),
    "register-part": _(
        "Counted in the registers of that time, not in the reports. "
        "The percentage is worked out here from the two published counts."
    ),
    "register-parties": _(
        "Counted in the registers of that time, not in the reports. "
        "The percentage is worked out here, of the Parties on that day: %(parties)s."
    ),
}
REGISTER: dict[str, str | Promise] = {
    "needs-filed": _("Parties that filed needs and priorities"),
    "draft-frameworks": _("Countries with a draft national biosafety framework"),
    "initiatives": _("Capacity-building initiatives in the register"),
    "initiatives-with-report": _("Initiatives with a report attached"),
    "library": _("Records in the virtual library"),
    "library-capacity": _("Records in the virtual library on capacity-building"),
    "forums": _("Online forums held"),
    "liaison-meetings": _("Meetings of the Liaison Group held"),
    "coordination-meetings": _("Coordination meetings held"),
    "academic-meetings": _("Meetings of academic institutions held"),
    "submissions": _("Written submissions to the notification of February 2011"),
    "updates": _("Updates given at the seventh and eighth coordination meetings"),
}
SAME, SHARE, OUTSIDE, DIFFERENT = "same", "share", "outside", "different"
VERDICTS: dict[str, str | Promise] = {
    SAME: _("The same"),
    SHARE: _("The same, but a share of ticks"),
    OUTSIDE: _("Not from the reports"),
    DIFFERENT: _("Different"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One published figure, and the question that gives it."""

    id: str
    paragraph: str
    named: str
    question: str
    option: str
    group: str
    statistic: str
    count: int | None
    percent_text: str
    numerator: int
    denominator: int
    why: str

    @property
    def percent(self) -> int:
        return int(self.percent_text)


@dataclass(frozen=True, slots=True)
class Line:
    """One published figure beside ours."""

    row: Row
    count: int | None
    percent: str
    base: int | None
    verdict: str
    why: str
    of_parties: int | None = None

    @property
    def also(self) -> str:
        """What a share of ticks is of the Parties asked, where the document calls it that."""
        return (
            ""
            if self.of_parties is None
            else gettext("%(number)s%% of the Parties asked") % {"number": self.of_parties}
        )

    @property
    def verdict_words(self) -> str:
        return str(VERDICTS[self.verdict])


@cache
def rows() -> tuple[Row, ...]:
    """All 77 figures, in the order of their list."""
    text = (files("kapok.surveys") / "data" / "published-nr2.csv").read_text(encoding="utf-8")
    return tuple(row_of(each) for each in csv.DictReader(text.splitlines()))


def row_of(each: dict[str, str]) -> Row:
    return Row(
        each["id"],
        each["paragraph"],
        each["named"],
        each["question"],
        each["option"],
        each["group"],
        each["statistic"],
        int(each["count"]) if each["count"] else None,
        each["percent"],
        int(each["numerator"].split()[0]) if each["numerator"] else 0,
        int(each["denominator"]) if each["denominator"] else 0,
        each["why"],
    )


def compared(bank: Bank) -> list[Line]:
    """Every published figure beside what the answers give, with the reason where there is something to say."""
    groups = by(bank, "region").groups
    counted = {key: count(bank, key, groups) for key in {row.question for row in rows() if row.question}}
    return [line_of(row, counted[row.question]) if row.question else outside(row) for row in rows()]


def line_of(row: Row, counted: Counted) -> Line:
    """A figure that the answers give."""
    if row.statistic == "every":
        cell = counted.every
    else:
        tally = counted.option(row.option)
        cell = tally.by[row.group] if row.group else tally.all
    said = cell.share if row.statistic == "share" else cell.percent
    fits = (row.count is None or row.count == cell.count) and row.percent_text in ("", str(said))
    agreed = SHARE if row.statistic == "share" else SAME
    base = cell.base.ticks if row.statistic == "share" else cell.base.respondents
    why = reason(row, cell.base)
    of_parties = cell.percent if row.statistic == "share" else None
    shown = str(said) if row.percent_text and said is not None else ""
    return Line(row, cell.count, shown, base, agreed if fits else DIFFERENT, why, of_parties)


def reason(row: Row, base: Base) -> str:
    """What there is to say about a figure."""
    words = str(WHY[row.why])
    return words and words % {"silent": base.silent, "asked": base.asked}


def outside(row: Row) -> Line:
    """A figure that no report holds; what can be worked out from it is."""
    parties = len(vocab.members("cpb-parties", PREPARED))
    if row.why == "register-parties":
        said = str(percent(row.count or 0, parties))
    else:
        said = tenths(row.numerator, row.denominator) or ""
    whole = {"register-parties": parties, "register-part": row.denominator}.get(row.why)
    return Line(row, None, said, whole, OUTSIDE, str(WHY[row.why]) % {"parties": parties})
