"""Offers to needs and their answers, and what a body says of a match."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import SYSTEM, Refused
from kapok.core.verbs import remember, verb
from kapok.insight import access
from kapok.insight.matches import telling
from kapok.insight.models import Feedback, Offer
from kapok.insight.models.needs import Offered
from kapok.people.models import Body, Person
from kapok.records import verbs as of_records
from kapok.records.models import Record, Stage

OFFERED = frozenset({"initiative", "opportunity", "course", "resource", "expert"})
MOST = 2000


@verb("insight.offer", _("Offer help to a need"), access.may_offer)
def offer(need: Record, *, by: Person, body: Body, record: Record | None = None, words: str = "") -> Offer:
    """Offer one of the registered things or words; the focal point gets a letter and answers."""
    if body.pk not in by.edits_for():
        raise Refused(_("You offer in the name of a body that you act for."))
    if body.pk == need.owner_id:
        raise Refused(_("A government does not offer to its own need. Tell in the need itself what exists."))
    if record is not None and (record.format not in OFFERED or record.stage != Stage.PUBLISHED):
        raise Refused(_("Offer a published initiative, opportunity, course, expert or resource, or words."))
    if record is None and not words.strip():
        raise Refused(_("Name what you offer, or say it in words."))
    if Offer.objects.filter(need=need, body=body, record=record, state=Offered.OPEN, words=words.strip()).exists():
        raise Refused(_("You have offered this already; it waits for an answer."))
    made = Offer.objects.create(need=need, body=body, by=by, record=record, words=words.strip()[:MOST])
    remember(offer=made.pk, body=body.code, record=record.identifier if record else "")
    settle(need)
    telling.about_offer.enqueue(made.pk)
    return made


@verb("insight.take_back", _("Take an offer back"), access.may_take_back)
def take_back(held: Offer, *, by: Person) -> Offer:
    """Offer it no longer."""
    held.state = Offered.TAKEN_BACK
    held.save(update_fields=["state"])
    settle(held.need)
    return held


@verb("insight.answer_offer", _("Answer an offer"), access.may_answer_offer)
def answer_offer(held: Offer, *, by: Person, accept: bool, because: str = "") -> Offer:
    """Accept or decline in the name of the government; those who offered hear of it, with the reason."""
    if not accept and not because.strip():
        raise Refused(_("Say in a sentence why it does not fit: those who offered will read it."))
    held.state = Offered.ACCEPTED if accept else Offered.DECLINED
    held.answer, held.answered_at, held.answered_by = because.strip()[:MOST], timezone.now(), by
    held.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    remember(need=held.need.identifier, accept=accept, because=held.answer)
    settle(held.need)
    telling.about_answer.enqueue(held.pk)
    return held


@verb("insight.say_met", _("Say that a need is met"), access.may_say_met)
def say_met(need: Record, *, by: Person, met: bool = True) -> Record:
    """Close the need, or open it again; its state then follows from the offers."""
    if met:
        return of_records.amend(need, by=SYSTEM, changes={"state": "met"}, note=str(_("The need is met.")))
    return settle(of_records.amend(need, by=SYSTEM, changes={"state": "open"}))


@verb("insight.say", _("Say whether a match is useful"), access.may_say)
def say(need: Record, *, by: Person, other: Record, useful: bool, because: str = "") -> Feedback:
    """A word on a match, shown beside it. It changes no order and hides nothing."""
    if not useful and not because.strip():
        raise Refused(_("Say in a sentence why it does not fit: it helps those who look next."))
    mine = [one for one in (need.owner_id, other.owner_id) if one in by.edits_for()]
    if not mine or other.stage != Stage.PUBLISHED:
        raise Refused(_("The government that has the need and the body that keeps the record say this."))
    made, _new = Feedback.objects.update_or_create(
        need=need,
        other=other,
        body_id=mine[0],
        defaults={"useful": useful, "because": because.strip()[:1000], "by": by, "at": timezone.now()},
    )
    remember(other=other.identifier, useful=useful, because=made.because)
    return made


def settle(need: Record) -> Record:
    """Let the state of a need and the list of its offers follow from what was offered and answered."""
    need = Record.objects.get(pk=need.pk)
    standing = Offer.objects.filter(need=need).exclude(state=Offered.TAKEN_BACK)
    found = list(standing.select_related("body", "record", "answered_by").order_by("made_at", "pk"))
    changes: dict[str, Any] = {"offers": offers_part(need, found), "state": state_of(need, found)}
    return of_records.amend(need, by=SYSTEM, changes=changes, note=str(_("Offers and answers")))


def state_of(need: Record, found: list[Offer]) -> str:
    """The state that follows: what its government said to be over stays over."""
    now = str(need.values.get("state") or "open")
    if now in {"met", "withdrawn"}:
        return now
    states = {one.state for one in found}
    if Offered.ACCEPTED in states:
        return "being-met"
    if Offered.OPEN in states:
        return "offered"
    return "open"


def offers_part(need: Record, found: list[Offer]) -> list[dict[str, Any]]:
    """The offers that name a record, as the need itself lists them; lines that came otherwise stay."""
    ours = {f"o{one.pk}" for one in Offer.objects.filter(need=need)}
    kept = [line for line in need.values.get("offers", ()) if line.get("key") not in ours]
    listed = [line_of(one) for one in found if one.record and one.record.format != "expert"]
    return [*kept, *listed]


def line_of(one: Offer) -> dict[str, Any]:
    """One line of the list within the need."""
    said = one.answer or (str(Offered(one.state).label) if one.state != Offered.OPEN else "")
    language = one.answered_by.language if one.answered_by else "en"
    return {
        "key": f"o{one.pk}",
        "offered": one.record.identifier if one.record else "",
        "by": one.body.label("en")[:300],
        "on": one.made_at.date().isoformat(),
        **({"answer": {language: said}} if said else {}),
    }
