"""Who works on a record, and links by which others may read its draft."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kapok.core.rules import Refused, allow
from kapok.core.sheet import secret_of
from kapok.core.verbs import may
from kapok.people.models import Person
from kapok.records import access, verbs
from kapok.records.letters import within
from kapok.records.models import Record
from kapok.records.showing import blocks, sums, targets
from kapok.records.views.parts import open_record, page, person_of

# Addresses that a person may try in an hour: nobody finds out here who has an account.
INVITATIONS = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The people of a record: invite one more, make or end links to the draft."""
    record = open_record(request, identifier)
    allow(access.may_see_trail, request.user, record)
    if request.method != "POST":
        return listed(request, record)
    match request.POST.get("do"):
        case "share":
            return share(request, record)
        case "unshare":
            verbs.unshare(record, by=person_of(request))
            messages.success(request, _("All links to the draft have ended."))
        case "invite":
            return invite(request, record)
    return redirect("records:people", record.identifier)


def listed(
    request: HttpRequest, record: Record, *, link: str = "", mail: str = "", error: str = ""
) -> HttpResponseBase:
    """The page itself; a new link is shown once."""
    links = record.shares.filter(ended_at=None, ends_at__gt=timezone.now()).order_by("ends_at")
    more = {
        "editors": list(record.editors.all()),
        "links": list(links),
        "link": link,
        "mail": mail,
        "error": error,
        "errors": [("mail", error)] if error else [],
        "may": {name: may(request.user, getattr(verbs, name), record) for name in ("invite", "share")},
    }
    return page(request, "people", record, "people", status=422 if error else 200, **more)


def share(request: HttpRequest, record: Record) -> HttpResponseBase:
    """Make a link; it is told now and never again, since only its digest is kept. Sent twice, it is the same link."""
    given, token = request.POST.get("days", ""), secret_of(request, "share")
    days = int(given) if given.isdecimal() and len(given) < 4 else 14
    if not record.shares.filter(digest=verbs.digest(token)).exists():
        verbs.share(record, by=person_of(request), days=days, token=token)
    return listed(request, record, link=f"{settings.ADDRESS}/shared/{token}")


def invite(request: HttpRequest, record: Record) -> HttpResponseBase:
    """Let a member write on the record, named by their e-mail address."""
    mail = request.POST.get("mail", "").strip().lower()[:254]
    allow(access.may_invite, request.user, record)
    if not within(f"invitations:{request.user.pk}", INVITATIONS):
        raise Refused(_("Many invitations were sent this hour. Please go on in an hour."))
    person = Person.objects.filter(email=mail, is_active=True, erased_at=None).first()
    if person is None:
        said = _("No member has this e-mail address. Ask them to join first; then invite them here.")
        return listed(request, record, mail=mail, error=said)
    verbs.invite(record, by=person_of(request), person=person)
    messages.success(request, _("%(name)s can now write on this record.") % {"name": person.label})
    return redirect("records:people", record.identifier)


@never_cache
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponseBase:
    """A draft as whoever has the link may read it: without what is private, and for no search engine.

    Once the draft is published, the link leads to what everybody reads.
    """
    record = verbs.shared(token)
    if record is not None and record.working is None and record.is_published:
        return redirect(record)
    if record is None or record.working is None:
        said = _("This link has ended. Ask the person who sent it for a new one.")
        return render(request, "records/link_over.html", {"sentence": said, "of_draft": True}, status=403)
    values = record.form.public(record.draft.values)
    facts = {
        "record": record,
        "form": record.form,
        "titles": record.form.title_of(values),
        "blocks": blocks(record.form, values),
        "refs": targets(record.form, values),
        "files": f"/shared/{token}/files/",
        "sums": sums(values.get("budget", [])),
    }
    response = render(request, "records/shared.html", facts)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
