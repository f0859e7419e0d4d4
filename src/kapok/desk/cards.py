"""How one thing that waits is shown: what it is, how it stands, and what to do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kapok import vocab
from kapok.core import cldr
from kapok.core.languages import best, current
from kapok.exchange.models import Harvest
from kapok.exchange.models.harvests import Standing
from kapok.insight.matches.grounds import from_plain
from kapok.insight.models import Circulation, Offer
from kapok.mail.models import Letter
from kapok.people.models import Request
from kapok.records.models import Draft, Record
from kapok.records.showing import freshness_mark
from kapok.surveys.models import State
from kapok.workflow.clock import working_days_left

# So many sections stand on a card; the page of the report names all.
SECTIONS = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One thing on a list."""

    href: str
    titles: dict[str, str] | str
    code: str = ""
    kind: str = ""
    owner: dict[str, str] = field(default_factory=dict)
    marks: tuple[tuple[str, str], ...] = ()
    facts: tuple[str, ...] = ()
    said: str = ""
    freshness: str = ""
    confirmed_on: date | None = None
    day: date | None = None
    act: str = ""


def of_record(record: Record, page: str, *, titles: dict[str, str] | None = None, **more: Any) -> Card:
    """A card that leads to one of the pages about a record."""
    return Card(
        href=reverse(f"records:{page}", args=[record.identifier]),
        titles=(record.titles if titles is None else titles) or _("Untitled"),
        code=record.identifier,
        kind=str(record.form.label),
        owner=record.owner.names if record.owner else {},
        **more,
    )


def of_draft(draft: Draft, page: str, **more: Any) -> Card:
    """A card that leads to one of the pages of a draft, under the title that the draft bears."""
    return of_record(draft.record, page, titles=draft.titles, **more)


def review(draft: Draft) -> Card:
    """A submitted draft with the working days that are left."""
    marks = [clock_mark(draft.due_on)] if draft.due_on else []
    if draft.escalated_at:
        marks.insert(0, ("overdue", _("Escalated")))
    by = draft.submitted_by.label if draft.submitted_by else ""
    facts = (_("from %(name)s") % {"name": by},) if by else ()
    said = draft.reason
    return of_draft(draft, "review", marks=tuple(marks), facts=facts, said=said, act=_("Review it"))


def stuck(draft: Draft) -> Card:
    """A national draft that nobody can decide about."""
    marks = (("overdue", _("No focal point")),)
    return of_draft(draft, "review", marks=marks, said=draft.reason, act=_("Look at it"))


def clock_mark(due: date) -> tuple[str, str]:
    """How many working days are left, or how late it is."""
    left = working_days_left(timezone.now().date(), due)
    if left < 0:
        said = ngettext("%(count)s working day late", "%(count)s working days late", -left)
        return "overdue", said % {"count": -left}
    if left == 0:
        return "due", _("due today")
    said = ngettext("%(count)s working day left", "%(count)s working days left", left)
    return ("due" if left <= 3 else "planned"), said % {"count": left}


def returned(draft: Draft) -> Card:
    """A draft that came back, with the reason."""
    marks = (("returned", _("Returned")),)
    return of_draft(draft, "edit", marks=marks, said=draft.reason, act=_("Go on writing"))


def begun(draft: Draft) -> Card:
    """A draft one works on."""
    marks = (("draft", _("New version")),) if draft.record.number else (("draft", _("Draft")),)
    return of_draft(draft, "edit", marks=marks, act=_("Go on writing"))


def sent(draft: Draft) -> Card:
    """A draft that others decide about."""
    marks = (("submitted", _("Submitted")), *([clock_mark(draft.due_on)] if draft.due_on else []))
    return of_draft(draft, "draft", marks=marks)


def confirm(record: Record) -> Card:
    """A record to be confirmed."""
    clock: dict[str, Any] = {
        "freshness": freshness_mark(record),
        "confirmed_on": record.confirmed_on,
        "day": record.due_on,
    }
    return of_record(record, "confirm", **clock, act=_("Look and confirm"))


def report(record: Any) -> Card:
    """An initiative that is over."""
    marks = (("completed", _("Ended")),)
    return of_record(record, "report", marks=marks, day=record.ended_on, act=_("Write the report"))


def request(asked: Request) -> Card:
    """A member who asks for a role."""
    return Card(
        href=reverse("people:requests"),
        titles=asked.person.label,
        kind=str(asked.get_role_display()),
        owner=asked.body.names,
        said=asked.proof,
        act=_("Answer"),
    )


def source(one: Harvest) -> Card:
    """A source to let in, or one whose last fetch is held."""
    held = one.standing == Standing.HELD
    return Card(
        href=one.get_absolute_url(),
        titles=one.source.name,
        owner=one.source.body.names if one.source.body else {},
        marks=(("overdue" if held else "submitted", str(one.get_standing_display())),),
        facts=(one.source.address,),
        act=_("Look at it"),
    )


def letter(one: Letter) -> Card:
    """A letter that did not go out."""
    to = one.person.label if one.person else one.address
    return Card(
        href=reverse("desk:letters") + "?state=failed",
        titles=one.subject,
        facts=(_("to %(name)s") % {"name": to},),
        said=one.error,
        act=_("Look at the letters"),
    )


def offer(made: Offer) -> Card:
    """Help offered to a need of the country."""
    what = (made.record.title,) if made.record else ()
    return Card(
        href=reverse("insight:offers", args=[made.need.identifier]),
        titles=made.need.titles,
        code=made.need.identifier,
        kind=_("Offer"),
        owner=made.body.names,
        facts=what,
        said=made.words,
        act=_("Answer"),
    )


def answers(one: Any) -> Card:
    """A report to submit, or one with sections entrusted to the person; these open the first of them."""
    sections = [held.section for held in one.entrusted]
    page, key = ("check", "") if one.is_mine else ("section", sections[0].key)
    due = one.questionnaire.due_on
    said = tuple(_("Section: %(title)s") % {"title": best(section.title)[0]} for section in sections[:SECTIONS])
    return Card(
        href=reverse(f"surveys:{page}", args=[one.pk, key] if key else [one.pk]),
        titles=one.questionnaire.title,
        marks=(("returned" if one.state == State.REOPENED else "draft", str(one.get_state_display())),),
        facts=(
            vocab.label("country", one.country, current()),
            *said,
            *((_("Due on %(day)s") % {"day": cldr.date(due)},) if due else ()),
        ),
        said=one.reason,
        act=_("Check and submit") if one.is_mine else _("Answer"),
    )


def need(sent_one: Circulation) -> Card:
    """A need that fits a body, with the reasons."""
    found = sent_one.need
    return Card(
        href=reverse("records:read", args=[found.identifier]),
        titles=found.titles,
        code=found.identifier,
        kind=str(found.form.label),
        owner=found.owner.names if found.owner else {},
        facts=tuple(one.words for one in from_plain(sent_one.grounds)),
        act=_("Look and offer"),
    )


CARDS: dict[str, Callable[[Any], Card]] = {
    "review": review,
    "stuck": stuck,
    "sources": source,
    "returned": returned,
    "answers": answers,
    "offers": offer,
    "needs": need,
    "requests": request,
    "confirm": confirm,
    "report": report,
    "letters": letter,
    "drafts": begun,
    "sent": sent,
}
