"""What the owners of two initiatives say and do about their overlap."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok import vocab
from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.insight import access
from kapok.insight.models import OverlapAnswer
from kapok.insight.models.overlaps import Said
from kapok.insight.overlaps.keeping import in_order
from kapok.insight.overlaps.letters import tell_partners
from kapok.people.models import Person
from kapok.records import verbs as of_records
from kapok.records.models import Record, Stage


@verb("insight.answer_overlap", _("Answer an overlap"), access.may_answer_overlap)
def answer_overlap(record: Record, *, by: Person, other: Record, said: str, because: str = "") -> OverlapAnswer:
    """Say for one's initiative how it stands to another one; a new answer takes the place of the earlier one."""
    want_partner(record, other)
    if said not in Said.values:
        raise Refused(_("Choose one of the answers."))
    if said == Said.DIFFERENT and not because.strip():
        raise Refused(_("Say in a sentence in what they differ: readers see it on both pages."))
    first, second = in_order(record, other)
    side = record if record.owner_id in by.edits_for() else None
    made, _new = OverlapAnswer.objects.update_or_create(
        first=first,
        second=second,
        side=side,
        defaults={
            "said": said,
            "because": because.strip()[:1000],
            "body": record.owner if side else None,
            "by": by,
            "at": timezone.now(),
        },
    )
    remember(other=other.identifier, said=said, because=made.because)
    return made


@verb("insight.act_jointly", _("Record a joint action"), access.may_act_jointly)
def act_jointly(
    record: Record, *, by: Person, kind: str, description: dict[str, str], partners: list[Record]
) -> Record:
    """Write into the initiative what it does jointly with others; their keepers hear of it and their pages show it."""
    if not partners:
        raise Refused(_("Name at least one initiative with which it is done."))
    for partner in partners:
        want_partner(record, partner)
    if not vocab.is_valid("joint-action", kind) or not any(description.values()):
        raise Refused(_("Say of which kind it is, and in a sentence what is done together."))
    action: dict[str, Any] = {
        "kind": kind,
        "description": description,
        "initiatives": [partner.identifier for partner in partners],
    }
    actions = [*record.values.get("joint_actions", []), action]
    remember(partners=action["initiatives"], kind=kind)
    for partner in partners:
        tell_partners(partner, record, by)
    return of_records.amend(record, by=by, changes={"joint_actions": actions}, note=str(_("A joint action")))


def want_partner(record: Record, other: Record) -> None:
    """Refuse what cannot stand beside an initiative."""
    if other.pk == record.pk or other.format != "initiative" or other.stage != Stage.PUBLISHED:
        raise Refused(_("Name another published initiative."))
