"""Asking to be designated, and the answer."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.people import letters
from kapok.people.access import may_answer_request, may_ask
from kapok.people.models import Designation, Person, Request
from kapok.people.verbs.designations import check_role_fits_body, designate


@verb("people.request_designation", _("Ask to be designated"), may_ask)
def request_designation(request: Request, *, by: Person) -> Request:
    """Ask for a role for a body in one's own name, with the proof; the request waits for its answer."""
    request.person = by
    check_role_fits_body(request.role, request.body.kind)
    if not request.proof.strip():
        raise Refused(_("Say how it can be verified: a letter, an official list, a page of the body."))
    if Designation.objects.filter(person=by, role=request.role, body=request.body, ended_at=None).exists():
        raise Refused(_("You have this role already."))
    if Request.objects.filter(person=by, role=request.role, body=request.body, answered_at=None).exists():
        raise Refused(_("You have asked for this already; the answer will come by mail."))
    request.save()
    remember(role=request.role, body=request.body.code)
    return request


@verb("people.grant_request", _("Grant a request for a designation"), may_answer_request)
def grant_request(request: Request, *, by: Person, reason: str = "") -> Designation:
    """Designate the person as they asked; their proof stays with the designation."""
    close(request, by, granted=True, reason=reason)
    remember(role=request.role, body=request.body.code, person=request.person.reference)
    wanted = Designation(person=request.person, body=request.body, role=request.role, proof=request.proof)
    return designate(wanted, by=by)


@verb("people.decline_request", _("Decline a request for a designation"), may_answer_request)
def decline_request(request: Request, *, by: Person, reason: str) -> Request:
    """Say no with a reason, which the person gets in a letter."""
    if not reason.strip():
        raise Refused(_("Say why: the person will read it and can ask again."))
    close(request, by, granted=False, reason=reason)
    remember(role=request.role, body=request.body.code, person=request.person.reference)
    letters.send("request_declined", request.person, request_=request)
    return request


def close(request: Request, by: Person, *, granted: bool, reason: str) -> None:
    """Write the answer into the request, once."""
    if request.answered_at:
        raise Refused(_("This request has been answered already."))
    request.answered_at, request.answered_by = timezone.now(), by
    request.granted, request.reason = granted, reason.strip()
    request.save(update_fields=["answered_at", "answered_by", "granted", "reason"])
