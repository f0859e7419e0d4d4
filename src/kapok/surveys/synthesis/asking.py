"""What somebody wants to know: the address, the line of a command and the API say it in the same words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kapok.surveys.models import Question, Questionnaire, Snapshot
from kapok.surveys.models.questionnaire import Kind
from kapok.surveys.synthesis.access import snapshots_visible_to
from kapok.surveys.synthesis.bank import from_content
from kapok.surveys.synthesis.counting import Counted, count
from kapok.surveys.synthesis.figures import Figures
from kapok.surveys.synthesis.grouping import By, Unknown, by
from kapok.surveys.synthesis.reading import REPORTS, SYNTHETIC, data_of, figures_of, keep

# What one may see in each cell of the table beside the count.
SHOWS = ("percent", "share", "row", "total")


@dataclass
class Wanted:
    """A question to the answers of a cycle."""

    of: Questionnaire
    question: str = ""
    by: str = "region"
    as_of: date | None = None
    data: str = ""
    snapshot: Snapshot | None = None
    show: str = "percent"

    @cached_property
    def figures(self) -> Figures:
        """The figures asked: of a snapshot, of a day, or of now."""
        if self.snapshot is not None:
            held = self.snapshot
            return keep(held.digest, lambda: Figures(from_content(held.content)))
        return figures_of(self.of, self.as_of, self.data)

    @cached_property
    def groups(self) -> By:
        """The groups to count by. Raises `Unknown`."""
        return by(self.figures.bank, self.by)

    @cached_property
    def counted(self) -> Counted:
        """The question, counted."""
        return self.count(self.question)

    def about(self, question: str) -> "Wanted":
        """The same asked of another question."""
        other = replace(self, question=question)
        other.__dict__.update(figures=self.figures, groups=self.groups)
        return other

    def count(self, question: str) -> Counted:
        """Any question of the cycle, counted in the same way."""
        bank = self.figures.bank
        return count(bank, question, self.groups.groups, bank.everyone if self.groups.all_reports else None)

    @cached_property
    def asked(self) -> Question:
        """The question as the questionnaire words it."""
        return self.of.questions.prefetch_related("options").get(key=self.question)

    def query(self, **changed: Any) -> str:
        """The part of an address after the question mark; `None` leaves a name out."""
        names = {
            "question": self.question,
            "by": self.by if self.by != "region" else "",
            "as_of": self.as_of.isoformat() if self.as_of else "",
            "data": self.data,
            "snapshot": self.snapshot.short if self.snapshot else "",
            "show": self.show if self.show != "percent" else "",
        }
        return urlencode({name: value for name, value in (names | changed).items() if value})


def wanted(of: Questionnaire, given: Mapping[str, Any], who: Any, needs_question: bool = True) -> Wanted:
    """Read what is wanted from names and values. Raises `Unknown` with a sentence."""
    data = str(given.get("data") or "")
    if data not in ("", REPORTS, SYNTHETIC):
        raise Unknown(_("Answers are either “reports” or “synthetic”."))
    show = str(given.get("show") or "percent")
    made = Wanted(
        of,
        str(given.get("question") or ""),
        str(given.get("by") or "region"),
        day_of(given.get("as_of")),
        data,
        snapshot_of(of, str(given.get("snapshot") or ""), who),
        show if show in SHOWS else "percent",
    )
    if needs_question or made.question:
        check_question(made)
    if made.groups.question == made.question and made.question:
        raise Unknown(_("A question cannot be counted by itself. Choose another one."))
    return made


def check_question(made: Wanted) -> None:
    """Refuse a question that the cycle does not have, or a heading."""
    found = made.of.questions.filter(key=made.question).exclude(kind=Kind.HEADING).exists()
    if not found or made.question not in made.figures.bank.questions:
        raise Unknown(_("There is no Question %(key)s in this questionnaire.") % {"key": made.question})


def day_of(text: Any) -> date | None:
    """The day asked for, if one is."""
    if not text or isinstance(text, date):
        return text or None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise Unknown(_("“%(day)s” is no day. Write it as 2011-09-30.") % {"day": text}) from None


def snapshot_of(of: Questionnaire, text: str, who: Any) -> Snapshot | None:
    """The snapshot asked for, by the beginning of its hash."""
    if not text:
        return None
    found = None
    if len(text) >= 8 and text.isalnum():
        found = snapshots_visible_to(who).filter(questionnaire__code=of.code, digest__startswith=text.lower()).first()
    if found is None:
        raise Unknown(_("There is no snapshot “%(snapshot)s” of this cycle that you may see.") % {"snapshot": text})
    return found


def answers_counted(made: Wanted) -> str:
    """Which answers were counted: real or synthetic."""
    if made.snapshot is not None:
        return SYNTHETIC if made.snapshot.synthetic else REPORTS
    return data_of(made.of, made.data)
