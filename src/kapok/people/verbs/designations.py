"""Giving a role and ending it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.people import letters
from kapok.people.access import may_designate, may_end_designation
from kapok.people.models import Designation, Kind, Person, Role
from kapok.people.models.designation import BODY_ROLES


def check_role_fits_body(role: str, kind: str | None) -> None:
    """Refuse a role without the body it needs, or with one it cannot act for."""
    if role not in Role.values:
        raise Refused(_("There is no such role. Choose one from the list."))
    if role in BODY_ROLES and kind is None:
        raise Refused(_("Say for which government or organisation the person acts."))
    if role not in BODY_ROLES and kind is not None:
        raise Refused(_("This role serves the whole mechanism: leave the body empty."))
    if role == Role.FOCAL_POINT and kind != Kind.GOVERNMENT:
        raise Refused(_("Only governments have focal points. For an organisation, designate an editor."))


@verb("people.designate", _("Designate a person"), may_designate)
def designate(designation: Designation, *, by: Person) -> Designation:
    """Give a role to a person from the day it begins, keep the proof, and tell them in a letter.

    The thing is a designation not yet saved, so that the rule can see who would act for which body.
    """
    person, body = designation.person, designation.body
    check_role_fits_body(designation.role, body.kind if body else None)
    if not person.is_active:
        raise Refused(_("This account is closed. The person must join again first."))
    if not designation.proof.strip() and not designation.proof_file:
        raise Refused(_("Give the proof: the letter, note or decision by which the person was named."))
    if Designation.objects.filter(person=person, role=designation.role, body=body, ended_at=None).exists():
        raise Refused(_("The person has this role already."))
    designation.designated_by = by if isinstance(by, Person) else None
    designation.begins_on = designation.begins_on or timezone.now().date()
    designation.save()
    remember(role=designation.role, body=body.code if body else "", person=person.reference)
    letters.send("designated", person, designation=designation)
    return designation


@verb("people.end_designation", _("End a designation"), may_end_designation)
def end_designation(designation: Designation, *, by: Person, reason: str = "") -> Designation:
    """Take a role back, or lay one's own down; the rights are gone with the next request."""
    if designation.ended_at:
        raise Refused(_("This designation has ended already."))
    if designation.role == Role.ADMINISTRATOR and is_last_administrator(designation.person):
        raise Refused(_("This is the last administrator. Designate another one first."))
    if designation.person != by and not reason.strip():
        raise Refused(_("Say why the designation ends: the person will read it."))
    designation.ended_at = timezone.now()
    designation.ended_by = by if isinstance(by, Person) else None
    designation.reason = reason.strip()
    designation.save(update_fields=["ended_at", "ended_by", "reason"])
    remember(
        role=designation.role,
        body=designation.body.code if designation.body else "",
        person=designation.person.reference,
    )
    letters.send("designation_ended", designation.person, designation=designation)
    return designation


def is_last_administrator(person: Person) -> bool:
    """Would nobody be left to look after the site?"""
    administrators = Designation.objects.in_force().filter(role=Role.ADMINISTRATOR, person__is_active=True)
    # Held until the transaction ends, so that two administrators cannot leave at once.
    holders = set(administrators.select_for_update().values_list("person_id", flat=True))
    return holders == {person.pk}
