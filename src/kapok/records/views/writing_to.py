"""The letter form, which passes a message on without showing whom it goes to."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kapok.core.rules import Refused
from kapok.people.models import Person
from kapok.records.forms import LetterForm
from kapok.records.letters import addresses, write_to
from kapok.records.models import Stage
from kapok.records.views.parts import open_record, page


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Write to the contact of a record."""
    record = open_record(request, identifier)
    if record.stage != Stage.PUBLISHED or not addresses(record):
        raise Http404(identifier)
    known = isinstance(request.user, Person)
    first = {"name": request.user.name, "mail": request.user.email} if isinstance(request.user, Person) else {}
    form = LetterForm(request.POST) if request.method == "POST" else LetterForm(initial=first)
    if form.is_bound and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("name", "mail", "text")}
        sender = f"person-{request.user.pk}" if known else request.META.get("REMOTE_ADDR", "")
        try:
            if not form.cleaned_data["website"]:
                write_to(record, by=request.user, place=sender, **facts)
            messages.success(request, _("Your letter is on its way. The answer will come to your e-mail address."))
            return redirect(record)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
    errors = [
        (name if name in form.fields else "", str(sentence)) for name, said in form.errors.items() for sentence in said
    ]
    values = {name: form[name].value() or "" for name in ("name", "mail", "text")}
    wrong = {name: str(form.errors[name][0]) for name in form.fields if name in form.errors}
    facts_ = {"errors": errors, "values": values, "wrong": wrong}
    return page(request, "letter", record, "read", status=422 if errors else 200, **facts_)
